using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>What is written is what is read, and what SQLite would change is refused.</summary>
public sealed class Values : IDisposable
{
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

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
        { ColumnType.Time, TimeOnly.MaxValue },
        { ColumnType.Time, TimeOnly.MinValue },
        { ColumnType.Instant, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) },
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
    [InlineData(10, 2, "12345678.91", "real")]
    [InlineData(15, 3, "-999999999999.999", "real")]
    [InlineData(15, 15, "0.123456789012345", "real")]
    [InlineData(10, 2, "3.00", "integer")]
    [InlineData(9, 0, "-999999999", "integer")]
    [InlineData(18, 4, "99999999999999.9999", "text")]
    [InlineData(28, 10, "-123456789012345678.0000000001", "text")]
    [InlineData(28, 28, "0.0000000000000000000000000001", "text")]
    [InlineData(38, 0, "79228162514264337593543950335", "text")]
    public async Task A_decimal_that_fits_is_kept_exactly(int precision, int scale, string text, string storage)
    {
        decimal value = decimal.Parse(text, CultureInfo.InvariantCulture);
        TestContract table = Table(Col.Decimal("v", precision, scale));
        await _database.LoadAsync(table, null, [1L, value], [2L, value * 1.0000000m]);
        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table)).Select(row => row[1]).ShouldBe([value, value]);
        _database.List<string>("select distinct typeof(v) from t").ShouldBe([storage]);
        if (storage != "text")
        {
            ((decimal)_database.Query<double>("select sum(v) from t where id = 1")).ShouldBe(value);
        }
    }

    [Fact]
    public async Task Random_decimals_of_fifteen_digits_survive_doubles()
    {
        var random = new Random(11);
        object?[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new object?[] { (long)i, random.NextInt64(-999_999_999_999_999, 999_999_999_999_999) / 10_000m })];
        TestContract table = Table(Col.Decimal("v", 15, 4));
        await _database.LoadAsync(table, null, rows);
        await using IPartitionSession session = await _database.BeginAsync();
        (await Database.ReadAsync(session, table)).Select(row => row[1]).ShouldBe(rows.Select(row => row[1]));
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
        { ColumnType.Double, double.NaN, "is not a number" },
        { ColumnType.Single, float.NaN, "is not a number" },
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
        _database.Query<string>("select v from t").ShouldBe("2023-12-31T23:00:00.0000000Z");
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
    [InlineData(ColumnType.Int32, "99999999999", "99999999999, which is no Int32")]
    [InlineData(ColumnType.Int32, "'abc'", "'abc', which is no Int32")]
    [InlineData(ColumnType.Boolean, "2", "2, which is no Boolean")]
    [InlineData(ColumnType.Date, "'2024-1-1'", "'2024-1-1', which is no Date")]
    [InlineData(ColumnType.Instant, "'2024-01-01'", "'2024-01-01', which is no Instant")]
    [InlineData(ColumnType.Guid, "'x'", "'x', which is no Guid")]
    [InlineData(ColumnType.String, "x'00ff'", "2 bytes, which is no String")]
    [InlineData(ColumnType.Bytes, "'a'", "'a', which is no Bytes")]
    [InlineData(ColumnType.Double, "'a'", "'a', which is no Double")]
    public async Task A_stored_value_of_another_form_is_an_error_that_shows_it(ColumnType type, string literal, string message)
    {
        TestContract table = Table(Col.Value("v", type));
        await _database.PrepareAsync(table);
        _database.Execute($"insert into t values (1, {literal})");
        await using IPartitionSession session = await _database.BeginAsync();
        PipelineException e = await Should.ThrowAsync<PipelineException>(Database.ReadAsync(session, table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldBe($"column v of t holds {message}");
    }

    private static TestContract Table(params Column[] columns) => new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), .. columns]);
}
