using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>A table that somebody rebuilds while a run reads its source.</summary>
public sealed class Migrations : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id", ColumnType.String), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("id numeric not null primary key", "numeric")]
    [InlineData("id text not null collate nocase primary key", "nocase")]
    public async Task S46_a_column_that_would_take_other_values_or_tell_fewer_keys_apart_is_found_before_anything_is_published(string column, string found)
    {
        await _database.LoadAsync(_table, null, ["007", 1L]);

        PipelineException e = await Should.ThrowAsync<PipelineException>(
            LoadAround($"create table new ({column}, v integer); insert into new select * from t; drop table t; alter table new rename to t"));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.Message.ShouldContain("column id: expected text not null, found ", Case.Insensitive);
        e.Message.ShouldContain(found, Case.Insensitive);
        _database.Count("t").ShouldBe(1);
    }

    [Theory]
    [InlineData("create index other on t (v)")]
    [InlineData("alter table t add column note text")]
    [InlineData("create table new (id text not null primary key, v integer); insert into new select * from t; drop table t; alter table new rename to t")]
    public async Task What_changes_no_value_fails_no_publish(string change)
    {
        await _database.LoadAsync(_table, null, ["007", 1L]);
        (await LoadAround(change))[0].Inserted.ShouldBe(2);
        _database.Count("t").ShouldBe(3);
    }

    private async Task<IReadOnlyList<LoadedTable>> LoadAround(string change)
    {
        await using IPartitionSession session = await _database.Destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, _table, null, ["A", 2L], ["a", 2L]);
        _database.Execute(change);
        return await session.PublishAsync(Database.Succeeded(2), CancellationToken.None);
    }
}
