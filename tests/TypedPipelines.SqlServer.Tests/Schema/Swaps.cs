using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Statement 42: a table that is replaced as a whole takes another shape with its rows, or keeps both. A script answers in the server's place.</summary>
public sealed class Swaps
{
    private static readonly TestContract Table = new(
        "t", LoadStrategy.ReplaceTable, [Shapes.Text("id", 10, key: true), Shapes.Text("name", nullable: true), Col.Value("size", ColumnType.Int16, nullable: false), Col.Value("a]b")]);

    /// <summary>A key of another collation, a type that is another, a column that held null; and one that is missing.</summary>
    private static readonly (string Name, string Type, int Bytes, string? Collation, bool Nullable)[] Before =
    [
        ("id", "nvarchar", 20, "Danish_Norwegian_CI_AS", false), ("name", "varchar", -1, "Danish_Norwegian_CI_AS", true), ("size", "smallint", 2, null, true),
    ];

    private static readonly string[] Steps =
    [
        "alter table [t] alter column [id] nvarchar(10) collate Latin1_General_100_BIN2 not null",
        "alter table [t] alter column [name] nvarchar(max) null",
        "alter table [t] alter column [size] smallint not null",
        "alter table [t] add [a]]b] bigint null",
    ];

    [Fact]
    public void S42_each_step_is_T_SQL() => Steps.SelectMany(Dialect.Errors).ShouldBeEmpty();

    [Fact]
    public async Task S42_the_shape_changes_between_the_last_old_row_and_the_first_new_one()
    {
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Catalog }.Answer);
        await LoadAsync(server);
        SqlServerLoadPlan plan = Table.PlanFor<SqlServerLoadPlan>();
        string[] heard = server.Statements;
        int begin = Array.LastIndexOf(heard, "begin transaction");
        heard[(begin + 1)..Array.LastIndexOf(heard, "commit transaction")].ShouldBe(
        [
            PartitionLock.Hold, FoundTable.FindName, TableLocks.Take, plan.Publish[0].Sql, plan.Publish[0].FindKept!, FoundTable.Find, FoundTable.FindColumns, .. Steps, plan.Publish[1].Sql, LedgerEntries.NoteLoaded, LedgerEntries.NoteEnd,
        ]);
    }

    [Fact]
    public async Task S42_what_the_server_refuses_leaves_the_old_table_and_is_named()
    {
        static TdsReply? Refuse(string statement) => statement == Steps[0]
            ? new TdsReply().Error(5074, "The object 'PK__t__3213E83F' is dependent on column 'id'.")
            : Catalog(statement);
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Refuse }.Answer);
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldStartWith("the table t of ");
        e.What.ShouldEndWith($"cannot take the shape of its contract: column id: The object 'PK__t__3213E83F' is dependent on column 'id'; the statement was: {Steps[0]}");
        e.Next.ShouldStartWith("Nothing was changed");
        server.Statements.ShouldContain("if @@trancount > 0 rollback transaction");
        server.Statements.ShouldNotContain(Table.PlanFor<SqlServerLoadPlan>().Publish[1].Sql);
    }

    [Fact]
    public async Task S38_S42_a_deadlock_over_the_shape_starts_the_publish_again()
    {
        int failures = 1;
        TdsReply? Victim(string statement) => statement == Steps[1] && failures-- > 0 ? new TdsReply().Error(1205, "chosen as the victim") : Catalog(statement);
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Victim }.Answer);
        await LoadAsync(server);
        server.Statements.Count(statement => statement == Steps[0]).ShouldBe(2);
        server.Copied.Length.ShouldBe(1);
    }

    [Fact]
    public async Task S42_a_start_changes_no_shape_and_has_the_table_loaded_again()
    {
        static TdsReply? There(string statement) => statement == FoundTable.Exists
            ? new TdsReply().Rows([("", new TdsType("int"))], [[1]])
            : statement == LedgerTables.FindVersion ? new TdsReply().Rows([("version", new TdsType("int"))], [[LedgerTables.Version]]) : Catalog(statement);
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = There }.Answer);
        await new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance).PrepareAsync([Table], _ => "tables", CancellationToken.None);
        server.Statements.ShouldContain(ColumnAdditions.MakeStale);
        server.Statements.ShouldNotContain(statement => statement.StartsWith("alter table", StringComparison.Ordinal));

        await Should.ThrowAsync<PipelineException>(
            new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance).PrepareAsync([Table], _ => null, CancellationToken.None));
    }

    private static TdsReply? Catalog(string statement) => statement switch
    {
        FoundTable.Find => new TdsReply().Rows([("object_id", new TdsType("int")), ("type", new TdsType("nvarchar(2)"))], [[7, "U"]]),
        FoundTable.FindColumns => CatalogColumns.Of(Before),
        _ => null,
    };

    private static async Task LoadAsync(ScriptedServer server)
    {
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await SqlServerTestDatabase.StageAsync(session, Table, null, ["a", "b", (short)1, null]);
        await session.PublishAsync(SqlServerTestDatabase.Succeeded(1), CancellationToken.None);
    }
}
