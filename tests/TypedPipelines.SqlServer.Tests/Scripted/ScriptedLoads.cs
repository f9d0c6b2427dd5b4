using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>A whole load through the real client, where a script answers in the server's place: in every build, without a server.</summary>
public sealed class ScriptedLoads
{
    private static readonly TestContract Table = Shapes.All["every type"];

    private static readonly object?[] Row =
    [
        1L, true, (short)2, 3, 4L, 5f, 6d, 7.5m, new DateOnly(2024, 2, 29), new TimeOnly(1, 2, 3), new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), Guid.Empty,
        "short", new string('x', 4000), new string('y', 4001), "the text", new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 },
    ];

    [Fact]
    public async Task A_load_stages_by_bulk_copy_and_publishes_in_one_transaction()
    {
        using var server = new ScriptedServer(new LoadScript(Table).Answer);
        LoadedTable loaded = await LoadAsync(server, Row, [2L, .. Enumerable.Repeat<object?>(null, 18)]);
        (loaded.Staged, loaded.Inserted, loaded.Updated).ShouldBe((2, 1, 1));
        string[] heard = server.Statements;
        int begin = Array.LastIndexOf(heard, "begin transaction");
        int commit = Array.LastIndexOf(heard, "commit transaction");
        SqlServerLoadPlan plan = Table.PlanFor<SqlServerLoadPlan>();
        heard[(begin + 1)..commit].ShouldBe([PartitionLock.Hold, FoundTable.FindName, TableLocks.Take, Publication.FindInsertListener, plan.Publish[0].Sql, plan.Publish[1].Sql, LedgerEntries.NoteLoaded, LedgerEntries.NoteEnd]);
        heard[(commit + 1)..].ShouldBe([PartitionLock.GiveFree, AppLock.Release, plan.DropStaging]);
        heard.Single(statement => statement.StartsWith("insert bulk", StringComparison.Ordinal)).ShouldContain("[at] DateTimeOffset(7)", Case.Insensitive);
        server.Copied.Single().AsSpan().IndexOf(Encoding.Unicode.GetBytes("the text")).ShouldBePositive();
    }

    /// <summary>A trigger without <c>set nocount on</c> reports its own rows, too, before the statement that fired it.</summary>
    [Fact]
    public async Task S23_rows_that_a_trigger_writes_are_not_counted_as_the_load_s()
    {
        TdsReply? Audited(string statement) => Table.PlanFor<SqlServerLoadPlan>().Publish.Any(publish => publish.Sql == statement)
            ? new TdsReply().Done(7, more: true).Done(5, more: true).Done(1)
            : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Audited }.Answer);
        LoadedTable loaded = await LoadAsync(server, Row, [2L, .. Enumerable.Repeat<object?>(null, 18)]);
        (loaded.Staged, loaded.Inserted, loaded.Updated).ShouldBe((2, 1, 1));
    }

    [Theory]
    [InlineData(2, 0, null)]
    [InlineData(3, 1, "2 rows that this load has inserted into the table types are not found there by their key: a trigger")]
    public async Task S28_rows_that_a_trigger_of_the_table_has_inserted_in_its_own_way_are_looked_for_by_their_key(int before, int after, string? refusal)
    {
        LoadStatement insert = Table.PlanFor<SqlServerLoadPlan>().Publish[1];
        var counts = new Queue<int>([before, after]);
        TdsReply? Count(string statement) =>
            statement == insert.CountAbsent ? new TdsReply().Rows([("", new TdsType("bigint"))], [[(long)counts.Dequeue()]])
            : statement == insert.Sql ? new TdsReply().Done(refusal is null ? 2 : 4)
            : null;
        using var server = new ScriptedServer(new LoadScript(Table) { HasInsertTrigger = true, Instead = Count }.Answer);
        if (refusal is null)
        {
            (await LoadAsync(server, Row)).LeftOut.ShouldBe(0);
            return;
        }

        (await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row))).What.ShouldStartWith(refusal);
        server.Statements.ShouldNotContain(LedgerEntries.NoteEnd);
    }

    /// <summary>Babelfish has no security policies of T-SQL, nor the views of them.</summary>
    [Theory]
    [InlineData(false, Publication.FindInsertListener)]
    [InlineData(true, Publication.FindInsertTrigger)]
    public async Task S28_a_filter_predicate_is_asked_for_where_there_can_be_one(bool isBabelfish, string asked)
    {
        using var server = new ScriptedServer(new LoadScript(Table) { IsBabelfish = isBabelfish }.Answer);
        await LoadAsync(server, Row);
        server.Statements.ShouldContain(asked);
        server.Statements.Count(static statement => statement.Contains("sys.triggers", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_told_from_a_server_that_cannot_be_reached()
    {
        using var server = new ScriptedServer(new LoadScript(Table).Answer);
        await using var destination = new SqlServerDestination(
            server.ConnectionString.Replace("Pooling=False;Connect Timeout=30", "Max Pool Size=1;Connect Timeout=1", StringComparison.Ordinal), TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        PipelineException empty = await Should.ThrowAsync<PipelineException>(destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None));
        empty.What.ShouldContain(" could be taken from the pool: ");
        empty.Next.ShouldContain("Max Pool Size");
    }

    [Fact]
    public async Task S32_without_row_versions_a_publish_has_the_table_for_itself()
    {
        using var server = new ScriptedServer(new LoadScript(Table) { ReadersSeeVersions = false }.Answer);
        await LoadAsync(server, Row);
        server.Statements.ShouldContain(TableLocks.Exclude("[types]"));
    }

    [Theory]
    [InlineData(1205)]
    [InlineData(3960)]
    [InlineData(40501)]
    public async Task S38_a_publish_that_gave_way_starts_again_and_stages_nothing_twice(int number)
    {
        int failures = 2;
        TdsReply? Fail(string statement) =>
            statement == Table.PlanFor<SqlServerLoadPlan>().Publish[1].Sql && failures-- > 0 ? new TdsReply().Error(number, "chosen as the victim") : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Fail }.Answer);
        (await LoadAsync(server, Row)).Inserted.ShouldBe(1);
        server.Statements.Count(statement => statement == PartitionLock.Hold).ShouldBe(3);
        server.Copied.Length.ShouldBe(1);
    }

    [Fact]
    public async Task S38_a_publish_is_tried_six_times_and_no_more()
    {
        static TdsReply? Fail(string statement) => statement == LedgerEntries.NoteLoaded ? new TdsReply().Error(1205, "Deadlock.") : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Fail }.Answer);
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row));
        e.What.ShouldContain("reports: Deadlock (error 1205)");
        server.Statements.Count(statement => statement == PartitionLock.Hold).ShouldBe(6);
    }

    [Fact]
    public async Task S30_a_conflict_with_a_unique_index_names_it()
    {
        static TdsReply? Fail(string statement) => statement.StartsWith("insert into [types]", StringComparison.Ordinal)
            ? new TdsReply().Error(2601, "Cannot insert duplicate key row in object 'dbo.types' with unique index 'ux_other'. The duplicate key value is (7).", 14)
            : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Fail }.Answer);
        (await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row))).What.ShouldStartWith("the unique index ux_other of table types refused a row of this batch");
        server.Statements.ShouldNotContain(LedgerEntries.NoteEnd);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S34_a_commit_whose_answer_is_lost_is_told_by_the_ledger_or_said_to_be_in_doubt(bool serverStaysUp)
    {
        int commits = 0;
        bool down = false;
        bool Cut(string statement)
        {
            bool isPublish = statement == "commit transaction" && ++commits == 2;
            down |= isPublish && !serverStaysUp;
            return isPublish || down;
        }

        using var server = new ScriptedServer(new LoadScript(Table) { Cuts = Cut }.Answer);
        if (serverStaysUp)
        {
            (await LoadAsync(server, Row)).Inserted.ShouldBe(1);
            server.Statements.ShouldContain(Publication.FindPublished);
        }
        else
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row));
            e.Message.ShouldContain("Whether it was published, the ledger knows");
            e.Message.ShouldNotContain("Nothing was changed");
        }
    }

    [Fact]
    public async Task S36_a_connection_that_is_lost_while_rows_are_staged_is_a_lost_lock_and_no_reconnection()
    {
        using var server = new ScriptedServer(new LoadScript(Table) { Cuts = static statement => statement.StartsWith("insert bulk", StringComparison.Ordinal) }.Answer);
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row));
        e.Kind.ShouldBe(FailureKind.LockLost);
        e.ToString().ShouldNotContain("s3cret");
        server.Statements.Count(statement => statement == SqlServerServer.Settings).ShouldBe(1);
    }

    [Fact]
    public async Task S36_a_run_whose_token_is_not_the_partitions_any_more_cannot_publish()
    {
        static TdsReply? Stolen(string statement) => statement == PartitionLock.Hold ? new TdsReply().Done(0) : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Stolen }.Answer);
        (await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row))).Kind.ShouldBe(FailureKind.LockLost);
        server.Statements.ShouldNotContain(Table.PlanFor<SqlServerLoadPlan>().Publish[0].Sql);
        server.Statements.ShouldContain("if @@trancount > 0 rollback transaction");
    }

    [Fact]
    public async Task S35_a_partition_that_is_not_granted_in_time_is_locked_and_the_run_has_begun_nothing()
    {
        static TdsReply? Held(string statement) => statement == AppLock.TakeForSession ? new TdsReply().Rows([("", new TdsType("int"))], [[-1]]) : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Held }.Answer);
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row));
        e.Kind.ShouldBe(FailureKind.Locked);
        e.What.ShouldBe("flights all is being run by another run, which has just begun");
        server.Statements.ShouldNotContain("begin transaction");
    }

    [Fact]
    public async Task S38_the_victim_of_a_deadlock_over_a_tables_lock_starts_again()
    {
        int failures = 1;
        TdsReply? Victim(string statement) =>
            statement == TableLocks.Take && failures-- > 0 ? new TdsReply().Rows([("", new TdsType("int")), ("", new TdsType("nvarchar(400)"))], [[-3, null]]) : null;
        using var server = new ScriptedServer(new LoadScript(Table) { Instead = Victim }.Answer);
        (await LoadAsync(server, Row)).Inserted.ShouldBe(1);
        server.Statements.Count(statement => statement == PartitionLock.Hold).ShouldBe(2);
    }

    [Fact]
    public async Task Many_rows_go_out_in_bulk_copies_of_many()
    {
        using var server = new ScriptedServer(new LoadScript(Table).Answer);
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        IStaging<object?[]> staging = await session.StageAsync(Table, CancellationToken.None);
        object?[][] batch = [.. Enumerable.Range(0, 4096).Select(n => (object?[])[(long)n, .. Enumerable.Repeat<object?>(null, 18)])];
        for (int i = 0; i < 10; i++)
        {
            await staging.AddAsync(batch, CancellationToken.None);
        }

        (await session.PublishAsync(SqlServerTestDatabase.Succeeded(40_960), CancellationToken.None))[0].Staged.ShouldBe(40_960);
        server.Copied.Length.ShouldBe(3);
    }

    [Fact]
    public async Task An_old_server_is_refused()
    {
        using var server = new ScriptedServer(static _ => new TdsReply().Rows([.. Enumerable.Repeat(("", new TdsType("int")), 5)], [[3, 14, null, 1, 1]]));
        (await Should.ThrowAsync<PipelineException>(LoadAsync(server, Row))).What.ShouldContain("is of version 14, and TypedPipelines needs 15 (SQL Server 2019) or later");
    }

    [Fact]
    public async Task Azure_SQL_and_Babelfish_are_not_taken_for_old()
    {
        foreach (object?[] traits in (object?[][])[[5, 12, null, 1, 1], [8, 12, null, 1, 0], [3, null, 1, null, 1]])
        {
            TdsReply? Traits(string statement) => statement == SqlServerServer.Settings ? new TdsReply().Rows([.. Enumerable.Repeat(("", new TdsType("int")), 5)], [traits]) : null;
            using var server = new ScriptedServer(new LoadScript(Table) { Instead = Traits }.Answer);
            (await LoadAsync(server, Row)).Inserted.ShouldBe(1);
        }
    }

    private static async Task<LoadedTable> LoadAsync(ScriptedServer server, params object?[][] rows)
    {
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await SqlServerTestDatabase.StageAsync(session, Table, null, rows);
        return (await session.PublishAsync(SqlServerTestDatabase.Succeeded(rows.Length), CancellationToken.None))[0];
    }
}
