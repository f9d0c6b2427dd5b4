using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql;

/// <summary>The publish of a session's staged tables at PostgreSQL.</summary>
internal sealed class Publication(
    PostgreSqlServer server,
    PostgreSqlDatabase database,
    RunIdentity run,
    PartitionLock partitionLock,
    StagingArea area,
    TimeProvider time,
    ILogger logger)
    : Publication<PostgreSqlDatabase, PostgreSqlLoadPlan>(database, run, partitionLock, new LedgerEntries(database, run), area.Tables, logger)
{
    /// <summary>From so many rows on the planner must know what is in a staging table; nothing analyzes temporary tables by itself.</summary>
    private const int WorthAnalyzing = 1000;

    private readonly Dictionary<IStagedTable<PostgreSqlLoadPlan>, MergeWay> _ways = [];
    private readonly Dictionary<IStagedTable<PostgreSqlLoadPlan>, string> _names = [];
    private IStagedTable<PostgreSqlLoadPlan>? _shared;
    private IBufferedTable? _toStage;

    internal override async Task<IReadOnlyList<LoadedTable>> RunAsync(RunEnd end, CancellationToken cancellationToken)
    {
        BlockedNotice notice = BlockedNotice.Watch(server, Database.Process, Run, time, Logger);
        await using (notice.ConfigureAwait(false))
        {
            return await base.RunAsync(end, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken) =>
        CheckStatement.FindAsync(Database, query, cancellationToken);

    protected override Task<long> RunAsync(string sql, CancellationToken cancellationToken) => Database.RunAsync(sql, cancellationToken);

    protected override async Task<long> RunAsync(IStagedTable<PostgreSqlLoadPlan> table, LoadStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            if (statement.Effect == LoadEffect.Insert && table is IBufferedTable buffered && area.Holds(buffered))
            {
                await area.CopyAsync(buffered, cancellationToken).ConfigureAwait(false);
                return table.Staged;
            }

            return await Database.RunAsync(statement.Sql, cancellationToken, ValuesOf(table.Contract, statement)).ConfigureAwait(false);
        }
        catch (PipelineException e) when (ConstraintFailure.Is(e))
        {
            throw RefusedDeletion.Is(table.Contract, statement)
                ? RefusedDeletion.Of(table.Contract, ConstraintFailure.Reason(e), e.InnerException)
                : await RefusalAsync(table, e, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task<bool> FindsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        Database.FindsAsync(statement.Sql, cancellationToken, ValuesOf(contract, statement));

    protected override async Task<long> CountRowsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        (await Database.QueryAsync(statement.Sql, static row => row.GetInt64(0), cancellationToken, ValuesOf(contract, statement)).ConfigureAwait(false))[0];

    protected override async Task<(long InScope, long Missing)> CountAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken) =>
        (await Database.QueryAsync(statement.Sql, static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, ValuesOf(contract, statement)).ConfigureAwait(false))[0];

    protected override async Task<TableListeners> FindListenersAsync(IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken) =>
        server.Shapes.ListenersOf(table.Contract) ?? await ListenersOfTable.FindAsync(Database, table.Plan.Table, cancellationToken).ConfigureAwait(false);

    protected override async Task<(long Inserted, long Updated)?> TryUpsertAsync(IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken)
    {
        if (_ways[table] != MergeWay.Upsert)
        {
            return null;
        }

        try
        {
            long before = await MergeWays.CountInsertedAsync(Database, table.Plan, cancellationToken).ConfigureAwait(false);
            long touched = await Database.RunAsync(table.Plan.Upsert!, cancellationToken).ConfigureAwait(false);
            long inserted = await MergeWays.CountInsertedAsync(Database, table.Plan, cancellationToken).ConfigureAwait(false) - before;
            return (inserted, touched - inserted);
        }
        catch (PipelineException e) when (ConstraintFailure.Is(e))
        {
            throw await RefusalAsync(table, e, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task PrepareAsync(IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken)
    {
        if (table is IBufferedTable buffered && area.Holds(buffered))
        {
            if (StagesAll || (server.Shapes.RefusesCopy(table.Contract) ?? await StraightCopy.IsRefusedAsync(Database, table.Plan, cancellationToken).ConfigureAwait(false)))
            {
                await area.StageAsync(buffered, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        await base.PrepareAsync(table, cancellationToken).ConfigureAwait(false);
        _ways[table] = await MergeWays.FindAsync(Database, table, cancellationToken).ConfigureAwait(false);
        if (_ways[table] == MergeWay.Join && table.Staged >= WorthAnalyzing && table.Contract.Strategy is LoadStrategy.Merge or LoadStrategy.History)
        {
            await Database.RunAsync($"analyze {table.Plan.Staging} ({MergeWays.Columns(table.Contract)})", cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task<bool> BeginHeldAsync(CancellationToken cancellationToken)
    {
        if (_toStage is { } refused)
        {
            _toStage = null;
            await area.StageAsync(refused, cancellationToken).ConfigureAwait(false);
        }

        foreach (IStagedTable<PostgreSqlLoadPlan> table in Tables)
        {
            _names[table] = await server.NameOfAsync(Database, table.Plan.Table, cancellationToken).ConfigureAwait(false) ?? table.Plan.Table;
        }

        _shared = null;
        if (TablesToLock().FirstOrDefault() is not { } first || !TableLoader.KeepsRunsApart(first.Contract))
        {
            return await base.BeginHeldAsync(cancellationToken).ConfigureAwait(false);
        }

        (bool held, bool isShared) = await TableLock.BeginSharedAsync(Database, partitionLock, first, _names[first], Run, cancellationToken).ConfigureAwait(false);
        _shared = isShared ? first : null;
        return held;
    }

    protected override async Task LockTablesAsync(CancellationToken cancellationToken)
    {
        foreach (IStagedTable<PostgreSqlLoadPlan> table in TablesToLock())
        {
            NoteLoader(
                table.Contract,
                table == _shared ? TableLoader.Of(Run) : await TableLock.TakeAsync(Database, table, _names[table], Run, cancellationToken).ConfigureAwait(false));
        }

        foreach (IStagedTable<PostgreSqlLoadPlan> table in Tables.OrderBy(table => _names[table], StringComparer.Ordinal))
        {
            bool mayHaveChanged = await server.Shapes.HoldAsync(Database, table.Contract, table.Plan, Run.Pipeline, cancellationToken).ConfigureAwait(false);
            if (mayHaveChanged && _ways.ContainsKey(table))
            {
                // Chosen before the table was locked: a trigger, or a table that inherits from it, may have come since.
                _ways[table] = await MergeWays.FindAsync(Database, table, cancellationToken).ConfigureAwait(false);
            }

            if (table is IBufferedTable buffered && area.Holds(buffered) && server.Shapes.RefusesCopy(table.Contract) == true)
            {
                // Since it was last looked at: the rows are staged, and the publish is tried again.
                _toStage = buffered;
                throw new PipelineException(
                    FailureKind.Destination, $"{_names[table]} has been given a trigger, a rule or a policy since the run began", "Nothing was changed. Run the partition again.");
            }
        }

        if (_ways.Values.All(way => way != MergeWay.Join) && _ways.ContainsValue(MergeWay.LookUp))
        {
            await MergeWays.PreferLookUpAsync(Database, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override string NameOf(IStagedTable<PostgreSqlLoadPlan> table) => _names[table];

    protected override Task ReadTimesAsync(LoadStatement statement, ChangedTimes times, CancellationToken cancellationToken) =>
        Database.ForEachAsync(statement.Sql, row => times.Add(new PostgreSqlRowReader(row, times)), cancellationToken, ValuesOf(times.Contract, statement));

    protected override Task ReshapeAsync(IStagedTable<PostgreSqlLoadPlan> table, CancellationToken cancellationToken) =>
        Reshaping.ApplyAsync(Database, table.Contract, table.Plan, cancellationToken);

    /// <summary>Some rules are asked only now.</summary>
    protected override async Task CommitAsync()
    {
        try
        {
            await base.CommitAsync().ConfigureAwait(false);
        }
        catch (PipelineException e) when (ConstraintFailure.Is(e))
        {
            throw ConstraintFailure.AtCommit(e);
        }
    }

    protected override bool IsPassing(PipelineException failure) => _toStage is not null || PostgreSqlFailure.IsPassing(failure);

    protected override void NoteRetry(int attempt, string reason) => Logger.Retrying(Run.Pipeline, Run.Partition.Key, attempt, reason);

    /// <summary>Waits for the transaction in doubt, which has touched the row.</summary>
    protected override async Task<bool> FindPublishedAsync()
    {
        PostgreSqlDatabase other = await server.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            return await other.FindsAsync(
                "select 1 from typed_pipelines.run where run_id = $1 and outcome = 'succeeded' for update", CancellationToken.None, Run.RunId).ConfigureAwait(false);
        }
    }

    /// <summary>Which rule of the table refused a row; and where it is the length of a key, which row, for then the server does not say.</summary>
    private async Task<PipelineException> RefusalAsync(IStagedTable<PostgreSqlLoadPlan> table, PipelineException failure, CancellationToken cancellationToken)
    {
        if (!ConstraintFailure.IsOfLength(failure))
        {
            return ConstraintFailure.Of(table.Contract, failure);
        }

        var buffered = (IBufferedTable)table;
        string? longest = null;
        if (table.Plan.FindLongest is { } findLongest)
        {
            await Database.RollBackAsync().ConfigureAwait(false);
            if (area.Holds(buffered))
            {
                await area.StageAsync(buffered, cancellationToken).ConfigureAwait(false);
            }

            longest = await table.ShowAsync(findLongest, cancellationToken).ConfigureAwait(false);
        }

        return ConstraintFailure.OfLength(table.Contract, failure, longest);
    }

    /// <summary>In one order for all.</summary>
    private IEnumerable<IStagedTable<PostgreSqlLoadPlan>> TablesToLock() =>
        Tables.Where(table => TableLoader.MattersTo(table.Contract)).OrderBy(table => _names[table], StringComparer.Ordinal);

    private object?[] ValuesOf(TableContract contract, LoadStatement statement) =>
        statement.Parameters == 0 ? [] : SliceValues.Of(contract, Run.Slice)[..statement.Parameters];
}
