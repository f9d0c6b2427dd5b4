namespace TypedPipelines;

/// <summary>The load SQL of one table for one destination, written by the source generator as readable constants. Each destination has its own kind.</summary>
public abstract record LoadPlan
{
    /// <summary>For a destination's kind of plan.</summary>
    protected LoadPlan()
    {
    }

    /// <summary>The destination's name, such as <c>sqlite</c>.</summary>
    public abstract string Destination { get; }

    /// <summary>Creates the table. Run only where it is missing.</summary>
    public required string CreateTable { get; init; }

    /// <summary>Creates the staging table: the contract's columns first and in order, no keys.</summary>
    public required string CreateStaging { get; init; }

    /// <summary>Creates an index on the staged rows; null where the load does not look them up by their key, or no index can hold that.</summary>
    public string? IndexStaging { get; init; }

    /// <summary>
    /// Selects the contract's columns of two staged rows that have one key; null where the contract has no key, or keeps the
    /// latest.
    /// </summary>
    public string? FindDuplicates { get; init; }

    /// <summary>Deletes the staged rows that give way to a later one with the same key; null where the contract does not keep the latest.</summary>
    public string? KeepLatest { get; init; }

    /// <summary>
    /// Selects, inside the publishing transaction, the contract's columns of a staged row and then of the row in the table that has its
    /// key and version and is another; null where the contract has no version, or says what is to happen.
    /// </summary>
    public string? FindConflict { get; init; }

    /// <summary>
    /// Counts, inside the publishing transaction, the table's rows in scope and those of them that the batch does not have; null where the
    /// contract deletes none for that.
    /// </summary>
    public LoadStatement? CountMissing { get; init; }

    /// <summary>
    /// Selects, inside the publishing transaction and before anything changes, the times of the rows that a merge updates, deletes by their marker or inserts, that
    /// are replaced as those of a run, or appended: the contract's columns of dates and instants as they are, and again as they become. Null for other strategies, and where
    /// the contract has no such column.
    /// </summary>
    public LoadStatement? ChangedTimes { get; init; }

    /// <summary>Selects the same, twice as they are, of the rows that a merge deletes because the batch does not have them; null where it deletes none for that.</summary>
    public LoadStatement? MissingTimes { get; init; }

    /// <summary>Makes the staged rows the table's content, statement by statement, inside the publishing transaction.</summary>
    public required IReadOnlyList<LoadStatement> Publish { get; init; }

    /// <summary>Inserts the staged rows as they are, which no load does: a test fills the table so. Null where the insert of <see cref="Publish"/> does the same.</summary>
    public string? Fill { get; init; }

    /// <summary>
    /// Does in one statement what the last two of <see cref="Publish"/> do, an update and an insert, for a table whose one unique index is the
    /// key's; null where there is no such statement.
    /// </summary>
    public string? Upsert { get; init; }

    /// <summary>The statements of the declared checks that the destination makes of the staged rows, before anything is published.</summary>
    public IReadOnlyList<CheckStatement> Checks { get; init; } = [];

    /// <summary>Keeps what a load replaces, for an undo; null where the contract does not ask for it.</summary>
    public ReplacedRows? Replaced { get; init; }

    /// <summary>Selects the contract's columns of all rows.</summary>
    public required string Read { get; init; }

    /// <summary>Selects the contract's columns of the rows in a window; null where there is no partition column.</summary>
    public string? ReadWindow { get; init; }
}
