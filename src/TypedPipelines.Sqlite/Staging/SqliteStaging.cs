using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The staging of one table: a table of the connection's temporary schema, so that filling it takes no lock of the
/// database, and nothing of it is left when the process dies.
/// </summary>
internal sealed class SqliteStaging<TRow> : StagedTable<TRow, SqliteLoadPlan>, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly StagingInsert _insert;

    internal SqliteStaging(SqliteDatabase database, TableContract<TRow> contract, SqliteLoadPlan plan, RunSlice slice)
        : base(contract, plan, slice)
    {
        _database = database;
        database.Run(plan.CreateStaging);
        _insert = new StagingInsert(database, database.Prepare(plan.Stage), contract.Columns, NativeSqlite.Loaded);
    }

    public void Dispose() => _insert.Dispose();

    protected override ValueTask WriteAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        _database.Announce(Plan.Stage);
        _insert.Write(Contract, rows.Span, in Slice);
        return ValueTask.CompletedTask;
    }

    protected override Task<List<TRow>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        using SqliteQuery query = _database.Prepare(sql);
        var rows = new List<TRow>();
        var reader = new SqliteRowReader(query.Handle, Contract);
        while (query.Step())
        {
            rows.Add(Contract.Read(ref reader));
        }

        return Task.FromResult(rows);
    }
}
