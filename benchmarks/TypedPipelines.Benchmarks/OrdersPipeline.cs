using System.Threading.Tasks.Dataflow;

namespace TypedPipelines.Benchmarks;

public readonly record struct RawOrder(int Id, int Customer, int Day, int Quantity, double Price);

public readonly record struct CleanOrder(int Id, int Customer, int Day, int Quantity, double Price);

public readonly record struct PricedOrder(int Id, int Customer, int Day, double Amount);

public readonly record struct TaxedOrder(int Id, int Customer, int Day, double Amount, double Tax);

[ReplaceTable]
public readonly record struct OrderTotal(int Id, int Customer, int Day, double Total);

/// <summary>Five row steps on structs, so cheap that what stands between them shows.</summary>
[Pipeline("orders")]
public sealed partial class OrdersPipeline
{
    [Source]
    static IEnumerable<RawOrder> Source() => [];

    [Step]
    static CleanOrder Clean(RawOrder row) => new(row.Id, row.Customer < 0 ? 0 : row.Customer, row.Day, row.Quantity, row.Price);

    [Step]
    static bool IsReal(CleanOrder row) => row.Quantity % 10 != 0;

    [Step]
    static PricedOrder Price([From(nameof(IsReal))] CleanOrder row) => new(row.Id, row.Customer, row.Day, row.Price * row.Quantity);

    [Step]
    static TaxedOrder Tax(PricedOrder row) => new(row.Id, row.Customer, row.Day, row.Amount, row.Day < 182 ? row.Amount * 0.07 : row.Amount * 0.19);

    [Step]
    static OrderTotal? Total(TaxedOrder row) => row.Amount > 2 ? new OrderTotal(row.Id, row.Customer, row.Day, row.Amount + row.Tax) : null;

    internal static void Generated(RowBatch<RawOrder> batch, Running.PartitionRun run, Running.LoadInput<OrderTotal> load) =>
        RunSource(batch, run, load);

    /// <summary>The loop as one would write it by hand, without counting, locating or checking anything.</summary>
    internal static int ByHand(ReadOnlySpan<RawOrder> rows, OrderTotal[] into)
    {
        int count = 0;
        foreach (ref readonly RawOrder row in rows)
        {
            CleanOrder clean = Clean(row);
            if (!IsReal(clean))
            {
                continue;
            }

            if (Total(Tax(Price(clean))) is { } total)
            {
                into[count++] = total;
            }
        }

        return count;
    }

    internal static int Linq(IEnumerable<RawOrder> rows, OrderTotal[] into)
    {
        int count = 0;
        foreach (OrderTotal total in rows.Select(Clean).Where(IsReal).Select(Price).Select(Tax).Select(Total).Where(total => total is not null).Select(total => total!.Value))
        {
            into[count++] = total;
        }

        return count;
    }

    internal static async Task<int> DataflowAsync(RawOrder[] rows, OrderTotal[] into)
    {
        int count = 0;
        var clean = new TransformBlock<RawOrder, CleanOrder>(Clean);
        var real = new TransformManyBlock<CleanOrder, CleanOrder>(static row => IsReal(row) ? [row] : []);
        var price = new TransformBlock<CleanOrder, PricedOrder>(Price);
        var tax = new TransformBlock<PricedOrder, TaxedOrder>(Tax);
        var total = new TransformManyBlock<TaxedOrder, OrderTotal>(static row => Total(row) is { } total ? [total] : []);
        var end = new ActionBlock<OrderTotal>(given => into[count++] = given);
        var link = new DataflowLinkOptions { PropagateCompletion = true };
        clean.LinkTo(real, link);
        real.LinkTo(price, link);
        price.LinkTo(tax, link);
        tax.LinkTo(total, link);
        total.LinkTo(end, link);
        foreach (RawOrder row in rows)
        {
            clean.Post(row);
        }

        clean.Complete();
        await end.Completion.ConfigureAwait(false);
        return count;
    }
}
