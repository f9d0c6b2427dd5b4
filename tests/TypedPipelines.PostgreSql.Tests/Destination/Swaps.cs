using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statement 42 where PostgreSQL has something to say to a table's new shape.</summary>
public sealed class Swaps : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _old = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v"), Col.Value("w", ColumnType.String)]);
    private readonly TestContract _new = new(
        "t", LoadStrategy.ReplaceTable, [Col.Key("id", ColumnType.String), Col.Value("v", ColumnType.Date, nullable: false), Col.Value("w", ColumnType.String), Col.Value("x", ColumnType.Guid, nullable: false)]);

    private readonly object?[] _row = ["one", new DateOnly(2024, 3, 1), null, Guid.Empty];

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task S42_grants_the_identity_and_what_refers_to_the_table_stay()
    {
        await _database.LoadAsync(_old, null, [1L, 1L, "a"]);
        _database.Execute("grant select on t to public; comment on table t is 'kept'; create index t_v on t (v); create view seen as select w from t; alter table t add check (w <> 'bad')");
        const string identity = "select oid || ' ' || relacl::text || ' ' || obj_description(oid) from pg_class where oid = 't'::regclass";
        string before = _database.Query<string>(identity);

        await LoadAsync(_new, _row);

        _database.Query<string>(identity).ShouldBe(before);
        _database.Query<string>("select indexdef from pg_indexes where indexname = 't_v'").ShouldContain("(v)");
        _database.Query<string>("select indexdef from pg_indexes where indexname = 't_pkey'").ShouldContain("(id)");
        _database.Query<string>("select format_type(atttypid, atttypmod) || ' ' || (attcollation = '\"C\"'::regcollation) from pg_attribute where attrelid = 't'::regclass and attname = 'id'").ShouldBe("text true");
        _database.Query<long>("select count(*) from seen").ShouldBe(1);
        (await Should.ThrowAsync<PipelineException>(LoadAsync(_new, ["one", new DateOnly(2024, 3, 1), "bad", Guid.Empty]))).What.ShouldContain("the constraint t_w_check");
    }

    [Fact]
    public async Task S42_a_view_over_a_column_whose_type_changes_is_in_the_way_and_named()
    {
        await _database.LoadAsync(_old, null, [1L, 1L, "a"]);
        _database.Execute("create view seen as select v + 1 as more from t");
        string before = _database.Digest("t");

        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(_new, _row));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("the table t of ");
        e.What.ShouldContain("column v: cannot alter type of a column used by a view or rule; the statement was: alter table \"t\" alter column \"v\" type date using null");
        e.Next.ShouldStartWith("Nothing was changed, neither the table's shape nor a row of it.");
        _database.Digest("t").ShouldBe(before);
        _database.Query<string>("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 't'::regclass and attname = 'id'").ShouldBe("bigint", "the key was changed before, and is again what it was");
        _database.Execute("drop view seen");
        await LoadAsync(_new, _row);
        _database.Count("t").ShouldBe(1);
    }

    [Fact]
    public async Task S42_a_loader_that_does_not_own_the_table_is_told_the_statement()
    {
        await _database.LoadAsync(_old, null, [1L, 1L, "a"]);
        await _database.Destination.PrepareAsync([_new], _ => TestDatabase.Pipeline, CancellationToken.None);
        string role = $"loader_{Guid.NewGuid():N}";
        _database.Execute($"create role {role} login; grant usage on schema typed_pipelines to {role}; grant all on all tables in schema typed_pipelines to {role}; grant all on t to {role}");
        try
        {
            await using var destination = new PostgreSqlDestination($"{_database.ConnectionString};Username={role};Pooling=False", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(destination, _new, _row));
            e.Kind.ShouldBe(FailureKind.Schema);
            e.What.ShouldContain("column id: must be owner of table t; the statement was: alter table \"t\" alter column \"id\" type text collate \"C\" using null");
            e.Next.ShouldContain("somebody who may run the statement");
            _database.Lines(_old).ShouldBe(["1 | 1 | a"]);
        }
        finally
        {
            _database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    /// <summary>Else the check of the deleted rows would wait for the commit, and keep the table from being changed.</summary>
    [Fact]
    public async Task S42_a_deferred_foreign_key_to_the_table_is_no_hindrance()
    {
        await _database.LoadAsync(_old, null, [1L, 1L, "a"]);
        _database.Execute("create table child (w text); alter table t add unique (w); alter table child add foreign key (w) references t (w) deferrable initially deferred");
        await LoadAsync(_new, _row);
        _database.Count("t").ShouldBe(1);
    }

    private Task LoadAsync(TestContract table, params object?[][] rows) => LoadAsync(_database.Destination, table, rows);

    private static async Task LoadAsync(IDestination destination, TestContract table, params object?[][] rows)
    {
        await destination.PrepareAsync([table], _ => TestDatabase.Pipeline, CancellationToken.None);
        await using IPartitionSession session = await destination.BeginAsync(TestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await TestDatabase.StageAsync(session, table, null, rows);
        await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None);
    }
}
