namespace TypedPipelines;

/// <summary>Which rows of a table <see cref="DeleteMissingAttribute"/> may delete.</summary>
public enum DeleteScope
{
    /// <summary>All: the source always gives everything there is.</summary>
    Table,

    /// <summary>Those whose value in a column of dates or instants lies in the run's window: the source gives everything of the window.</summary>
    Window,

    /// <summary>Those whose value in a column is one that the batch has: the source gives everything of each value it mentions, such as of a region.</summary>
    Group,
}
