using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>The staging of one table: a temporary table, seen by no other connection, which goes when this one goes.</summary>
internal sealed class SqlServerStaging<TRow>(
    SqlServerSession session, SqlServerDatabase database, TableContract<TRow> contract, SqlServerLoadPlan plan, RunSlice slice)
    : StagedTable<TRow, SqlServerLoadPlan>(contract, plan, slice), IBufferedTable
{
    public RowBuffer Waiting { get; } = new(contract.Columns);

    protected override ValueTask WriteAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        var writer = new SqlServerRowWriter(Waiting, database.Traits);
        Contract.Write(rows.Span, in Slice, ref writer);
        writer.Complete();
        return session.OfferAsync(this, cancellationToken);
    }

    protected override Task<List<TRow>> QueryAsync(string sql, CancellationToken cancellationToken) => database.QueryAsync(sql, ReadRow, cancellationToken);

    private TRow ReadRow(SqlDataReader row)
    {
        var reader = new SqlServerRowReader(row, Contract);
        return Contract.Read(ref reader);
    }
}
