namespace TypedPipelines.Benchmarks;

public readonly record struct RawOrder(int Id, int Customer, int Day, int Quantity, decimal Price);

public readonly record struct CleanOrder(int Id, int Customer, int Day, int Quantity, decimal Price);

public readonly record struct PricedOrder(int Id, int Customer, int Day, int Quantity, decimal Price);

[ReplaceTable]
public readonly record struct OrderTotal(int Id, int Customer, int Quantity, [Precision(18, 4)] decimal Price);

/// <summary>Row steps on structs, whose generated loop is measured against the same loop written by hand.</summary>
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
    static PricedOrder Price([From(nameof(IsReal))] CleanOrder row) => new(row.Id, row.Customer, row.Day, row.Quantity, row.Price * row.Quantity);

    [Step]
    static OrderTotal? Total(PricedOrder row) => row.Price > 0 ? new OrderTotal(row.Id, row.Customer, row.Quantity, row.Price) : null;

    internal static void Generated(RowBatch<RawOrder> batch, Running.PartitionRun run, Running.StepCursor at, Running.LoadInput<OrderTotal> load) =>
        RunSource(batch, run, at, load);

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

            if (Total(Price(clean)) is { } total)
            {
                into[count++] = total;
            }
        }

        return count;
    }

    internal static int Linq(IEnumerable<RawOrder> rows, OrderTotal[] into)
    {
        int count = 0;
        foreach (OrderTotal total in rows.Select(Clean).Where(IsReal).Select(Price).Select(Total).Where(total => total is not null).Select(total => total!.Value))
        {
            into[count++] = total;
        }

        return count;
    }
}
