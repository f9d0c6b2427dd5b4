using TypedPipelines.Running;

namespace TypedPipelines.Destinations;

/// <summary>What checks ask of a publish before its transaction.</summary>
/// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
internal sealed class StagedRows<TPlan>(
    IReadOnlyList<IStagedTable<TPlan>> tables, IReadOnlyList<long> superseded, Func<SqlQuery, CancellationToken, Task<FoundRows>> find) : IStagedRows
    where TPlan : LoadPlan
{
    public IReadOnlyList<TableContract> Tables { get; } = [.. tables.Select(table => table.Contract)];

    public LoadPlan PlanOf(TableContract contract) => tables[PlaceOf(contract)].Plan;

    public long RowsOf(TableContract contract) => tables[PlaceOf(contract)].Staged - superseded[PlaceOf(contract)];

    public Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken) => find(query, cancellationToken);

    private int PlaceOf(TableContract contract)
    {
        int place = 0;
        while (!ReferenceEquals(tables[place].Contract, contract))
        {
            place++;
        }

        return place;
    }
}
