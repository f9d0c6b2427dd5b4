using System.Data.Common;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 36: a run that lost its lock cannot commit.</summary>
public sealed class Fencing
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S36_a_run_that_lost_its_lock_cannot_publish(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, null, [1L, 1L]);
        await using (IPartitionSession session = await database.BeginAsync())
        {
            await TestDatabase.StageAsync(session, Table, null, [1L, 99L]);
            database.StealLock();
            PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None));
            e.Kind.ShouldBe(FailureKind.LockLost);
            database.Lines(Table).ShouldBe(["1 | 1"]);

            await session.FailAsync(TestDatabase.Failed("lost", new Reject("s", null, 1, null, null, "raw", "why")), CancellationToken.None);
            (await database.EntryAsync())!.State.ShouldBe(PartitionState.Complete);
            database.Outcomes()[^1].ShouldBe("failed");
            database.Count(database.LedgerTable("reject")).ShouldBe(1);
        }

        database.Count($"{database.LedgerTable("lock")} where run_id is not null").ShouldBe(1); // The thief's lock is not given free.
    }

    [Theory, OnEveryDestination]
    public async Task S36_the_token_alone_gives_a_stale_run_away(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(Table);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [1L, 99L]);
        database.Execute($"update {database.LedgerTable("lock")} set token = token + 1");
        (await Should.ThrowAsync<PipelineException>(session.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None))).Kind.ShouldBe(FailureKind.LockLost);
        database.Count("t").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S36_between_the_check_of_the_token_and_the_commit_nobody_can_take_the_lock(Destination destination)
    {
        using var gate = new CommitGate();
        await using TestDatabase database = destination.NewDatabase(gate);
        await database.PrepareAsync(Table);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [1L, 1L]);
        await session.PublishGatedAsync(gate, whileBeforeTheGate: () =>
            Should.Throw<DbException>(() => database.ExecuteAtOnce($"update {database.LedgerTable("lock")} set token = token + 1")));
        database.Lines(Table).ShouldBe(["1 | 1"]);
        database.Query<long>($"select token from {database.LedgerTable("lock")}").ShouldBe(1);
    }
}
