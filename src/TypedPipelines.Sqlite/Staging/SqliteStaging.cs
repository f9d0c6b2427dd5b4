using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The staging of one table: a table of the connection's temporary schema, so that filling it takes no lock of the
/// database, and nothing of it is left when the process dies.
/// </summary>
internal sealed class SqliteStaging<TRow> : IStaging<TRow>, IStagedTable
{
    private readonly SqliteDatabase _database;
    private readonly TableContract<TRow> _contract;
    private readonly RunSlice _slice;
    private readonly StagingInsert _insert;

    internal SqliteStaging(SqliteDatabase database, TableContract<TRow> contract, SqliteLoadPlan plan, RunSlice slice)
    {
        _slice = slice;
        _database = database;
        _contract = contract;
        Plan = plan;
        database.Run(plan.CreateStaging);
        _insert = new StagingInsert(database, database.Prepare(plan.Stage), contract.Columns);
    }

    public TableContract Contract => _contract;

    public SqliteLoadPlan Plan { get; }

    public long Staged { get; private set; }

    public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!rows.IsEmpty)
        {
            _database.Announce(Plan.Stage);
            var writer = new SqliteRowWriter(_insert);
            _contract.Write(rows.Span, in _slice, ref writer);
            Staged += rows.Length;
        }

        return ValueTask.CompletedTask;
    }

    public PipelineException? FindDuplicates() =>
        FindTwo(Plan.FindDuplicates) is var (first, second) ? ContractFailures.DuplicateKey(_contract, in first, in second) : null;

    public PipelineException? FindConflict() =>
        FindTwo(Plan.FindConflict) is var (came, there) ? ContractFailures.VersionConflict(_contract, in came, in there) : null;

    public void Dispose() => _insert.Dispose();

    /// <summary>The two rows that a query finds where something is wrong with them.</summary>
    private (TRow First, TRow Second)? FindTwo(string? sql)
    {
        if (sql is null)
        {
            return null;
        }

        using SqliteQuery query = _database.Prepare(sql);
        if (!query.Step())
        {
            return null;
        }

        var reader = new SqliteRowReader(query.Handle, _contract);
        TRow first = _contract.Read(ref reader);
        query.Step();
        return (first, _contract.Read(ref reader));
    }
}
