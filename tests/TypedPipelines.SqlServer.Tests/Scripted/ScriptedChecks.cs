using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Checks of staged rows through the real client, where a script answers in the server's place.</summary>
public sealed class ScriptedChecks
{
    private static readonly object?[] Row = ["a", null, "one", null, null];

    private static string Unique => Shapes.Checked.PlanFor<SqlServerLoadPlan>().Checks[0].Sql;

    private static string Boss => Shapes.Checked.PlanFor<SqlServerLoadPlan>().Checks[1] is var check ? $"{check.Sql}\n{check.NorStaged}" : "";

    [Fact]
    public async Task Checks_are_made_before_the_publish_in_transactions_that_are_taken_back_and_their_results_are_committed_with_the_rows()
    {
        using var server = new ScriptedServer(new LoadScript(Shapes.Checked) { Instead = statement => statement == Unique || statement == Boss ? Found() : null }.Answer);
        CheckRun judge = Judge();
        await LoadAsync(server, judge);
        judge.Results.Select(result => (result.Check, result.Outcome)).ShouldBe([("Unique(name,badge)", CheckOutcome.Passed), ("References(boss)", CheckOutcome.Passed)]);
        string[] heard = server.Statements;
        int[] checks = [Array.IndexOf(heard, Unique), Array.IndexOf(heard, Boss)];
        checks.ShouldAllBe(at => at > 0 && heard[at - 1] == "begin transaction" && heard[at + 1] == "if @@trancount > 0 rollback transaction");
        Array.IndexOf(heard, PartitionLock.Hold).ShouldBeGreaterThan(checks[1]);
        heard[(Array.IndexOf(heard, LedgerEntries.NoteEnd) + 1)..][..2].ShouldBe([CheckEntries.Insert(2), "commit transaction"]);
    }

    [Fact]
    public async Task A_check_that_finds_rows_publishes_nothing_and_shows_them()
    {
        using var server = new ScriptedServer(new LoadScript(Shapes.Checked) { Instead = statement => statement == Unique ? Found("one", null) : statement == Boss ? Found() : null }.Answer);
        CheckRun judge = Judge();
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, judge));
        e.Kind.ShouldBe(FailureKind.Check);
        e.What.ShouldContain("the check Unique(name,badge) of staff]s failed: 2 values break it (expected no two rows), such as na]me='one'");
        judge.Results.Select(result => (result.Outcome, result.Observed)).ShouldBe([(CheckOutcome.Failed, 2), (CheckOutcome.Passed, 0)]);
        server.Statements.ShouldNotContain(PartitionLock.Hold);
        server.Statements.ShouldNotContain(LedgerEntries.NoteLoaded);
    }

    [Fact]
    public async Task A_statement_that_the_server_refuses_names_the_check()
    {
        using var server = new ScriptedServer(new LoadScript(Shapes.Checked) { Instead = statement => statement == Unique ? new TdsReply().Error(208, "Invalid object name 'x'.", 16) : null }.Answer);
        PipelineException e = await Should.ThrowAsync<PipelineException>(LoadAsync(server, Judge()));
        e.What.ShouldStartWith("the check Unique(name,badge) of staff]s: ");
        e.What.ShouldContain("Invalid object name 'x'");
    }

    private static TdsReply Found(params string?[] names) => new TdsReply().Rows([("na]me", new TdsType("nvarchar(40)"))], names.Select(name => new object?[] { name }));

    private static CheckRun Judge()
    {
        RunIdentity run = SqlServerTestDatabase.NewRun();
        var pipeline = new PipelineDescriptor { Name = run.Pipeline, Partitions = PartitionScheme.None, Nodes = [], Loads = [new LoadDescriptor(Shapes.Checked, "Rows")] };
        return new CheckRun(pipeline, new RunContext(run.RunId, run.Pipeline, run.Partition, run.StartedAt, NullLogger.Instance), [new Load()], null!);
    }

    private static async Task LoadAsync(ScriptedServer server, CheckRun judge)
    {
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await SqlServerTestDatabase.StageAsync(session, Shapes.Checked, null, [Row]);
        await session.PublishAsync(SqlServerTestDatabase.Succeeded(1) with { Judge = judge }, CancellationToken.None);
    }

    private sealed class Load : ILoadInput
    {
        public TableContract Contract => Shapes.Checked;

        public long Received => 1;

        public long Dropped => 0;

        public long Rejected => 0;

        public long LeftOut => 0;

        public long Staged => 1;

        public long Checked => 1;

        public RowTally TallyOf(int check) => throw new NotSupportedException();

        public CheckMeasure MeasureOf(int check) => throw new NotSupportedException();
    }
}
