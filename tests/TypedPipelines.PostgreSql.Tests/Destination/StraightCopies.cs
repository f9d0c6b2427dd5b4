using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Few rows go straight into their table, where COPY is to it what an insert is.</summary>
public sealed class StraightCopies : IAsyncDisposable
{
    private readonly StatementBreaker _logger = new();
    private readonly Database _database;
    private readonly TestContract _table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v", ColumnType.String)]);

    public StraightCopies() => _database = new Database(logger: _logger);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Few_rows_need_no_table_to_be_staged_in()
    {
        (await _database.LoadAsync(_table, null, [1L, "a"], [2L, "b"])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 0));
        (await _database.LoadAsync(_table, null, [3L, "c"], [2L, "d"])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 2));
        (await _database.LoadAsync(_table, null)).ShouldBe(new LoadedTable("t", 0, 0, 0, 0, 2));
        IsStaged().ShouldBeFalse();
    }

    [Fact]
    public async Task S14_rows_of_one_key_are_staged_and_found()
    {
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_table, null, [1L, "a"], [2L, "b"], [1L, "c"]));
        e.Message.ShouldContain("id=1, v='a'");
        e.Message.ShouldContain("id=1, v='c'");
        IsStaged().ShouldBeTrue();
    }

    [Fact]
    public async Task Many_rows_are_staged()
    {
        string large = new('x', 500_000);
        (await _database.LoadAsync(_table, null, [.. Enumerable.Range(1, 5000).Select(n => new object?[] { (long)n, n % 400 == 0 ? large : "small" })])).Inserted.ShouldBe(5000);
        IsStaged().ShouldBeTrue();
    }

    [Fact]
    public async Task S38_a_publish_that_is_tried_again_copies_the_rows_again()
    {
        await _database.LoadAsync(_table, null, [1L, "old"]);
        _database.Execute(
            """
            create sequence attempts;
            create function in_the_way() returns trigger language plpgsql as $f$
            begin
                if nextval('attempts') < 3 then raise exception 'in the way' using errcode = '40001'; end if;
                return new;
            end $f$;
            create trigger in_the_way before update on typed_pipelines.run for each row when (new.outcome = 'succeeded') execute function in_the_way();
            """);
        (await _database.LoadAsync(_table, null, [2L, "b"], [3L, "c"])).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 1));
        _database.Query<long>("select last_value from attempts").ShouldBe(3);
        _database.Lines(_table).ShouldBe(["2 | b", "3 | c"]);
        IsStaged().ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_of_the_table_hears_of_every_row()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("create table heard (id bigint); create rule listen as on insert to t do also insert into heard values (new.id)");
        await _database.LoadAsync(_table, null, [1L, "a"], [2L, "b"]);
        _database.Count("heard").ShouldBe(2);
        _database.Count("t").ShouldBe(2);
    }

    [Fact]
    public async Task A_rule_that_comes_after_earlier_loads_hears_of_every_row()
    {
        await _database.LoadAsync(_table, null, [1L, "a"]);
        _database.Execute("create table heard (id bigint); create rule listen as on insert to t do also insert into heard values (new.id)");
        await _database.LoadAsync(_table, null, [1L, "a"], [2L, "b"]);
        _database.Count("heard").ShouldBe(2);
        _database.Execute("drop rule listen on t");
        await _database.LoadAsync(_table, null, [3L, "c"]);
        _database.Count("heard").ShouldBe(2);
        _database.Lines(_table).ShouldBe(["3 | c"]);
    }

    [Fact]
    public async Task A_trigger_that_comes_under_a_run_is_reckoned_with()
    {
        await _database.LoadAsync(_table, null, [1L, "a"]);
        await using IPartitionSession session = await _database.Destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await Database.StageAsync(session, _table, null, [1L, "a"], [2L, "b"], [3L, "c"]);
        _database.Execute("create function f() returns trigger language plpgsql as 'begin return case when new.id <> 2 then new end; end'; create trigger g before insert on t for each row execute function f()");
        IReadOnlyList<LoadedTable> loaded = await session.PublishAsync(Database.Succeeded(3), CancellationToken.None);
        loaded[0].Inserted.ShouldBe(2);
        _database.Lines(_table).ShouldBe(["1 | a", "3 | c"]);
        IsStaged().ShouldBeTrue();
    }

    [Fact]
    public async Task Rows_that_a_trigger_leaves_out_are_not_counted()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("create function f() returns trigger language plpgsql as 'begin return case when new.id <> 2 then new end; end'; create trigger g before insert on t for each row execute function f()");
        (await _database.LoadAsync(_table, null, [1L, "a"], [2L, "b"], [3L, "c"])).Inserted.ShouldBe(2);
        _database.Count("t").ShouldBe(2);
    }

    [Fact]
    public async Task A_policy_for_the_table_s_rows_is_kept()
    {
        await _database.PrepareAsync(_table);
        string role = "writer_" + Guid.NewGuid().ToString("N");
        _database.Execute($"create role {role} login; grant usage on schema typed_pipelines to {role}; grant all on all tables in schema typed_pipelines to {role}; grant all on t to {role}");
        _database.Execute("alter table t enable row level security; create policy small on t using (true) with check (id < 10)");
        try
        {
            await using var destination = new PostgreSqlDestination($"{_database.ConnectionString};Username={role};Pooling=False", TimeProvider.System, _logger);
            await LoadAsync(destination, 1L);
            (await Should.ThrowAsync<PipelineException>(LoadAsync(destination, 11L))).Message.ShouldContain("row-level security policy");
            _database.Lines(_table).ShouldBe(["1 | x"]);
        }
        finally
        {
            _database.Execute($"drop owned by {role}; drop role {role}");
        }

        async Task LoadAsync(PostgreSqlDestination destination, long id)
        {
            await destination.PrepareAsync([_table], CancellationToken.None);
            await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
            await Database.StageAsync(session, _table, null, [id, "x"]);
            await session.PublishAsync(Database.Succeeded(1), CancellationToken.None);
        }
    }

    private bool IsStaged()
    {
        lock (_logger.Statements)
        {
            return _logger.Statements.Any(statement => statement.Contains("create table pg_temp", StringComparison.Ordinal));
        }
    }
}
