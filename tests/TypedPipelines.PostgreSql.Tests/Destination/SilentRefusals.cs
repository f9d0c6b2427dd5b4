using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>What would keep old rows without an error is refused before a load relies on it.</summary>
public sealed class SilentRefusals : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _replaced = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v", ColumnType.String)]);
    private readonly TestContract _replacedElsewhere = new("u", LoadStrategy.ReplaceTable, [Col.Key("id")]);
    private readonly TestContract _merged = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v", ColumnType.String)]);

    public ValueTask DisposeAsync()
    {
        _database.Execute("drop publication if exists p");
        return _database.DisposeAsync();
    }

    [Theory]
    [InlineData("create policy a on t for select using (true); create policy b on t for insert with check (true)", "delete rows", "update rows")]
    [InlineData("create policy a on t for select using (true); create policy b on t for insert with check (true); create policy c on t for delete using (true)", null, "update rows")]
    [InlineData("create policy a on t for select to pg_monitor using (true); create policy b on t for insert with check (true); create policy c on t for delete using (true); create policy d on t for update using (true)", "see rows", "see rows")]
    [InlineData("create policy a on t to public using (true)", null, null)]
    public async Task A_policy_that_is_missing(string policies, string? replacing, string? merging)
    {
        await _database.PrepareAsync(_replaced);
        string role = "writer_" + Guid.NewGuid().ToString("N");
        _database.Execute($"create role {role} login; grant usage on schema typed_pipelines to {role}; grant all on all tables in schema typed_pipelines to {role}; grant all on t to {role}");
        _database.Execute($"alter table t enable row level security; {policies}");
        try
        {
            await using var destination = new PostgreSqlDestination($"{_database.ConnectionString};Username={role};Pooling=False", TimeProvider.System, new StatementBreaker());
            await ExpectAsync(destination, _replaced, replacing);
            await ExpectAsync(destination, _merged, merging);
        }
        finally
        {
            _database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task A_rule_that_does_something_else_instead()
    {
        await _database.PrepareAsync(_replaced);
        _database.Execute("create rule keep as on delete to t do instead nothing");
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_replaced))).What.ShouldEndWith("without an error: it has the rule keep, which does something else instead");
        await _database.PrepareAsync(_merged);
    }

    [Theory]
    [InlineData("alter table t set unlogged", "t")]
    [InlineData("alter table t rename to t_1; create table t (like t_1 including all) partition by range (id); alter table t_1 set unlogged; alter table t attach partition t_1 for values from (0) to (9)", "t_1")]
    public async Task A_table_that_the_server_empties_after_a_crash(string change, string unlogged)
    {
        await PrepareAsync();
        _database.Execute(change);
        PipelineException refused = await Should.ThrowAsync<PipelineException>(PrepareAsync());
        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldStartWith($"the table {unlogged} of ");
        _database.Execute($"alter table {unlogged} set logged");
        await PrepareAsync();

        Task PrepareAsync() => _database.Destination.PrepareAsync([_merged], _ => "loader", CancellationToken.None);
    }

    [Theory]
    [InlineData("for table t", "")]
    [InlineData("for all tables", "")]
    [InlineData("for tables in schema public", "drop table t; create table t (v bigint, day date not null) partition by list (v); create index ix_t_day on t (day); create table t_1 partition of t default")]
    public async Task A_published_table_whose_rows_nobody_could_tell_apart(string published, string change)
    {
        var table = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Value("v"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        await PrepareAsync();
        _database.Execute($"{change}; create publication p {published}");
        PipelineException refused = await Should.ThrowAsync<PipelineException>(PrepareAsync());
        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldEndWith("is published by p and has no replica identity: the server refuses to change or delete its rows");
        string mend = refused.Next[refused.Next.IndexOf("alter table", StringComparison.Ordinal)..];
        _database.Execute(mend);
        await PrepareAsync();
        await LoadAsync(_database.Destination, table, 1);
        await LoadAsync(_database.Destination, table, 2);
        _database.Query<long>("select v from t").ShouldBe(2);

        Task PrepareAsync() => _database.Destination.PrepareAsync([table], _ => "loader", CancellationToken.None);
    }

    /// <summary>As for change-data capture: the ledger's tables, and those that are created, are in it from the start.</summary>
    [Fact]
    public async Task A_database_whose_every_table_is_published_can_be_loaded()
    {
        _database.Execute("create publication p for all tables");
        var days = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Value("v"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        await _database.Destination.PrepareAsync([days, _replacedElsewhere], _ => "loader", CancellationToken.None);
        await LoadAsync(_database.Destination, days, 1);
        await LoadAsync(_database.Destination, days, 2);
        _database.Query<long>("select v from t").ShouldBe(2);
        _database.Query<string>("select string_agg(relname, ', ' order by relname) from pg_class where relkind = 'r' and relreplident = 'f'").ShouldBe("late_column, t, version");
    }

    /// <summary>What a policy hides from the loader would be inserted again with each run.</summary>
    [Theory]
    [InlineData(LoadStrategy.ReplacePartition)]
    [InlineData(LoadStrategy.Merge)]
    public async Task S07_S23_rows_that_a_policy_hides_from_their_own_loader_fail_the_load(LoadStrategy strategy)
    {
        TestContract table = strategy == LoadStrategy.Merge
            ? new("t", strategy, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)])
            : new("t", strategy, [Col.Value("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        await _database.PrepareAsync(table);
        string role = "writer_" + Guid.NewGuid().ToString("N");
        _database.Execute($"create role {role} login; grant usage on schema typed_pipelines to {role}; grant all on all tables in schema typed_pipelines to {role}; grant all on t to {role}");
        _database.Execute("alter table t enable row level security; create policy w on t for insert with check (true); create policy r on t for all using (id < 10)");
        try
        {
            await using var destination = new PostgreSqlDestination($"{_database.ConnectionString};Username={role};Pooling=False", TimeProvider.System, new StatementBreaker());
            await LoadAsync(destination, table, 1);
            PipelineException refused = await Should.ThrowAsync<PipelineException>(LoadAsync(destination, table, 1, 11));
            refused.What.ShouldContain("1 rows that this load has inserted into the table t are not found there by ");
            refused.What.ShouldContain(", or a policy hides them");
            _database.Query<long>("select count(*) from t").ShouldBe(1);
        }
        finally
        {
            _database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    private static async Task LoadAsync(PostgreSqlDestination destination, TestContract table, params long[] ids)
    {
        Partition day = Database.Day("2024-03-01");
        await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(day), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, table, day, [.. ids.Select(id => new object?[] { id, new DateOnly(2024, 3, 1) })]);
        await session.PublishAsync(Database.Succeeded(ids.Length), CancellationToken.None);
    }

    private static async Task ExpectAsync(PostgreSqlDestination destination, TestContract table, string? missing)
    {
        if (missing is null)
        {
            await destination.PrepareAsync([table], CancellationToken.None);
            return;
        }

        PipelineException refused = await Should.ThrowAsync<PipelineException>(destination.PrepareAsync([table], CancellationToken.None));
        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldEndWith($"would pass over rows that a load inserts, changes or deletes, without an error: it has row-level security, which has no policy that lets this user {missing}");
    }
}
