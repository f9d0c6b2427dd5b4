namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statement 19 where a table's collation is one of the server's, or of ICU's.</summary>
public sealed class Collations : IAsyncDisposable
{
    private const string Lax = "create collation lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";

    private readonly Database _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task S19_a_key_in_the_databases_own_collation_is_refused_at_the_start_and_mended()
    {
        var table = new TestContract("k", LoadStrategy.Merge, [Col.Key("k", ColumnType.String), Col.Value("v")]);
        _database.Execute("create table k (k text not null primary key, v bigint)");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column k: expected text collate \"C\" not null, found text not null");
        _database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..]);
        (await _database.LoadAsync(table, null, ["a", 1L], ["A", 2L])).Inserted.ShouldBe(2);
    }

    [Fact]
    public async Task S19_a_value_differs_where_a_byte_does_whatever_its_collation()
    {
        var table = new TestContract("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);
        _database.Execute($"{Lax}; create table one (id bigint primary key, name text collate lax)");
        await _database.LoadAsync(table, null, [1L, "a"]);
        (await _database.LoadAsync(table, null, [1L, "A"])).Updated.ShouldBe(1);
        (await _database.LoadAsync(table, null, [1L, "A"])).Updated.ShouldBe(0);
    }
}
