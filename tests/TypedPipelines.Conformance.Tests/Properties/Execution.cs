using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>A program, run against a database and the model at once. After every step the table and the ledger are what the model says.</summary>
internal sealed class Execution(TestDatabase database, LoadProgram program)
{
    private readonly TestContract _table = Shapes.Contract(program.Shape);
    private readonly Model _model = new(program.Shape);

    internal async Task RunAsync()
    {
        await database.PrepareAsync();
        database.Execute($"drop table if exists t; delete from {database.LedgerTable("partition")}");
        await database.PrepareAsync(_table);
        foreach (Step step in program.Steps)
        {
            await RunAsync(step);
            await CompareAsync();
        }
    }

    private async Task RunAsync(Step step)
    {
        if (step.Second is { } second)
        {
            await (second.Day == step.First.Day ? TakeTurnsAsync(step.First, second) : InterleaveAsync(step.First, second, step.SecondFirst));
            return;
        }

        if (step.StoppedAt > 0)
        {
            await StopAsync(step.First, step.StoppedAt);
            await CompareAsync();
        }

        await using Worker worker = await BeginAsync(database.Destination, step.First);
        await worker.StageAsync();
        Expect(await worker.PublishAsync(), worker);
    }

    /// <summary>A run that ends before a statement: all of it was done, or nothing.</summary>
    private async Task StopAsync(Batch batch, int statement)
    {
        var breaker = new StatementBreaker();
        IDestination dying = database.NewDestination(breaker);
        RunIdentity run = TestDatabase.NewRun(DayOf(batch));
        breaker.Arm(statement);
        try
        {
            await dying.PrepareAsync([_table], CancellationToken.None);
            await using IPartitionSession session = await dying.BeginAsync(run, TimeSpan.FromSeconds(30), CancellationToken.None);
            await using var worker = new Worker(session, _table, program.Shape, batch, run.RunId);
            await worker.StageAsync();
            await worker.PublishAsync();
        }
        catch (StatementBreaker.Stopped)
        {
        }
        finally
        {
            breaker.Disarm();
            await ((dying as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        // The ledger says whether it came to its end. Only then the model has it, too: should the table say otherwise, they differ.
        if (await database.EntryAsync(DayOf(batch)) is { } entry && entry.RunId == run.RunId)
        {
            FailureKind? failure = _model.Load(batch.Day, batch.Rows, run.RunId);
            (entry.State == PartitionState.Failed).ShouldBe(failure is not null, "the ledger's state of a run that was stopped");
        }
    }

    /// <summary>Two workers on different days, in the middle of their runs at once.</summary>
    private async Task InterleaveAsync(Batch first, Batch second, bool secondFirst)
    {
        await using Worker one = await BeginAsync(database.Destination, first);
        await using Worker two = await BeginAsync(database.Destination, second);
        bool more = true;
        while (more)
        {
            more = await one.StageNextAsync();
            more |= await two.StageNextAsync();
        }

        foreach (Worker worker in secondFirst ? new[] { two, one } : [one, two])
        {
            Expect(await worker.PublishAsync(), worker);
        }
    }

    /// <summary>Two workers on one day: the second waits for the first, and finds what it did.</summary>
    private async Task TakeTurnsAsync(Batch first, Batch second)
    {
        var log = new WaitingLog();
        IDestination other = database.NewDestination(log);
        try
        {
            Task<Worker> waiting;
            await using (Worker one = await BeginAsync(database.Destination, first))
            {
                waiting = BeginAsync(other, second);
                await Task.WhenAny(log.SomeoneWaits, waiting);
                waiting.IsCompleted.ShouldBeFalse("two runs of one day at once");
                await one.StageAsync();
                Expect(await one.PublishAsync(), one);
            }

            await using Worker two = await waiting;
            (bool failed, Guid? loaded, _) = _model.Ledger[first.Day];
            (two.Before!.State == PartitionState.Failed, two.Before.LoadedRunId).ShouldBe((failed, loaded), "what the second finds");
            await two.StageAsync();
            Expect(await two.PublishAsync(), two);
        }
        finally
        {
            await ((other as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<Worker> BeginAsync(IDestination destination, Batch batch)
    {
        RunIdentity run = TestDatabase.NewRun(DayOf(batch));
        IPartitionSession session = await destination.BeginAsync(run, TimeSpan.FromMinutes(1), CancellationToken.None);
        return new Worker(session, _table, program.Shape, batch, run.RunId);
    }

    private void Expect(FailureKind? failure, Worker worker) =>
        failure.ShouldBe(_model.Load(worker.Batch.Day, worker.Batch.Rows, worker.Run), $"the failure of {worker.Batch}");

    private async Task CompareAsync()
    {
        List<object?[]> expected = [.. _model.Table.Select(kept => Shapes.Stored(program.Shape, kept))];
        expected.Sort(RowOrder.Instance);
        database.Lines(_table).ShouldBe(expected.Select(RowText.Of), program.ToString());
        for (int day = 1; day <= 3; day++)
        {
            PartitionEntry? entry = await database.EntryAsync(TestDatabase.Day(Model.By(day)));
            (bool, Guid?, RowCounts)? found = entry is null ? null : (entry.State == PartitionState.Failed, entry.LoadedRunId, entry.Counts);
            found.ShouldBe(_model.Ledger.TryGetValue(day, out (bool, Guid?, RowCounts) known) ? known : null, $"the ledger's entry of day {day}");
            if (entry is { Counts: var counts, LoadedRunId: { } run })
            {
                (counts.Loaded + counts.Dropped + counts.Rejected).ShouldBe(counts.Read, $"the rows of day {day}");
                database.Query<long>($"select count(*) from {database.LedgerTable("reject")} where run_id = @run", new { run = database.IdOf(run) })
                    .ShouldBe(counts.Rejected, $"the rejects of day {day}");
            }
        }
    }

    private static Partition DayOf(Batch batch) => TestDatabase.Day(Model.By(batch.Day));
}
