using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class SqlServerStaging<TRow> : IStaging<TRow>, IStagedTable
{
    private readonly SqlServerSession _session;
    private readonly SqlServerDatabase _database;
    private readonly TableContract<TRow> _contract;
    private readonly RunSlice _slice;

    internal SqlServerStaging(
        SqlServerSession session, SqlServerDatabase database, TableContract<TRow> contract, SqlServerLoadPlan plan, RunSlice slice)
    {
        _slice = slice;
        _session = session;
        _database = database;
        _contract = contract;
        Plan = plan;
        Waiting = new RowBuffer(contract.Columns);
    }

    public TableContract Contract => _contract;

    public SqlServerLoadPlan Plan { get; }

    public long Staged { get; private set; }

    public RowBuffer Waiting { get; }

    public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = new SqlServerRowWriter(Waiting, _database.Traits);
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

    /// <summary>The two rows that a query finds where something is wrong with them; null where there is no such query.</summary>
    private async Task<List<TRow>?> FindTwoAsync(string? sql, CancellationToken cancellationToken) =>
        sql is null ? null : await _database.QueryAsync(sql, ReadRow, cancellationToken).ConfigureAwait(false);

    private TRow ReadRow(SqlDataReader row)
    {
        var reader = new SqlServerRowReader(row, _contract);
        return _contract.Read(ref reader);
    }
}
