using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>
/// What Babelfish, where PostgreSQL answers in SQL Server's stead, does in another way: read in its source, for there is none here. A
/// script answers as it would.
/// </summary>
public sealed class OnBabelfish
{
    private static readonly ServerTraits Babelfish = new(IsBabelfish: true, ReadersSeeVersions: true, NamesIgnoreCase: true);

    private static readonly TestContract Table = Shapes.All["every type"];

    /// <summary>The first two are of Babelfish's own expected output.</summary>
    [Theory]
    [InlineData("ix1", "t1_drop_index", "ix1t1_drop_indexa5111d2a1767bc43a700e9f2162be019")]
    [InlineData("IX1", "T1_Drop_Index", "ix1t1_drop_indexa5111d2a1767bc43a700e9f2162be019")]
    [InlineData("ix_log_day", "log", "ix_log_daylog")]
    [InlineData("ix_a_name_of_many_characters_loaded_by", "a_name_of_many_characters", "ix_a_name_of_many_characters_lo")]
    [InlineData("ix_ünïcödé_nämés_äre_lönger_ïn_b", "x", "ix_ünïcödé_nämés_äre_lö")]
    public void An_index_is_known_by_the_name_that_Babelfish_gives_it(string index, string table, string name)
    {
        string found = BabelfishNames.OfIndex(index, table);
        found.ShouldStartWith(name);
        System.Text.Encoding.UTF8.GetByteCount(found).ShouldBeInRange(32, 63);
    }

    [Fact]
    public async Task S33_a_table_whose_index_is_there_is_not_given_it_again()
    {
        var table = new TestContract("log", LoadStrategy.ReplaceRun, [Shapes.Text("line", 10), Shapes.Text("loaded_by", 200)], runColumn: "loaded_by");
        string index = table.PlanFor<SqlServerLoadPlan>().CreateIndexes.Single().Name;
        TdsReply? There(string statement) => statement switch
        {
            FoundTable.Exists => new TdsReply().Rows([("", new TdsType("int"))], [[1]]),
            FoundTable.FindIndexes => new TdsReply().Rows([("name", new TdsType("nvarchar(128)"))], [["other"], [BabelfishNames.OfIndex(index, "log")]]),
            LedgerTables.FindVersion => new TdsReply().Rows([("version", new TdsType("int"))], [[LedgerTables.Version]]),
            FoundTable.Find => new TdsReply().Rows([("object_id", new TdsType("int")), ("type", new TdsType("nvarchar(2)"))], [[7, "U"]]),
            FoundTable.FindColumns => CatalogColumns.Of(("line", "nvarchar", 20, null, false), ("LOADED_BY", "nvarchar", 400, "latin1_general_bin2", false)),
            _ => null,
        };
        using var server = new ScriptedServer(new LoadScript(table) { Instead = There, IsBabelfish = true }.Answer);
        await new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance).PrepareAsync([table], _ => "p", CancellationToken.None);
        server.Statements.ShouldNotContain(statement => statement.StartsWith("create", StringComparison.Ordinal));
    }

    /// <summary>With a wait of 0 it answers -999 for a lock that is held, which is the number for a mistake in the call.</summary>
    [Fact]
    public void S35_no_lock_is_asked_for_without_a_wait_and_every_name_holds_the_database()
    {
        foreach (string sql in new[] { AppLock.TakeForSession, AppLock.TakeForTransaction, AppLock.ShareForTransaction, TableLocks.Share, TableLocks.Take, AppLock.Release })
        {
            sql.ShouldContain("db_name()");
            sql.ShouldContain("@Resource = @resource");
        }

        AppLock.Milliseconds(TimeSpan.Zero).ShouldBe(1);
        AppLock.Milliseconds(TimeSpan.FromSeconds(2)).ShouldBe(2_000);
        AppLock.Milliseconds(TimeSpan.MaxValue).ShouldBe(int.MaxValue);
    }

    /// <summary>Its table hints are not heeded, so that two runs may note one logic at the same moment.</summary>
    [Fact]
    public async Task S38_a_run_whose_logic_another_has_just_noted_publishes_again()
    {
        int failures = 1;
        TdsReply? Noted(string statement) => statement == LedgerEntries.NoteLogic && failures-- > 0
            ? new TdsReply().Error(2627, "duplicate key value violates unique constraint \"logic_pkey\"")
            : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Noted, IsBabelfish = true }.Answer);
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await SqlServerTestDatabase.StageAsync(session, Table, null, [1L, .. Enumerable.Repeat<object?>(null, 18)]);
        var logic = new PipelineLogic { Fingerprint = new string('f', 64), Parts = [] };

        await session.PublishAsync(SqlServerTestDatabase.Succeeded(1) with { Logic = logic }, CancellationToken.None);

        server.Statements.Count(statement => statement == LedgerEntries.NoteLogic).ShouldBe(2);
        server.Statements.Count(statement => statement == Table.PlanFor<SqlServerLoadPlan>().Publish[0].Sql).ShouldBe(2);
        server.Copied.Length.ShouldBe(1);
    }

    /// <summary>It refuses <c>alter column</c> with a collation or a null-ness, whatever they are.</summary>
    [Fact]
    public void S42_of_a_column_only_the_type_changes_where_that_is_all_that_differs()
    {
        var table = new TestContract(
            "t", LoadStrategy.ReplaceTable, [Shapes.Text("id", 20, key: true), Col.Value("size", ColumnType.Int64), Col.Value("gone", ColumnType.Int64)]);
        var found = new FoundTable(
            1,
            "U",
            [
                new TableColumn("id", "nvarchar(10)", "Latin1_General_100_BIN2", false, false, false),
                new TableColumn("size", "int", null, true, false, false),
                new TableColumn("gone", "int", null, false, false, false),
            ],
            Babelfish);
        SqlServerLoadPlan plan = table.PlanFor<SqlServerLoadPlan>();
        Reshaping.Of(table, plan, found).Select(step => step.Sql).ShouldBe(
        [
            "alter table [t] alter column [id] nvarchar(20)",
            "alter table [t] alter column [size] bigint",
            "alter table [t] alter column [gone] bigint null", // Refused there, by name.
        ]);
        Reshaping.Of(table, plan, found with { Traits = Babelfish with { IsBabelfish = false } })[1].Sql.ShouldBe("alter table [t] alter column [size] bigint null");
    }

    [Theory]
    [InlineData(2627, "duplicate key value violates unique constraint \"t_pkey\"", "the unique index t_pkey")]
    [InlineData(2601, "duplicate key value violates unique constraint \"ux_tt123\"", "the unique index ux_tt123")]
    [InlineData(547, "insert or update on table \"child\" violates foreign key constraint \"fk_child\"", "the constraint fk_child")]
    [InlineData(547, "new row for relation \"t\" violates check constraint \"ck_size\"", "the constraint ck_size")]
    [InlineData(515, "null value in column \"size\" of relation \"t\" violates not-null constraint", "the column size")]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK_t'. Cannot insert duplicate key in object 'dbo.t'.", "the unique index PK_t (the primary key)")]
    public void S30_the_rule_that_refused_a_row_is_named_from_PostgreSQLs_message(int number, string message, string rule) =>
        ConstraintFailure.Rule(number, message).ShouldBe(rule);
}
