namespace TypedPipelines;

/// <summary>The rows that a run is about to load: a <see cref="CheckAttribute"/> method takes it, and its name in the statement is that of the staging table.</summary>
/// <typeparam name="TRow">The row contract.</typeparam>
public sealed class Staged<TRow>
{
    private Staged()
    {
    }

    /// <summary>The rows of this run.</summary>
    public static Staged<TRow> Rows { get; } = new();
}
