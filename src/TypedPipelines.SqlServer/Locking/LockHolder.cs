using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Who holds a partition, as its lock row says: for messages. What decides is the application lock.</summary>
internal sealed record LockHolder(Guid Run, string Worker, DateTimeOffset Since)
{
    /// <summary>Waits for nobody: the holder may just be publishing, and a message need not be of one moment.</summary>
    internal const string Find = """
        select run_id, worker, acquired_at
        from typed_pipelines.[lock] with (nolock)
        where pipeline = @pipeline and [partition] = @partition and run_id is not null
        """;

    /// <summary>Reads the holder of a partition; null where the row names none.</summary>
    internal static async Task<LockHolder?> FindAsync(SqlServerDatabase database, RunIdentity run, CancellationToken cancellationToken)
    {
        List<LockHolder> found = await database.QueryAsync(
            Find,
            static row => new LockHolder(row.GetGuid(0), row.GetString(1), row.GetDateTimeOffset(2)),
            cancellationToken,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The holder for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"run {Run} on {Worker}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
