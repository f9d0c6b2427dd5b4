using System.Data.Common;
using Dapper;
using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 38 and 39: writers that no lock of ours keeps away.</summary>
public sealed class OtherWriters
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S38_a_writer_in_the_way_is_waited_for_and_what_it_wrote_stays(Destination destination)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        await database.LoadAsync(Table, null, [1L, 1L], [2L, 1L], [3L, 1L]);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [1L, 2L], [2L, 2L], [4L, 2L]);
        await using DbConnection writer = database.Open();
        await using DbTransaction transaction = await writer.BeginTransactionAsync();
        await writer.ExecuteAsync("update t set v = 7 where id in (2, 3)", transaction: transaction);
        Task<IReadOnlyList<LoadedTable>> publish = Task.Run(() => session.PublishAsync(TestDatabase.Succeeded(3), CancellationToken.None));
        SpinWait.SpinUntil(() => database.Waits(log), TimeSpan.FromMinutes(1)).ShouldBeTrue("the publish must wait for the writer");
        publish.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();
        (await publish)[0].ShouldBe(new LoadedTable("t", 3, 0, 1, 2, 0));
        database.Lines(Table).ShouldBe(["1 | 2", "2 | 2", "3 | 7", "4 | 2"]);
    }

    [Theory, OnEveryDestination]
    public async Task S39_cancelling_ends_the_wait_for_another_writer(Destination destination)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        await database.LoadAsync(Table, null, [1L, 1L]);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [1L, 2L]);
        await using (DbConnection writer = database.Open())
        {
            await using DbTransaction transaction = await writer.BeginTransactionAsync();
            await writer.ExecuteAsync("update t set v = v", transaction: transaction);
            using var cancel = new CancellationTokenSource();
            Task<IReadOnlyList<LoadedTable>> publish = Task.Run(() => session.PublishAsync(TestDatabase.Succeeded(1), cancel.Token));
            SpinWait.SpinUntil(() => database.Waits(log), TimeSpan.FromMinutes(1)).ShouldBeTrue("the publish must wait for the writer");
            await cancel.CancelAsync();
            // While the writer is still there: it is not its end that ends the wait.
            await Should.ThrowAsync<OperationCanceledException>(publish.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        database.Lines(Table).ShouldBe(["1 | 1"]);
    }
}
