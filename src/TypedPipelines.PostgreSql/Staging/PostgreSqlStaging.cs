using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class PostgreSqlStaging<TRow> : IStaging<TRow>, IStagedTable
{
    private readonly PostgreSqlSession _session;
    private readonly PostgreSqlDatabase _database;
    private readonly TableContract<TRow> _contract;
    private readonly bool[] _nullable;

    internal PostgreSqlStaging(PostgreSqlSession session, PostgreSqlDatabase database, TableContract<TRow> contract, PostgreSqlLoadPlan plan)
    {
        _session = session;
        _database = database;
        _contract = contract;
        Plan = plan;
        _nullable = [.. contract.Columns.Select(column => column.Nullable)];
    }

    public TableContract Contract => _contract;

    public PostgreSqlLoadPlan Plan { get; }

    public long Staged { get; private set; }

    public CopyBuffer Waiting { get; } = new();

    public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = new PostgreSqlRowWriter(Waiting, _nullable);
        _contract.Write(rows.Span, ref writer);
        writer.Complete();
        Staged += rows.Length;
        return _session.OfferAsync(this, cancellationToken);
    }

    public async Task<PipelineException?> FindDuplicatesAsync(CancellationToken cancellationToken)
    {
        if (Plan.FindDuplicates is null)
        {
            return null;
        }

        List<TRow> twins = await _database.QueryAsync(Plan.FindDuplicates, ReadRow, cancellationToken).ConfigureAwait(false);
        return twins is not [TRow first, TRow second]
            ? null
            : new PipelineException(
                FailureKind.DuplicateKey,
                $"two rows for {_contract.DisplayName} have the key {ShowKey(first)}: {_contract.Show(in first)} and {_contract.Show(in second)}",
                "Nothing was changed. Make the rows distinct at their source or in a step; declare the column that tells them apart as [Key]; or declare [KeepLatest] on the contract.");
    }

    public void Dispose() => Waiting.Dispose();

    private TRow ReadRow(NpgsqlDataReader row)
    {
        var reader = new PostgreSqlRowReader(row, _contract);
        return _contract.Read(ref reader);
    }

    private string ShowKey(TRow row) => string.Join(
        ", ",
        Enumerable.Range(0, _contract.Columns.Count)
            .Where(column => _contract.Columns[column].Key)
            .Select(column => $"{_contract.Columns[column].Name}={_contract.Show(in row, column)}"));
}
