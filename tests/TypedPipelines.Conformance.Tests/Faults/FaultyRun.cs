using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>Runs of a case's day in one database: undisturbed ones, and such as the process does not survive.</summary>
internal sealed class FaultyRun(TestDatabase database, FaultCase run)
{
    /// <summary>Loads what was there before, and keeps it to start from again.</summary>
    internal async Task PrepareAsync()
    {
        foreach ((Partition day, object?[][] rows) in run.Earlier)
        {
            await database.LoadAsync(run.Table, day, rows);
        }

        database.Keep("t", "kept");
    }

    internal void Restore() => database.Restore("t", "kept");

    internal Task<Guid> RunAsync() => RunAsync(database.Destination, TestDatabase.NewRun(FaultCase.Day), _ => { });

    /// <summary>A run that ends before its n-th statement.</summary>
    /// <returns>The run, and where it was stopped; null where it has no such statement, and came to its end.</returns>
    internal Task<(Guid Run, string? Where)> StopBeforeAsync(int statement) => StopAsync(breaker => breaker.Arm(statement), (_, _) => { });

    /// <summary>A run that ends when so many batches are staged.</summary>
    internal Task<(Guid Run, string? Where)> StopAfterBatchAsync(int batch, Action whileStaging) => StopAsync(
        _ => { },
        (breaker, staged) =>
        {
            if (staged == batch)
            {
                whileStaging();
                breaker.StopHere();
            }
        });

    private async Task<(Guid Run, string? Where)> StopAsync(Action<StatementBreaker> prepare, Action<StatementBreaker, int> afterBatch)
    {
        var breaker = new StatementBreaker();
        IDestination dying = database.NewDestination(breaker);
        RunIdentity identity = TestDatabase.NewRun(FaultCase.Day);
        prepare(breaker);
        try
        {
            await RunAsync(dying, identity, staged => afterBatch(breaker, staged));
            return (identity.RunId, null);
        }
        catch (StatementBreaker.Stopped)
        {
            return (identity.RunId, $"{run.Name}, stopped at statement {breaker.Statements.Count}: {breaker.Last}");
        }
        finally
        {
            breaker.Disarm();
            await ((dying as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<Guid> RunAsync(IDestination destination, RunIdentity identity, Action<int> afterBatch)
    {
        await destination.PrepareAsync([run.Table], CancellationToken.None);
        await using IPartitionSession session = await destination.BeginAsync(identity, TimeSpan.FromSeconds(30), CancellationToken.None);
        await TestDatabase.StageAsync(session, run.Table, FaultCase.Day, run.Batch, [], afterBatch, run.Rows);
        await session.PublishAsync(TestDatabase.Succeeded(run.Rows.Length), CancellationToken.None);
        return identity.RunId;
    }
}
