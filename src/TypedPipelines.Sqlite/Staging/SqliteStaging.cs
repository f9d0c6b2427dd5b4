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
    private readonly StagingInsert _insert;

    internal SqliteStaging(SqliteDatabase database, TableContract<TRow> contract, SqliteLoadPlan plan)
    {
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
            _contract.Write(rows.Span, ref writer);
            Staged += rows.Length;
        }

        return ValueTask.CompletedTask;
    }

    public PipelineException? FindDuplicates()
    {
        if (Plan.FindDuplicates is null)
        {
            return null;
        }

        using SqliteQuery query = _database.Prepare(Plan.FindDuplicates);
        if (!query.Step())
        {
            return null;
        }

        var reader = new SqliteRowReader(query.Handle, _contract);
        TRow first = _contract.Read(ref reader);
        query.Step();
        TRow second = _contract.Read(ref reader);
        return new PipelineException(
            FailureKind.DuplicateKey,
            $"two rows for {_contract.DisplayName} have the key {ShowKey(first)}: {_contract.Show(in first)} and {_contract.Show(in second)}",
            "Nothing was changed. Make the rows distinct at their source or in a step; declare the column that tells them apart as [Key]; or declare [KeepLatest] on the contract.");
    }

    public void Dispose() => _insert.Dispose();

    private string ShowKey(TRow row) => string.Join(
        ", ",
        Enumerable.Range(0, _contract.Columns.Count)
            .Where(column => _contract.Columns[column].Key)
            .Select(column => $"{_contract.Columns[column].Name}={_contract.Show(in row, column)}"));
}
