using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Sqlite;

/// <summary>The publish of a session's staged tables into a SQLite file. Its transaction has the file's write lock: every other writer waits for it.</summary>
internal sealed class Publication(
    SqliteDatabase database, RunIdentity run, PartitionLock partitionLock, IReadOnlyList<IStagedTable<SqliteLoadPlan>> tables, ShapesAtPublish shapes, ILogger logger)
    : Publication<SqliteDatabase, SqliteLoadPlan>(database, run, partitionLock, new LedgerEntries(database, run), tables, logger)
{
    private StoppableStatements? _statements;

    internal override async Task<IReadOnlyList<LoadedTable>> RunAsync(RunEnd end, CancellationToken cancellationToken)
    {
        using (_statements = Database.StopAt(cancellationToken))
        {
            return await base.RunAsync(end, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task<FoundRows> FindAsync(SqlQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(CheckStatement.Find(Database, query, cancellationToken));

    protected override Task<long> RunAsync(string sql, CancellationToken cancellationToken) => Task.FromResult((long)Database.Run(sql));

    protected override Task<long> RunAsync(IStagedTable<SqliteLoadPlan> table, LoadStatement statement, CancellationToken cancellationToken) =>
        RefusedDeletion.Is(table.Contract, statement)
            ? Task.FromResult(Delete(table.Contract, statement))
            : RunAsync(table, () => (long)Database.Run(statement.Sql, SliceValues.Of(table.Contract, Run.Slice)), cancellationToken);

    /// <summary>The file's write lock is held. What is left is to note whose the tables are, and to look whether they still are what they were.</summary>
    protected override Task LockTablesAsync(CancellationToken cancellationToken)
    {
        string loader = TableLoader.Of(Run);
        foreach (TableContract contract in Tables.Select(table => table.Contract).Where(TableLoader.MattersTo))
        {
            string? before = Database.Find("select loaded_by from main.tp_loaded_table where table_name = @table", ("@table", contract.Table));
            NoteLoader(contract, before);
            if (before != loader)
            {
                Database.Run("insert or replace into main.tp_loaded_table (table_name, loaded_by) values (@table, @loader)", ("@table", contract.Table), ("@loader", loader));
            }
        }

        foreach (IStagedTable<SqliteLoadPlan> table in Tables)
        {
            shapes.Hold(Database, table.Contract, Run.Pipeline);
        }

        return Task.CompletedTask;
    }

    protected override string NameOf(IStagedTable<SqliteLoadPlan> table) => TablePreparation.NameOf(Database, table.Contract) ?? table.Contract.Table;

    protected override Task<TableListeners> FindListenersAsync(IStagedTable<SqliteLoadPlan> table, CancellationToken cancellationToken)
    {
        bool hasTriggers = Database.Find("select name from main.sqlite_master where type = 'trigger' and tbl_name = @table collate nocase limit 1", ("@table", table.Contract.Table)) is not null;
        return Task.FromResult(new TableListeners(hasTriggers, hasTriggers));
    }

    protected override async Task<(long Inserted, long Updated)?> TryUpsertAsync(IStagedTable<SqliteLoadPlan> table, CancellationToken cancellationToken) =>
        OneKey.IsOf(Database, table.Contract)
            ? await RunAsync(table, () => Database.RunUpsert(table.Plan.Upsert!), cancellationToken).ConfigureAwait(false)
            : null;

    private long Delete(TableContract contract, LoadStatement statement)
    {
        try
        {
            return Database.Run(statement.Sql, SliceValues.Of(contract, Run.Slice));
        }
        catch (PipelineException e) when (SqliteFailure.IsConstraint(e))
        {
            throw RefusedDeletion.Of(contract, e.InnerException!.Message, e.InnerException);
        }
    }

    private async Task<T> RunAsync<T>(IStagedTable<SqliteLoadPlan> table, Func<T> statement, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            return statement();
        }
        catch (PipelineException e) when (SqliteFailure.IsConstraint(e))
        {
            var refused = new RefusedRow(Database, table, () => statement(), e);
            string? row = await refused.FindAsync(Stopwatch.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            throw ConstraintFailure.Of(Database, table.Contract, e, row);
        }
    }

    protected override Task<bool> FindsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken)
    {
        using SqliteQuery kept = Database.Prepare(statement.Sql, SliceValues.Of(contract, Run.Slice));
        return Task.FromResult(kept.Step());
    }

    protected override Task<long> CountRowsAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken)
    {
        using SqliteQuery count = Database.Prepare(statement.Sql, SliceValues.Of(contract, Run.Slice));
        count.Step();
        return Task.FromResult(count.Number(0));
    }

    protected override Task<(long InScope, long Missing)> CountAsync(TableContract contract, LoadStatement statement, CancellationToken cancellationToken)
    {
        using SqliteQuery counts = Database.Prepare(statement.Sql, SliceValues.Of(contract, Run.Slice));
        counts.Step();
        return Task.FromResult((counts.Number(0), counts.Number(1)));
    }

    protected override Task ReadTimesAsync(LoadStatement statement, ChangedTimes times, CancellationToken cancellationToken)
    {
        using SqliteQuery rows = Database.Prepare(statement.Sql, SliceValues.Of(times.Contract, Run.Slice));
        while (rows.Step())
        {
            times.Add(new SqliteRowReader(rows.Handle, times));
        }

        return Task.CompletedTask;
    }

    protected override Task ReshapeAsync(IStagedTable<SqliteLoadPlan> table, CancellationToken cancellationToken)
    {
        new Reshaping(Database, table.Contract).Apply(table.Plan);
        return Task.CompletedTask;
    }

    protected override async Task CommitAsync()
    {
        // From here on it is too late to cancel: a commit that is stopped would leave open what was published.
        _statements?.Dispose();
        try
        {
            await base.CommitAsync().ConfigureAwait(false);
        }
        catch (PipelineException e) when (SqliteFailure.IsConstraint(e))
        {
            throw ConstraintFailure.AtCommit(e);
        }
    }
}
