using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>What is written is what is read, and what SQLite would change is refused.</summary>
public sealed class Values : IAsyncDisposable
{
    private readonly Database _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static TheoryData<ColumnType, object> Everything => new()
    {
        { ColumnType.Boolean, true },
        { ColumnType.Boolean, false },
        { ColumnType.Int16, short.MinValue },
        { ColumnType.Int32, int.MinValue },
        { ColumnType.Int64, long.MinValue },
        { ColumnType.Int64, long.MaxValue },
        { ColumnType.Single, 0.1f },
        { ColumnType.Single, float.MaxValue },
        { ColumnType.Double, 0.1 },
        { ColumnType.Double, 3.0 },
        { ColumnType.Double, double.Epsilon },
        { ColumnType.Double, double.MaxValue },
        { ColumnType.Double, double.PositiveInfinity },
        { ColumnType.Double, double.NegativeInfinity },
        { ColumnType.Date, DateOnly.MinValue },
        { ColumnType.Date, DateOnly.MaxValue },
        { ColumnType.Single, float.NaN },
        { ColumnType.Double, double.NaN },
        { ColumnType.Double, -0.0 },
        { ColumnType.Time, new TimeOnly(23, 59, 59).Add(TimeSpan.FromMicroseconds(999_999)) },
        { ColumnType.Time, TimeOnly.MinValue },
        { ColumnType.Instant, new DateTime(9999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc) },
        { ColumnType.Instant, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) },
        { ColumnType.Instant, new DateTime(1999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc) },
        { ColumnType.Instant, new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc) },
        { ColumnType.Guid, new Guid("01234567-89AB-cdef-0123-456789abcdef") },
        { ColumnType.String, "1.00" },
        { ColumnType.String, "" },
        { ColumnType.Bytes, new byte[] { 0, 1, 255 } },
        { ColumnType.Bytes, Array.Empty<byte>() },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_value_is_read_back_as_it_was_written(ColumnType type, object value)
    {
        TestContract table = Table(Col.Value("v", type));
        await _database.LoadAsync(table, null, [1L, value], [2L, null]);
        await using IPartitionSession session = await _database.BeginAsync();
        List<object?[]> rows = await Database.ReadAsync(session, table);
        rows[0][1].ShouldBe(value);
        rows[1][1].ShouldBeNull();
    }

    [Theory]
    [InlineData(10, 2, "12345678.91")]
    [InlineData(15, 3, "-999999999999.999")]
    [InlineData(15, 15, "0.123456789012345")]
    [InlineData(10, 2, "3.00")]
    [InlineData(9, 0, "-999999999")]
    [InlineData(18, 4, "99999999999999.9999")]
    [InlineData(28, 10, "-123456789012345678.0000000001")]
    [InlineData(28, 28, "0.0000000000000000000000000001")]
    [InlineData(38, 0, "79228162514264337593543950335")]
    [InlineData(28, 27, "-7.922816251426433759354395033")]
    [InlineData(12, 8, "1000.00010000")]
    [InlineData(12, 8, "0.00000001")]
    [InlineData(12, 0, "100000000")]
    [InlineData(5, 2, "0")]
    public async Task A_decimal_that_fits_is_kept_exactly(int precision, int scale, string text)
    {
        decimal value = decimal.Parse(text, CultureInfo.InvariantCulture);
        TestContract table = Table(Col.Decimal("v", precision, scale));
        await _database.LoadAsync(table, null, [1L, value], [2L, value * 1.0000000m], [3L, -value]);
        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table)).Select(row => row[1]).ShouldBe([value, value, -value]);
        _database.Query<bool>($"select v = {text} from t where id = 1").ShouldBeTrue();
        _database.Query<int>("select scale(v) from t where id = 1").ShouldBe(scale);
    }

    [Fact]
    public async Task Random_decimals_are_kept_as_the_server_itself_would_write_them()
    {
        var random = new Random(11);
        object?[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new object?[]
        {
            (long)i,
            new decimal(random.Next(), random.Next(0, i % 3 == 0 ? 1 : int.MaxValue), 0, random.Next(2) == 0, (byte)random.Next(0, 11)),
        })];
        TestContract table = Table(Col.Decimal("v", 38, 10));
        await _database.LoadAsync(table, null, rows);
        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table)).OrderBy(row => row[0]).Select(row => row[1]).ShouldBe(rows.Select(row => row[1]));
        string[] texts = [.. rows.Select(row => ((decimal)row[1]!).ToString(CultureInfo.InvariantCulture))];
        using Npgsql.NpgsqlConnection connection = _database.Open();
        using Npgsql.NpgsqlCommand command = connection.CreateCommand();
        // Equal is not enough: the bytes must be those that the server makes, or its own arithmetic could stumble.
        command.CommandText = "select count(*) from t join unnest($1) with ordinality as w (text, n) on n = id + 1 where numeric_send(v) = numeric_send(text::numeric(38,10))";
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = texts });
        command.ExecuteScalar().ShouldBe(5000L);
    }

    [Theory]
    [InlineData(10, 2, "1.001")]
    [InlineData(10, 2, "100000000")]
    [InlineData(10, 2, "-100000000.00")]
    [InlineData(18, 4, "0.00001")]
    [InlineData(18, 4, "100000000000000")]
    [InlineData(5, 0, "0.5")]
    public async Task A_decimal_that_does_not_fit_is_never_rounded(int precision, int scale, string text)
    {
        TestContract table = Table(Col.Decimal("v", precision, scale));
        PipelineException e = await Should.ThrowAsync<PipelineException>(
            _database.LoadAsync(table, null, [1L, decimal.Parse(text, CultureInfo.InvariantCulture)]));
        e.What.ShouldContain($"column v of t = {text} does not fit decimal({precision},{scale}) without rounding");
    }

    public static TheoryData<ColumnType, object, string> Refused => new()
    {
        { ColumnType.Time, TimeOnly.MaxValue, "is finer than the microseconds" },
        { ColumnType.Instant, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), "is finer than the microseconds" },
        { ColumnType.Instant, DateTime.SpecifyKind(new DateTime(1000, 1, 1).AddTicks(1), DateTimeKind.Utc), "is finer than the microseconds" },
        { ColumnType.String, "nul\0inside", "holds the character NUL" },
        { ColumnType.Instant, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local), "is a DateTime of kind Local" },
        { ColumnType.Instant, new DateTime(2024, 1, 1), "is a DateTime of kind Unspecified" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_value_that_cannot_be_kept_is_refused(ColumnType type, object value, string reason)
    {
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(Table(Col.Value("v", type)), null, [1L, value]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldContain(reason);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        foreach (string text in new[] { "a\ud83d", "\ude00b" })
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(
                _database.LoadAsync(Table(Col.Value("v", ColumnType.String)), null, [1L, text]));
            e.What.ShouldContain("half of a surrogate pair");
        }
    }

    [Fact]
    public async Task An_instant_with_an_offset_is_kept_as_utc()
    {
        TestContract table = Table(Col.Value("v", ColumnType.Instant));
        await _database.LoadAsync(table, null, [1L, new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))]);
        _database.Query<DateTime>("select v from t").ShouldBe(new DateTime(2023, 12, 31, 23, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task Culture_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        try
        {
            TestContract table = Table(Col.Value("d", ColumnType.Date), Col.Decimal("v", 20, 2));
            await _database.LoadAsync(table, null, [1L, new DateOnly(2024, 1, 2), -1.5m]);
            _database.Query<string>("select d || ' ' || v from t").ShouldBe("2024-01-02 -1.50");
            await using IPartitionSession session = await _database.BeginAsync();
            (await Database.ReadAsync(session, table))[0].ShouldBe([1L, new DateOnly(2024, 1, 2), -1.5m]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(ColumnType.Date, "'infinity'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Date, "'-infinity'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Date, "'0044-03-15 BC'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Instant, "'infinity'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Instant, "'-infinity'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Instant, "'10000-01-01 00:00:00+00'", "infinity, or a time outside the years 1 to 9999")]
    [InlineData(ColumnType.Time, "'24:00'", "24:00:00")]
    public async Task A_stored_value_without_a_form_in_dotnet_is_an_error(ColumnType type, string literal, string message)
    {
        TestContract table = Table(Col.Value("v", type));
        await _database.PrepareAsync(table);
        _database.Execute($"insert into t values (1, {literal})");
        await using IPartitionSession session = await _database.BeginAsync();
        PipelineException e = await Should.ThrowAsync<PipelineException>(Database.ReadAsync(session, table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain($"column v of t holds {message}");
    }

    [Theory]
    [InlineData("numeric", "'NaN'")]
    [InlineData("numeric", "1e100")]
    public async Task A_number_beyond_decimal_is_an_error(string type, string literal)
    {
        _database.Execute($"create table t (id bigint not null primary key, v {type}); insert into t values (1, {literal})");
        TestContract table = Table(Col.Decimal("v", 10, 2, nullable: true));
        await _database.PrepareAsync(new TestContract("other", LoadStrategy.Append, [Col.Value("id")]));
        await using IPartitionSession session = await _database.BeginAsync();
        (await Should.ThrowAsync<PipelineException>(Database.ReadAsync(session, table))).What.ShouldContain("column v of t holds a number beyond the range of decimal");
    }

    [Fact]
    public async Task A_table_of_another_shape_is_not_read()
    {
        _database.Execute("create table t (id bigint not null primary key, v integer); insert into t values (1, 1)");
        await _database.PrepareAsync(new TestContract("other", LoadStrategy.Append, [Col.Value("id")]));
        await using IPartitionSession session = await _database.BeginAsync();
        (await Should.ThrowAsync<PipelineException>(Database.ReadAsync(session, Table(Col.Value("v", ColumnType.Date))))).What.ShouldContain("column v of t has the type integer");
        (await Should.ThrowAsync<PipelineException>(Database.ReadAsync(session, Table(Col.Value("w"))))).Message.ShouldContain("does not have the shape");
    }

    [Fact]
    public async Task A_row_larger_than_every_buffer_arrives()
    {
        TestContract table = Table(Col.Value("v", ColumnType.String), Col.Value("b", ColumnType.Bytes));
        string text = new('\u00df', 3_000_000);
        byte[] bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);
        await _database.LoadAsync(table, null, [1L, text, bytes], [2L, "x", null]);
        await using IPartitionSession session = await _database.BeginAsync();
        List<object?[]> rows = await Database.ReadAsync(session, table);
        rows[0][1].ShouldBe(text);
        ((byte[])rows[0][2]!).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        rows[1][1].ShouldBe("x");
    }

    private static TestContract Table(params Column[] columns) => new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), .. columns]);
}
