namespace TypedPipelines.Benchmarks;

/// <summary>The rows that are loaded, always the same: a million orders, spread over the days of a year.</summary>
internal static class Orders
{
    internal const int Days = 365;
    internal const int PerDay = 2_740;

    private static readonly string[] Statuses = ["new", "paid", "packed", "shipped", "returned", "cancelled"];
    private static readonly string[] Currencies = ["EUR", "USD", "GBP", "JPY", "CHF"];

    internal static DateOnly Date(int day) => new DateOnly(2026, 1, 1).AddDays(day);

    /// <summary>The orders of a day, in the order of their ids.</summary>
    internal static OrderByDay[] OfDay(int day, int count = PerDay) =>
        [.. Enumerable.Range(0, count).Select(n => Order(((long)day * PerDay) + n, Date(day)))];

    /// <summary>Orders by their id, each of another day than the one before.</summary>
    internal static OrderById[] ById(int first, int count) => [.. Enumerable.Range(first, count).Select(n => ById(Order(n, Date(n % Days))))];

    /// <summary>The same in no order, and each other than it was.</summary>
    internal static OrderById[] Changed(int first, int count)
    {
        OrderById[] orders = [.. ById(first, count).Select(order => order with { Quantity = 77 })];
        new Random(1).Shuffle(orders);
        return orders;
    }

    private static OrderByDay Order(long n, DateOnly day) => new(
        n, (int)(n * 7919 % 50_000), day, Statuses[n % 6], $"SKU-{n * 31 % 5000:00000}", (int)(n % 9) + 1,
        n * 17 % 100_000 / 100m, n % 4 * 0.05m, Currencies[n % 5], n % 5 < 2 ? "leave at the door, with care" : null);

    private static OrderById ById(OrderByDay order) => new(
        order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
}
