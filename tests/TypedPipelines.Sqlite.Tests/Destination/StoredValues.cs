using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>A table that others have filled with texts of another form than a load writes is refused before rows are there twice.</summary>
public sealed class StoredValues : IDisposable
{
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    public static TheoryData<ColumnType, string, string> Others => new()
    {
        { ColumnType.Guid, "'1B4E28BA-2FA1-11D2-883F-0016D3CCA427'", "1b4e28ba-2fa1-11d2-883f-0016d3cca427" },
        { ColumnType.Guid, "'1b4e28ba2fa111d2883f0016d3cca427'", "1b4e28ba-2fa1-11d2-883f-0016d3cca427" },
        { ColumnType.Guid, "x'1b4e28ba2fa111d2883f0016d3cca427'", "1b4e28ba-2fa1-11d2-883f-0016d3cca427" },
        { ColumnType.Time, "'07:05:00'", "07:05:00.0000000" },
        { ColumnType.Date, "'2001-1-31'", "2001-01-31" },
        { ColumnType.Date, "'2001-01-31 00:00:00'", "2001-01-31" },
        { ColumnType.Instant, "'2001-01-31 07:05:00'", "2001-01-31T07:05:00.0000000Z" },
        { ColumnType.Instant, "'2001-01-31T07:05:00Z'", "2001-01-31T07:05:00.0000000Z" },
        { ColumnType.Decimal, "'1.5'", "1.0000000000" },
        { ColumnType.Decimal, "'01.5000000000'", "1.0000000000" },
        { ColumnType.Decimal, "'+1.5000000000'", "1.0000000000" },
        { ColumnType.Decimal, "'1,5000000000'", "1.0000000000" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task S16_S21_a_key_in_another_form_is_refused(ColumnType type, string value, string form)
    {
        TestContract table = Keyed(type);
        _database.Execute($"create table t (id text not null, v bigint, primary key (id)); insert into t values ({value}, 1)".Replace("bigint", "integer", StringComparison.Ordinal));

        PipelineException refused = await Should.ThrowAsync<PipelineException>(PrepareAsync(table));

        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldEndWith($" holds {value.ToUpperInvariant().Replace("X'", "X'", StringComparison.Ordinal)} in its column id, which a load writes as {form}: SQLite would take them for two values, and rows for others", Case.Insensitive);
    }

    [Theory]
    [InlineData(ColumnType.Guid, "'1b4e28ba-2fa1-11d2-883f-0016d3cca427'")]
    [InlineData(ColumnType.Time, "'07:05:00.0000000'")]
    [InlineData(ColumnType.Date, "'2001-01-31'")]
    [InlineData(ColumnType.Instant, "'2001-01-31T07:05:00.1234567Z'")]
    [InlineData(ColumnType.Decimal, "'-12.5000000000'")]
    [InlineData(ColumnType.Decimal, "'0.5000000000'")]
    [InlineData(ColumnType.String, "'AnyThing'")]
    public async Task What_a_load_would_write_is_taken(ColumnType type, string value)
    {
        _database.Execute($"create table t (id text not null, v integer, primary key (id)); insert into t values ({value}, 1)");
        await PrepareAsync(Keyed(type));
    }

    [Fact]
    public async Task All_that_a_load_writes_is_in_the_form_that_is_asked_for()
    {
        object[] values = [Guid.NewGuid(), TimeOnly.MaxValue, DateOnly.MinValue, DateTime.MaxValue.ToUniversalTime(), -0.1m, 123456789012345.5m, 0m];
        ColumnType[] types = [ColumnType.Guid, ColumnType.Time, ColumnType.Date, ColumnType.Instant, ColumnType.Decimal, ColumnType.Decimal, ColumnType.Decimal];
        for (int i = 0; i < values.Length; i++)
        {
            using var database = new Database();
            TestContract table = Keyed(types[i]);
            await database.LoadAsync(table, Database.Day("2024-03-01"), [[values[i], 1L]]);
            database.Execute("delete from tp_loaded_table"); // As if others had filled it.
            await database.Destination.PrepareAsync([table], _ => Database.Pipeline, CancellationToken.None);
        }
    }

    private Task PrepareAsync(TestContract table) => _database.Destination.PrepareAsync([table], _ => Database.Pipeline, CancellationToken.None);

    private static TestContract Keyed(ColumnType type) => new("t", LoadStrategy.Merge, [KeyOf(type), Col.Value("v")]);

    private static Column KeyOf(ColumnType type) => type == ColumnType.Decimal ? Col.Decimal("id", 28, 10) with { Key = true, Nullable = false } : Col.Key("id", type);
}
