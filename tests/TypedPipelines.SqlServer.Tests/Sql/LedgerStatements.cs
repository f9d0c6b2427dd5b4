using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>The statements of the ledger, the locks and the catalog, over the tables that the ledger creates.</summary>
public sealed class LedgerStatements
{
    private const string Run = "@run uniqueidentifier, @pipeline nvarchar(4000), @partition nvarchar(4000)";
    private const string Observed = Run + ", @table nvarchar(4000), @check nvarchar(4000), @most int";
    private const string Span = "@pipeline nvarchar(4000), @first nvarchar(4000), @last nvarchar(4000)";
    private const string Alert = "@pipeline nvarchar(4000), @partition nvarchar(4000), @reason nvarchar(4000), @state nvarchar(4000), @at datetimeoffset(7)";
    private const string Counts = "@read bigint, @loaded bigint, @dropped bigint, @rejected bigint";

    public static TheoryData<string, string> Statements => new()
    {
        { LedgerTables.FindVersion, "" },
        { LedgerTables.AddVersion, "@version int" },
        { LedgerTables.SetVersion, "@version int" },
        { LateColumns.DeleteTable, "@table nvarchar(4000)" },
        { LateColumns.DeleteColumn, "@table nvarchar(4000), @column nvarchar(4000)" },
        { LateColumns.Insert, "@table nvarchar(4000), @column nvarchar(4000), @added_at datetimeoffset(7)" },
        { LedgerRows.OnePartition, Run },
        { LedgerEntries.AbandonDeadRuns, Run + ", @now datetimeoffset(7)" },
        { LedgerEntries.NoteStart, Run + ", @started datetimeoffset(7), @worker nvarchar(4000)" },
        { LedgerEntries.NoteEnd, $"{Run}, {Counts}, @outcome nvarchar(4000), @finished datetimeoffset(7), @kind nvarchar(4000), @error nvarchar(max)" },
        { LedgerEntries.NoteLoaded, $"{Run}, {Counts}, @state nvarchar(4000), @finished datetimeoffset(7), @content nvarchar(4000), @fingerprint nvarchar(4000), @cut nvarchar(200), @tables nvarchar(max)" },
        { LedgerEntries.NoteLogic, "@fingerprint nvarchar(4000), @parts nvarchar(max)" },
        { LedgerEntries.Hold, Span }, { LedgerEntries.HoldByWriting, Span }, { LedgerEntries.FindLoadedOfSpan, Span },
        { LedgerEntries.FindLoaded, "@pipeline nvarchar(4000)" },
        { StaleEntries.Update(2), $"{Stale(0)}, {Stale(1)}" },
        { ColumnAdditions.MakeStale, Run + ", @reason nvarchar(max)" },
        { LedgerEntries.NoteFailed, Run + ", @finished datetimeoffset(7), @error nvarchar(max)" },
        { RejectEntries.Insert(2), $"{Run}, @first bigint, {Reject(0)}, {Reject(1)}" },
        { CheckEntries.Insert(2), $"{Run}, @first bigint, @complete int, {Result(0)}, {Result(1)}" },
        { CheckEntries.Latest, Run + ", @passed int, @most int" },
        { CheckEntries.Observed(ObservationKind.EarlierWindows), Observed },
        { CheckEntries.Observed(ObservationKind.OtherPartitions), Observed },
        { CheckEntries.Observed(ObservationKind.EarlierRuns), Observed },
        { SqlServerLedger.PartitionsOfOne, Run },
        { SentAlerts.Exists, "" },
        { SentAlerts.Select, "@pipeline nvarchar(4000)" },
        { SentAlerts.Change, Alert },
        { SentAlerts.Insert, Alert },
        { SentAlerts.Delete, Alert },
        { SqlServerLedger.Logic, "@fingerprint nvarchar(4000)" },
        { SqlServerLedger.Runs, Run + ", @most int" },
        { SqlServerLedger.RunsOfOne, Run + ", @most int" },
        { RejectEntries.Resolve, Run },
        { SqlServerLedger.RejectCounts, Run },
        { SqlServerLedger.Rejects, Run + ", @most int" },
        { LockHolder.Find, Run },
        { LockTaking.WriteHolder, Run + ", @worker nvarchar(4000), @now datetimeoffset(7)" },
        { PartitionLock.Hold, Run + ", @token bigint" },
        { PartitionLock.GiveFree, Run + ", @token bigint" },
        { TableLocks.Share, "@tables nvarchar(4000), @called nvarchar(300), @table nvarchar(300), @loader nvarchar(400)" },
        { TableLocks.Take, "@tables nvarchar(4000), @called nvarchar(300), @table nvarchar(300), @loader nvarchar(400)" },
        { Publication.FindPublished, Run },
        { TablePreparation.ForgetPartitions, Run + ", @table nvarchar(300)" },
    };

