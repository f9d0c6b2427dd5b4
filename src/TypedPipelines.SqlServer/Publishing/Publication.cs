using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.SqlServer;

/// <summary>The publish of a session's staged tables at SQL Server.</summary>
internal sealed class Publication(
    SqlServerServer server,
    SqlServerDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    IReadOnlyList<IBufferedTable> tables,
    ILogger logger)
    : Publication<SqlServerDatabase, SqlServerLoadPlan>(database, run, partitionLock, new LedgerEntries(database, run), tables, logger)
{
    /// <summary>Changes nothing. It waits for the transaction in doubt, which has touched the row, whatever the isolation.</summary>
    internal const string FindPublished = """
        update typed_pipelines.run
        set outcome = outcome
        where run_id = @run and outcome in (N'succeeded', N'restored')
        """;

    /// <summary>Of a table that it may load, everybody learns whether it has triggers; the triggers themselves a loader need not see.</summary>
    internal const string FindInsertTrigger = """
        select 1
        where coalesce(objectproperty(object_id(@table), N'TableHasInsertTrigger'), 1) = 1
        or exists (
            select 1
            from sys.triggers
            where parent_id = object_id(@table) and is_disabled = 0
        )
        """;

    /// <summary>What hides rows from whoever inserts them is known only to those who may see the policy.</summary>
    internal const string FindInsertListener = $"""
        {FindInsertTrigger}
        or exists (
            select 1
            from sys.security_predicates as p
            join sys.security_policies as s
            on s.object_id = p.object_id
            where p.target_object_id = object_id(@table) and p.predicate_type = 0 and s.is_enabled = 1
        )
        """;

    private readonly Dictionary<IStagedTable<SqlServerLoadPlan>, string> _names = [];

    protected override Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken) =>
        CheckStatement.FindAsync(Database, query, cancellationToken);

    protected override Task<long> RunAsync(string sql, CancellationToken cancellationToken) => Database.RunAsync(sql, cancellationToken);

    protected override async Task<long> RunAsync(IStagedTable<SqlServerLoadPlan> table, LoadStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            return await Database.RunAsync(statement.Sql, cancellationToken, SliceValues.Of(table.Contract, Run.Slice)).ConfigureAwait(false);
        }
        catch (PipelineException e) when (ConstraintFailure.Is(e))
        {
            throw RefusedDeletion.Is(table.Contract, statement)
                ? RefusedDeletion.Of(table.Contract, SqlServerFailure.Reported(e)!.Errors[0].Message, e.InnerException)
                : ConstraintFailure.Of(table.Contract, e);
        }
    }

    protected override Task<bool> FindsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        Database.FindsAsync(statement.Sql, cancellationToken, SliceValues.Of(contract, Run.Slice));

    protected override async Task<long> CountRowsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        (await Database.QueryAsync(statement.Sql, static row => row.GetInt64(0), cancellationToken, SliceValues.Of(contract, Run.Slice)).ConfigureAwait(false))[0];

    /// <summary>What is deleted is looked for always, which costs as little as to ask.</summary>
    protected override async Task<TableListeners> FindListenersAsync(IStagedTable<SqlServerLoadPlan> table, CancellationToken cancellationToken) => new(
        true,
        table.Plan.Publish.Any(statement => statement.CountFound is not null || statement.CountAbsent is not null)
            && await Database.FindsAsync(
                Database.Traits.IsBabelfish ? FindInsertTrigger : FindInsertListener, cancellationToken, ("@table", table.Plan.Table)).ConfigureAwait(false));

    protected override async Task<(long InScope, long Missing)> CountAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        (await Database.QueryAsync(statement.Sql, static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, SliceValues.Of(contract, Run.Slice)).ConfigureAwait(false))[0];

    /// <summary>
    /// In one order for all. Where readers see rows as they are, a table is theirs or the publish's besides: else a reader that has passed some
    /// rows before they change, and comes to others after the commit, would see a mix.
    /// </summary>
    protected override async Task LockTablesAsync(CancellationToken cancellationToken)
    {
        foreach (IStagedTable<SqlServerLoadPlan> table in Tables)
        {
            _names[table] = await server.NameOfAsync(Database, table.Plan.Table, cancellationToken).ConfigureAwait(false) ?? table.Plan.Table;
        }

        foreach (IStagedTable<SqlServerLoadPlan> table in Tables.OrderBy(table => _names[table], StringComparer.Ordinal))
        {
            if (TableLoader.MattersTo(table.Contract))
            {
                NoteLoader(table.Contract, await TableLocks.TakeAsync(Database, table, _names[table], Run, cancellationToken).ConfigureAwait(false));
            }

            if (!Database.Traits.ReadersSeeVersions)
            {
                await Database.FindsAsync(TableLocks.Exclude(table.Plan.Table), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override string NameOf(IStagedTable<SqlServerLoadPlan> table) => _names[table];

    protected override Task ReadTimesAsync(LoadStatement statement, ChangedTimes times, CancellationToken cancellationToken) =>
        Database.ForEachAsync(statement.Sql, row => times.Add(new SqlServerRowReader(row, times)), cancellationToken, SliceValues.Of(times.Contract, Run.Slice));

    protected override async Task<bool> IsReshapedAsync(IStagedTable<SqlServerLoadPlan> table, CancellationToken cancellationToken) =>
        (await Reshaping.FindAsync(Database, table.Contract, table.Plan, cancellationToken).ConfigureAwait(false)).Count > 0;

    protected override Task ReshapeAsync(IStagedTable<SqlServerLoadPlan> table, CancellationToken cancellationToken) =>
        Reshaping.ApplyAsync(Database, table.Contract, table.Plan, cancellationToken);

    protected override bool IsPassing(PipelineException failure) => SqlServerFailure.IsPassing(failure);

    protected override void NoteRetry(int attempt, string reason) => Logger.Retrying(Run.Pipeline, Run.Partition.Key, attempt, reason);

    protected override async Task<bool> FindPublishedAsync()
    {
        SqlServerDatabase other = await server.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            return await other.RunAsync(FindPublished, CancellationToken.None, ("@run", Run.RunId)).ConfigureAwait(false) > 0;
        }
    }
}
