namespace TypedPipelines.SqlServer.Tests;

/// <summary>Rows on their way from a contract's typed writer to the reader that the bulk copy takes.</summary>
public sealed class BulkReader
{
    public static TheoryData<ColumnType, object, object> Everything => new()
    {
        // what a row holds, and what the client is given
        { ColumnType.Boolean, true, true },
        { ColumnType.Boolean, false, false },
        { ColumnType.Int16, short.MinValue, short.MinValue },
        { ColumnType.Int32, int.MaxValue, int.MaxValue },
        { ColumnType.Int64, long.MinValue, long.MinValue },
        { ColumnType.Single, float.MaxValue, float.MaxValue },
        { ColumnType.Double, 0.1, 0.1 },
        { ColumnType.Double, double.MinValue, double.MinValue },
        { ColumnType.Decimal, 12345678.90m, new System.Data.SqlTypes.SqlDecimal(12345678.90m) },
        { ColumnType.Date, DateOnly.MinValue, DateTime.MinValue },
        { ColumnType.Date, DateOnly.MaxValue, DateTime.MaxValue.Date },
        { ColumnType.Time, TimeOnly.MaxValue, TimeSpan.FromDays(1) - TimeSpan.FromTicks(1) },
        { ColumnType.Instant, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), DateTimeOffset.MaxValue },
        { ColumnType.Instant, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTimeOffset.MinValue },
        { ColumnType.Instant, new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2023, 12, 31, 23, 0, 0, TimeSpan.Zero) },
        { ColumnType.Guid, new Guid("01234567-89AB-cdef-0123-456789abcdef"), new Guid("01234567-89AB-cdef-0123-456789abcdef") },
        { ColumnType.String, "o'n\\e \u00df \0 😀 ]", "o'n\\e \u00df \0 😀 ]" },
        { ColumnType.String, "", "" },
        { ColumnType.Bytes, new byte[] { 0, 1, 255, 0 }, new byte[] { 0, 1, 255, 0 } },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_value_leaves_as_it_came(ColumnType type, object written, object sent)
    {
        TestContract table = Table(new Column("v", "v", type, Nullable: true, Precision: 10, Scale: 2));
        StagedRows rows = Rows(table, [written], [null], [written]);
        rows.Read().ShouldBeTrue();
        rows.GetValue(0).ShouldBe(sent);
        (sent is DateTimeOffset && ((DateTimeOffset)rows.GetValue(0)).Offset != TimeSpan.Zero).ShouldBeFalse();
        rows.IsDBNull(0).ShouldBeFalse();
        rows.Read().ShouldBeTrue();
        rows.IsDBNull(0).ShouldBeTrue();
        rows.GetValue(0).ShouldBe(DBNull.Value);
        rows.Read().ShouldBeTrue();
        rows[0].ShouldBe(sent);
        rows.Read().ShouldBeFalse();
    }

    [Fact]
    public void Typed_getters_give_the_values_that_the_columns_hold()
    {
        TestContract table = Table(Shapes.EveryType);
        var at = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc);
        var id = Guid.NewGuid();
        StagedRows row = Rows(table, [true, (short)2, 3, 4L, 5f, 6d, 7.5m, new DateOnly(2024, 2, 29), new TimeOnly(1, 2, 3), at, id, "s", "l", "e", "t", new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3, 4 }]);
        row.Read();
        row.GetBoolean(0).ShouldBeTrue();
        row.GetInt16(1).ShouldBe((short)2);
        row.GetInt32(2).ShouldBe(3);
        row.GetInt64(3).ShouldBe(4);
        row.GetFloat(4).ShouldBe(5);
        row.GetDouble(5).ShouldBe(6);
        row.GetDecimal(6).ShouldBe(7.5m);
        row.GetDateTime(7).ShouldBe(new DateTime(2024, 2, 29));
        row.GetFieldValue<TimeSpan>(8).ShouldBe(new TimeSpan(1, 2, 3));
        row.GetFieldValue<DateTimeOffset>(9).ShouldBe(new DateTimeOffset(at));
        row.GetGuid(10).ShouldBe(id);
        row.GetString(11).ShouldBe("s");
        byte[] part = new byte[1];
        row.GetBytes(17, 1, part, 0, 5).ShouldBe(1);
        part[0].ShouldBe((byte)4);
        row.FieldCount.ShouldBe(18);
        row.GetName(11).ShouldBe("s");
        row.GetOrdinal("bytes").ShouldBe(17);
        Should.Throw<InvalidCastException>(() => row.GetInt32(3)).Message.ShouldBe("column i8 holds Int64, and not Int32");
    }

    [Fact]
    public void A_buffer_is_used_again_and_keeps_nothing_of_what_was_sent()
    {
        TestContract table = Table(Col.Value("n"), Shapes.Text("s", nullable: true));
        var buffer = new RowBuffer(table.Columns);
        Write(table, buffer, Enumerable.Range(0, 5000).Select(n => new object?[] { n % 2 == 0 ? null : (long)n, n % 2 == 0 ? null : "x" }));
        buffer.Count.ShouldBe(5000);
        buffer.Bytes.ShouldBe(2 * 2500);
        int capacity = buffer.Capacity;
        buffer.Clear();
        ((ColumnBuffer<string>)buffer.Columns[1]).Values.ShouldAllBe(text => text == null);

        Write(table, buffer, [[1L, "a"], [null, null]]);
        buffer.Capacity.ShouldBe(capacity);
        var rows = new StagedRows(buffer);
        rows.Read();
        (rows.GetInt64(0), rows.GetString(1)).ShouldBe((1L, "a"));
        rows.Read();
        (rows.IsDBNull(0), rows.IsDBNull(1)).ShouldBe((true, true));
        rows.Read().ShouldBeFalse();
    }

    [Fact]
    public void Rows_of_a_batch_that_was_refused_were_never_written()
    {
        TestContract table = Table(Col.Value("v", ColumnType.Double));
        var buffer = new RowBuffer(table.Columns);
        Write(table, buffer, [[1d]]);
        RowWriteException e = Should.Throw<RowWriteException>(() => Write(table, buffer, [[2d], [double.NaN]]));
        (e.Row, e.Column).ShouldBe((1, 0));
        buffer.Count.ShouldBe(1);
    }

    [Fact]
    public void What_is_enough_to_send_is_bounded_in_rows_and_in_bytes()
    {
        TestContract table = Table(Col.Value("n"), Shapes.Text("s", nullable: true));
        var buffer = new RowBuffer(table.Columns);
        Write(table, buffer, [[1L, new string('x', 5_000_000)]]);
        buffer.IsEnough.ShouldBeTrue();
        buffer.Clear();
        buffer.IsEnough.ShouldBeFalse();
        Write(table, buffer, Enumerable.Range(0, 20_000).Select(n => new object?[] { (long)n, null }));
        buffer.IsEnough.ShouldBeTrue();
    }

    internal static TestContract Table(params Column[] columns) => new("t", LoadStrategy.Append, columns);

    internal static StagedRows Rows(TestContract table, params IEnumerable<object?[]> rows)
    {
        var buffer = new RowBuffer(table.Columns);
        Write(table, buffer, rows);
        return new StagedRows(buffer);
    }

    internal static void Write(TestContract table, RowBuffer buffer, IEnumerable<object?[]> rows, bool babelfish = false)
    {
        var writer = new SqlServerRowWriter(buffer, new ServerTraits(babelfish, true, true));
        table.Write(rows.ToArray(), default, ref writer);
        writer.Complete();
    }
}
