using System.Globalization;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>Who holds a partition, as its lock row says: for messages. What decides is the advisory lock.</summary>
internal sealed record LockHolder(Guid Run, string Worker, DateTimeOffset Since)
{
    internal const string Find = """
        select run_id, worker, acquired_at
        from typed_pipelines.lock
        where pipeline = $1 and partition = $2 and run_id is not null
        """;

    /// <summary>Reads the holder of a partition; null where the row names none.</summary>
    internal static async Task<LockHolder?> FindAsync(PostgreSqlDatabase database, RunIdentity run, CancellationToken cancellationToken)
    {
        List<LockHolder> found = await database.QueryAsync(
            Find,
            Read,
            cancellationToken,
            run.Pipeline,
            run.Partition.Key).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    internal static LockHolder Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), new DateTimeOffset(row.GetDateTime(2)));

    /// <summary>The holder for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"run {Run} on {Worker}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");
}
