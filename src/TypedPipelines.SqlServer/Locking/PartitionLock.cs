using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>A run's hold of its partition: an application lock of its connection, and the row that says so.</summary>
internal sealed class PartitionLock(RunIdentity run, long token) : PartitionLock<SqlServerDatabase>(run, token)
{
    /// <summary>Changes nothing: who has written a row keeps it to the end of the transaction, on every kind of server.</summary>
    internal const string Hold = """
        update typed_pipelines.[lock]
        set token = token
        where pipeline = @pipeline and [partition] = @partition and run_id = @run and token = @token
        """;

    internal const string GiveFree = """
        update typed_pipelines.[lock]
        set run_id = null, worker = null, session_id = null, acquired_at = null
        where pipeline = @pipeline and [partition] = @partition and run_id = @run and token = @token
        """;

    internal override async Task<bool> BeginHeldAsync(SqlServerDatabase database, CancellationToken cancellationToken)
    {
        await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        return await database.RunAsync(Hold, cancellationToken, Row()).ConfigureAwait(false) > 0;
    }

    /// <summary>Gives the partition free: in the row, which stays for its token, then in the server's session.</summary>
    internal async Task ReleaseAsync(SqlServerDatabase database)
    {
        await database.RunAsync(GiveFree, CancellationToken.None, Row()).ConfigureAwait(false);
        await database.RunAsync(AppLock.Release, CancellationToken.None, ("@name", LockName.OfPartition(Run.Pipeline, Run.Partition.Key))).ConfigureAwait(false);
    }

    private (string Name, object? Value)[] Row() =>
        [("@pipeline", Run.Pipeline), ("@partition", Run.Partition.Key), ("@run", Run.RunId), ("@token", Token)];
}
