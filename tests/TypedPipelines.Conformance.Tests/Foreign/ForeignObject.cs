namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>Something on a table that its contract knows nothing of, as others put it there.</summary>
/// <param name="Name">What it is.</param>
internal sealed record ForeignObject(string Name)
{
    /// <summary>A column besides the contract's; null for none, or where the destination has no such thing.</summary>
    internal Func<Destination, string?> Column { get; init; } = _ => null;

    /// <summary>A constraint in the table's declaration.</summary>
    internal Func<Destination, string?> Constraint { get; init; } = _ => null;

    /// <summary>What stands behind the table's declaration.</summary>
    internal Func<Destination, string?> Options { get; init; } = _ => null;

    /// <summary>Statements that are run before the table is there, and such as are run then.</summary>
    internal Func<Destination, string[]> Before { get; init; } = _ => [];

    internal Func<Destination, string[]> After { get; init; } = _ => [];

    /// <summary>The destinations that have it.</summary>
    internal Destination[] At { get; init; } = Enum.GetValues<Destination>();

    /// <summary>The ways to load that are tried with it.</summary>
    internal Way[] Ways { get; init; } = Way.All;

    /// <summary>The column whose values a merge must leave alone; null for none.</summary>
    internal string? KeptColumn { get; init; }

    /// <summary>A table with one row that no load must touch; null for none.</summary>
    internal string? Child { get; init; }

    /// <summary>Whether the column takes the primary key, and leaves the contract's key a unique one.</summary>
    internal bool TakesPrimaryKey { get; init; }

    /// <summary>Whether it notes every row that is written in a table named <c>audit</c>.</summary>
    internal bool Audits { get; init; }

    /// <summary>Whether it is loaded by a user who owns nothing of it, and may read and write it.</summary>
    internal bool ByRole { get; init; }

    /// <summary>Whether a row of the table is not to be seen by who loads it.</summary>
    internal Func<Row, bool> Hides { get; init; } = _ => false;

    /// <summary>What becomes of a value that is written.</summary>
    internal Func<long?, long?> Stored { get; init; } = value => value;

    /// <summary>Whether a row with this value is left out, without a word.</summary>
    internal Func<long?, bool> LeavesOut { get; init; } = _ => false;

    /// <summary>What a load must not leave behind, or do on its way.</summary>
    internal Func<Change, bool> Refuses { get; init; } = _ => false;

    /// <summary>What a load may be refused for or not: which, the order decides in which the database goes through the rows.</summary>
    internal Func<Change, bool> MayRefuse { get; init; } = _ => false;

    /// <summary>What the refusal of a row says.</summary>
    internal string? Says { get; init; }

    /// <summary>The statement that makes a contract's table with it.</summary>
    internal string Create(string table, Destination destination)
    {
        string with = TakesPrimaryKey ? table.Replace("primary key (", "unique (", StringComparison.Ordinal) : table;
        if (Column(destination) is { } column)
        {
            int first = with.IndexOf("(\n", StringComparison.Ordinal) + 2;
            with = with.Insert(first, $"    {column},\n");
        }

        int end = with.LastIndexOf("\n)", StringComparison.Ordinal);
        return (Constraint(destination) is { } constraint ? with.Insert(end, $",\n    {constraint}") : with) + Options(destination);
    }

    public override string ToString() => Name;
}
