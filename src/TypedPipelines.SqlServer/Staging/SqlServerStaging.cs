using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class SqlServerStaging<TRow> : IStaging<TRow>, IStagedTable
{
    private readonly SqlServerSession _session;
    private readonly SqlServerDatabase _database;
    private readonly TableContract<TRow> _contract;

    internal SqlServerStaging(SqlServerSession session, SqlServerDatabase database, TableContract<TRow> contract, SqlServerLoadPlan plan)
    {
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

    private TRow ReadRow(SqlDataReader row)
    {
        var reader = new SqlServerRowReader(row, _contract);
        return _contract.Read(ref reader);
    }

    private string ShowKey(TRow row) => string.Join(
        ", ",
        Enumerable.Range(0, _contract.Columns.Count)
            .Where(column => _contract.Columns[column].Key)
            .Select(column => $"{_contract.Columns[column].Name}={_contract.Show(in row, column)}"));
}
