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

    [Theory]
    [InlineData("text")]
    [InlineData("text collate \"und-x-icu\"")]
    [InlineData("text collate \"C\"")]
    public async Task S19_files_and_groups_may_be_named_by_any_collation_that_keeps_names_apart(string type)
    {
        var files = new TestContract("f", LoadStrategy.ReplaceFile, [Col.Value("v"), Col.Value("file", ColumnType.String, nullable: false)], runColumn: "file");
        var groups = new TestContract(
            "g",
            LoadStrategy.Merge,
            [Col.Key("v"), Col.Value("region", ColumnType.String)],
            deleteMissing: new TypedPipelines.Compilation.Model.DeleteMissingModel(TypedPipelines.Compilation.Model.DeleteScopeKind.Group, 1, false, 1));
        _database.Execute($"create table f (v bigint, file {type} not null); create table g (v bigint primary key, region {type})");
        _database.Execute("insert into f values (7, 'ALL')");
        await _database.LoadAsync(files, null, [1L, null]);
        await _database.LoadAsync(files, null, [2L, null]);
        _database.Lines(files).ShouldBe(["2 | all", "7 | ALL"]);
        await _database.LoadAsync(groups, null, [1L, "NORTH"], [2L, "north"], [3L, null]);
        await _database.LoadAsync(groups, null, [4L, "north"]);
        _database.Lines(groups).ShouldBe(["1 | NORTH", "3 | null", "4 | north"]);
    }
}
