namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statement 41 where a table has rights of its own.</summary>
public sealed class Grants : IAsyncDisposable
{
    private readonly Database _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task S41_grants_and_the_identity_stay()
    {
        var table = new TestContract("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v")]);
        await _database.LoadAsync(table, null, [1L, 1L]);
        _database.Execute("grant select on t to public; comment on table t is 'kept'");
        const string identity = "select oid || ' ' || relacl::text || ' ' || obj_description(oid) from pg_class where oid = 't'::regclass";
        string before = _database.Query<string>(identity);
        before.ShouldContain("=r/");
        await _database.LoadAsync(table, null, [2L, 2L]);
        _database.Query<string>(identity).ShouldBe(before);
    }
}
