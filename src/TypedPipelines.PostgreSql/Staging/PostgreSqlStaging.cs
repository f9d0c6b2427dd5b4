using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class PostgreSqlStaging<TRow> : IStaging<TRow>, IStagedTable
{
    private readonly PostgreSqlSession _session;
    private readonly PostgreSqlDatabase _database;
    private readonly TableContract<TRow> _contract;
    private readonly RunSlice _slice;
    private readonly bool[] _nullable;

    internal PostgreSqlStaging(
        PostgreSqlSession session, PostgreSqlDatabase database, TableContract<TRow> contract, PostgreSqlLoadPlan plan, RunSlice slice)
    {
        _slice = slice;
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
        _contract.Write(rows.Span, in _slice, ref writer);
        writer.Complete();
        Staged += rows.Length;
        return _session.OfferAsync(this, cancellationToken);
    }

    public async Task<PipelineException?> FindDuplicatesAsync(CancellationToken cancellationToken) =>
        await FindTwoAsync(Plan.FindDuplicates, cancellationToken).ConfigureAwait(false) is [TRow first, TRow second]
            ? ContractFailures.DuplicateKey(_contract, in first, in second)
            : null;

    public async Task<PipelineException?> FindConflictAsync(CancellationToken cancellationToken) =>
        await FindTwoAsync(Plan.FindConflict, cancellationToken).ConfigureAwait(false) is [TRow came, TRow there]
            ? ContractFailures.VersionConflict(_contract, in came, in there)
            : null;

    public void Dispose() => Waiting.Dispose();

    /// <summary>The two rows that a query finds where something is wrong with them; null where there is no such query.</summary>
    private async Task<List<TRow>?> FindTwoAsync(string? sql, CancellationToken cancellationToken) =>
        sql is null ? null : await _database.QueryAsync(sql, ReadRow, cancellationToken).ConfigureAwait(false);

    private TRow ReadRow(NpgsqlDataReader row)
    {
        var reader = new PostgreSqlRowReader(row, _contract);
        return _contract.Read(ref reader);
    }
}
