namespace TypedPipelines.Sqlite.Tests;

/// <summary>Statement 19 where a column's collation decides what every comparison with it says, also that of a value.</summary>
public sealed class Collations : IDisposable
{
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task S19_a_values_collation_that_contradicts_the_contract_is_refused_at_the_start()
    {
        var table = new TestContract("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);
        _database.Execute("create table one (id integer primary key, name text collate nocase)");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column name: expected text, found text collate nocase");
    }
}
