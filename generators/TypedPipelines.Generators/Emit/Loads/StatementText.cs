namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>One statement of a publish.</summary>
/// <param name="Name">The name of its constant.</param>
/// <param name="Effect">What the rows it touches count as: the name of a member of the runtime's effects.</param>
/// <param name="Sql">The statement.</param>
internal sealed record StatementText(string Name, string Effect, string Sql)
{
    /// <summary>Finds a row that the statement was to delete and that is still there; null where it deletes none.</summary>
    public string? FindKept { get; init; }

    /// <summary>The name of the constant of <see cref="FindKept"/>.</summary>
    public string FindKeptName => Name + "Kept";

    /// <summary>Counts the rows of the table by which the next run finds what the statement has inserted; null where none looks for it so.</summary>
    public string? CountFound { get; init; }

    /// <summary>The name of the constant of <see cref="CountFound"/>.</summary>
    public string CountFoundName => Name + "Found";

    /// <summary>Counts the staged rows that the statement inserts and that are not in the table; null where no key tells.</summary>
    public string? CountAbsent { get; init; }

    /// <summary>The name of the constant of <see cref="CountAbsent"/>.</summary>
    public string CountAbsentName => Name + "Absent";

    public const string Insert = "Insert";
    public const string Update = "Update";
    public const string Delete = "Delete";
    public const string DeleteMissing = "DeleteMissing";
    public const string CloseMissing = "CloseMissing";

    /// <summary>Rows of the staging table, which count as nothing.</summary>
    public const string None = "None";
}
