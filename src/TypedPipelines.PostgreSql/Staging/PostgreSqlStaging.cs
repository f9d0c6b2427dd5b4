using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class PostgreSqlStaging<TRow>(
    PostgreSqlSession session, PostgreSqlDatabase database, TableContract<TRow> contract, PostgreSqlLoadPlan plan, RunSlice slice)
    : StagedTable<TRow, PostgreSqlLoadPlan>(contract, plan, slice), IBufferedTable
{
    private readonly bool[] _nullable = [.. contract.Columns.Select(column => column.Nullable)];

    public CopyBuffer Waiting { get; } = new();

    public void Dispose() => Waiting.Dispose();

    protected override ValueTask WriteAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        var writer = new PostgreSqlRowWriter(Waiting, _nullable);
        Contract.Write(rows.Span, in Slice, ref writer);
        writer.Complete();
        return session.OfferAsync(this, cancellationToken);
    }

    protected override Task<List<TRow>> QueryAsync(string sql, CancellationToken cancellationToken) => database.QueryAsync(sql, ReadRow, cancellationToken);

    private TRow ReadRow(NpgsqlDataReader row)
    {
        var reader = new PostgreSqlRowReader(row, Contract);
        return Contract.Read(ref reader);
    }
}