    public static TheoryData<string> OfTheServer =>
    [
        AppLock.TakeForSession, AppLock.TakeForTransaction, AppLock.ShareForTransaction, AppLock.Release, SqlServerServer.Settings, Publication.FindInsertTrigger, Publication.FindInsertListener,
        FoundTable.Exists, FoundTable.SchemaExists, FoundTable.Find, FoundTable.FindColumns, FoundTable.FindIndexes, FoundTable.FindName, KeyCheck.Find, KeyCheck.FindPassing,
        RejectEntries.Insert(100), StaleEntries.Update(200), LedgerTables.CreateSchema, "begin transaction", "commit transaction", "if @@trancount > 0 rollback transaction",
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_fits_the_ledger(string sql, string parameters)
    {
        Dialect.Errors(sql).ShouldBeEmpty();

        // Of the server's own procedures the model knows nothing.
        Dialect.Validate([LedgerTables.CreateSchema, .. LedgerTables.Create, SentAlerts.Create, Dialect.Procedure("dbo.p", parameters, [sql])])
            .Where(message => !message.Contains("[sp_getapplock]", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OfTheServer))]
    public void A_statement_is_T_SQL(string sql) => Dialect.Errors(sql).ShouldBeEmpty();

    [Fact]
    public void What_brings_a_ledger_up_to_its_version_is_T_SQL() => LedgerTables.BeforeVersion2.SelectMany(Dialect.Errors).ShouldBeEmpty();

    [Fact]
    public void A_batch_of_rejects_stays_below_the_most_parameters_that_SQL_Server_takes() =>
        RejectEntries.Insert(100).Count(character => character == '@').ShouldBeLessThan(2100);

    [Fact]
    public void A_batch_of_check_results_does_so_too() => CheckEntries.Insert(100).Count(character => character == '@').ShouldBeLessThan(2100);

    [Fact]
    public void Every_script_of_the_documentation_is_T_SQL()
    {
        string[] blocks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sqlserver.md")).Split("```sql\n");
        blocks.Length.ShouldBeGreaterThan(4);
        blocks.Skip(1).SelectMany(block => Dialect.Errors(block[..block.IndexOf("```", StringComparison.Ordinal)])).ShouldBeEmpty();
    }

    [Fact]
    public void The_table_of_alerts_that_the_documentation_makes_is_the_one_that_they_are_noted_in()
    {
        string page = File.ReadAllText(Repository.Path("docs", "alerts.md")).ReplaceLineEndings("\n");
        string block = page[page.IndexOf("On SQL Server:", StringComparison.Ordinal)..].Split("```sql\n")[1].Split("```")[0];
        Dialect.Errors(block).ShouldBeEmpty();
        string[] statements = block.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        statements[0].ShouldBe(SentAlerts.Create.ReplaceLineEndings("\n"));
        Dialect.Validate([LedgerTables.CreateSchema, "create user loader without login", .. statements, Dialect.Procedure("dbo.p", Alert, [SentAlerts.Insert])]).ShouldBeEmpty();
    }

    [Fact]
    public void The_rights_of_a_loader_name_every_table_of_the_ledger_that_it_writes()
    {
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sqlserver.md"));
        foreach (string table in LedgerTables.Create.Where(statement => statement.StartsWith("create table", StringComparison.Ordinal)).Select(statement => statement.Split(' ', '(')[2]))
        {
            documentation.ShouldContain($"on {table} to loader");
        }
    }

    private static string Stale(int number) => $"@pipeline{number} nvarchar(200), @partition{number} nvarchar(200), @reason{number} nvarchar(max)";

    private static string Result(int number) =>
        $"@table{number} nvarchar(4000), @check{number} nvarchar(4000), @severity{number} nvarchar(4000), @outcome{number} nvarchar(4000), @expected{number} nvarchar(max), @observed{number} float, @finding{number} nvarchar(max), @sample{number} nvarchar(max), @duration{number} float";

    private static string Reject(int number) =>
        $"@source{number} nvarchar(max), @origin{number} nvarchar(max), @line{number} bigint, @column{number} nvarchar(max), @value{number} nvarchar(max), @raw{number} nvarchar(max), @reason{number} nvarchar(max)";
}
