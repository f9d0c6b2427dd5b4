namespace TypedPipelines.SqlServer.Tests;

/// <summary>That no row allocates on our side of the client: what is boxed is boxed because the client asks for objects.</summary>
public sealed class StagingCost
{
    private const int Batch = 4096;

    private static Order[] Orders { get; } = [.. Enumerable.Range(0, Batch).Select(n => new Order(
        n, n % 977, new DateOnly(2026, 1, 1).AddDays(n % 365), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "shipped", (n % 100_000) / 100m, n % 5 < 2 ? 0.5 : null, Guid.Empty, n % 2 == 0))];

    [Fact]
    public void A_row_is_written_and_read_without_allocating()
    {
        var buffer = new RowBuffer(OrderTable.Instance.Columns);
        long sum = 0;
        for (int round = 0; round < 3; round++)
        {
            buffer.Clear();
            var rows = new StagedRows(buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var writer = new SqlServerRowWriter(buffer, new ServerTraits(false, true, true));
            OrderTable.Instance.Write<SqlServerRowWriter>(Orders, default, ref writer);
            writer.Complete();
            while (rows.Read())
            {
                sum += rows.GetInt64(0) + rows.GetInt32(1) + rows.GetDateTime(2).Day + rows.GetFieldValue<DateTimeOffset>(3).Day + rows.GetString(4).Length;
                sum += (long)rows.GetDecimal(5) + (rows.IsDBNull(6) ? 0 : (long)rows.GetDouble(6)) + rows.GetGuid(7).Version + (rows.GetBoolean(8) ? 1 : 0);
                sum += rows.GetValue(4) is string ? 1 : 0;
                sum += rows.GetValue(8) is true ? 1 : 0;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round == 2)
            {
                // The traits above, and nothing that grows with the rows.
                allocated.ShouldBeLessThan(256);
            }
        }

        sum.ShouldBePositive();
    }

    private sealed record Order(long Id, int Customer, DateOnly Day, DateTimeOffset At, string Status, decimal Price, double? Weight, Guid Key, bool Paid);

    /// <summary>What the generator writes for such a row.</summary>
    private sealed class OrderTable : TableContract<Order>
    {
        internal static readonly OrderTable Instance = new();

        public override string Table => "orders";

        public override LoadStrategy Strategy => LoadStrategy.Append;

        public override IReadOnlyList<Column> Columns { get; } =
        [
            Col.Value("id"), Col.Value("customer", ColumnType.Int32), Col.Value("day", ColumnType.Date), Col.Value("at", ColumnType.Instant), Shapes.Text("status"),
            Col.Decimal("price", 10, 2), Col.Value("weight", ColumnType.Double), Col.Value("key", ColumnType.Guid), Col.Value("paid", ColumnType.Boolean),
        ];

        public override IReadOnlyList<LoadPlan> Plans => [];

        public override void Write<TWriter>(ReadOnlySpan<Order> rows, in RunSlice slice, ref TWriter writer)
        {
            foreach (Order row in rows)
            {
                writer.BeginRow();
                writer.Write(row.Id);
                writer.Write(row.Customer);
                writer.Write(row.Day);
                writer.Write(row.At);
                writer.Write(row.Status);
                writer.Write(row.Price, 10, 2);
                NullableRowWriter.WriteNullable(ref writer, row.Weight);
                writer.Write(row.Key);
                writer.Write(row.Paid);
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
