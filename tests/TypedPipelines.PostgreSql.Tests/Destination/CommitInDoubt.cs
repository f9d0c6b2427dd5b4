using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statement 34 where the answer to a commit is lost.</summary>
public sealed class CommitInDoubt : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S34_a_connection_lost_over_the_commit_is_told_by_the_ledger_or_said_to_be_in_doubt(bool serverStaysUp)
    {
        await _database.PrepareAsync(_table);
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        using var proxy = new CuttingProxy(direct.Host!, direct.Port);
        var cut = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port, Pooling = true };
        await using var destination = new PostgreSqlDestination(cut.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using (IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None))
        {
            await Database.StageAsync(session, _table, null, [1L, 1L]);
            proxy.Arm();
            if (serverStaysUp)
            {
                (await session.PublishAsync(Database.Succeeded(1), CancellationToken.None))[0].Inserted.ShouldBe(1);
            }
            else
            {
                proxy.Dispose();
                PipelineException e = await Should.ThrowAsync<PipelineException>(session.PublishAsync(Database.Succeeded(1), CancellationToken.None));
                e.Message.ShouldContain("Whether it was published, the ledger knows");
                e.Message.ShouldNotContain("Nothing was changed");
            }

            proxy.HasCut.ShouldBeTrue();
        }

        _database.Query<long>("select v from t").ShouldBe(1);
        _database.Query<string>("select outcome from typed_pipelines.run").ShouldBe("succeeded");
        await using IPartitionSession next = await _database.BeginAsync(lockWait: TimeSpan.FromSeconds(10));
        next.Before!.State.ShouldBe(Ledger.PartitionState.Complete);
    }
}
