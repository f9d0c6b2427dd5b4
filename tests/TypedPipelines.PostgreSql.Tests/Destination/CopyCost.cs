using System.Diagnostics;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>That no row allocates; and what encoding and copying cost, where TYPEDPIPELINES_MEASURE=1 asks for it.</summary>
public sealed class CopyCost
{
    private const int Batch = 4096;

    private static Order[] Orders { get; } = [.. Enumerable.Range(0, Batch).Select(n => new Order(
        n, n % 977, new DateOnly(2026, 1, 1).AddDays(n % 365), "shipped", $"SKU-{n % 5000:00000}", n % 9, (n % 100_000) / 100m, 0.05m, "EUR", n % 5 < 2 ? "handle, with care" : null))];

    [Fact]
    public void A_row_is_encoded_without_allocating()
    {
        using var buffer = new CopyBuffer();
        bool[] nullable = [.. OrderTable.Instance.Columns.Select(column => column.Nullable)];
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Length = 0;
            var writer = new PostgreSqlRowWriter(buffer, nullable);
            OrderTable.Instance.Write<PostgreSqlRowWriter>(Orders, default, ref writer);
            writer.Complete();
            if (round == 2)
            {
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
            }
        }
    }

    [Fact]
    public async Task The_cost_of_a_row()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TYPEDPIPELINES_MEASURE") == "1", "measures: set TYPEDPIPELINES_MEASURE=1, in a Release build");
        await using var database = new Database();
        await database.PrepareAsync(OrderTable.Instance);
        const int batches = 250;
        Order[] orders = Orders;
        await using IPartitionSession session = await database.BeginAsync();
        IStaging<Order> staging = await session.StageAsync(OrderTable.Instance, CancellationToken.None);
        for (int i = 0; i < 10; i++)
        {
            await staging.AddAsync(orders, CancellationToken.None);
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < batches; i++)
        {
            await staging.AddAsync(orders, CancellationToken.None);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(started);
        double rows = batches * (double)Batch;
        double perRow = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / rows;
        double processorPerRow = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMicroseconds / rows;
        Assert.Skip($"measured: {rows:N0} rows of 10 columns: {took.TotalMicroseconds / rows:F3} us/row, client CPU {processorPerRow:F3} us/row, {perRow:F2} B/row");
    }

    private sealed record Order(long Id, int Customer, DateOnly Day, string Status, string Sku, int Quantity, decimal Price, decimal Discount, string Currency, string? Note);

    /// <summary>What the generator writes for such a row.</summary>
    private sealed class OrderTable : TableContract<Order>
    {
        internal static readonly OrderTable Instance = new();

        private static readonly TestContract Shape = new(
            "orders",
            LoadStrategy.Append,
            [
                Col.Key("id"), Col.Value("customer", ColumnType.Int32, false), Col.Value("day", ColumnType.Date, false), Col.Value("status", ColumnType.String, false),
                Col.Value("sku", ColumnType.String, false), Col.Value("quantity", ColumnType.Int32, false), Col.Decimal("price", 10, 2), Col.Decimal("discount", 5, 2),
                Col.Value("currency", ColumnType.String, false), Col.Value("note", ColumnType.String),
            ]);

        public override string Table => Shape.Table;

        public override LoadStrategy Strategy => Shape.Strategy;

        public override IReadOnlyList<Column> Columns => Shape.Columns;

        public override IReadOnlyList<LoadPlan> Plans => Shape.Plans;

        public override void Write<TWriter>(ReadOnlySpan<Order> rows, in RunSlice slice, ref TWriter writer)
        {
            foreach (Order row in rows)
            {
                writer.BeginRow();
                writer.Write(row.Id);
                writer.Write(row.Customer);
                writer.Write(row.Day);
                writer.Write(row.Status);
                writer.Write(row.Sku);
                writer.Write(row.Quantity);
                writer.Write(row.Price, 10, 2);
                writer.Write(row.Discount, 5, 2);
                writer.Write(row.Currency);
                NullableRowWriter.WriteNullable(ref writer, row.Note);
                writer.EndRow();
            }
        }

        public override Order Read<TReader>(ref TReader reader) => throw new NotSupportedException();

        public override bool FindViolation(in Order row, in RunSlice slice, out RowViolation violation)
        {
            violation = default;
            return false;
        }

        protected override object? ValueOf(in Order row, int column) => null;
    }
}
