using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Says who a publish waits for, where it waits for long: another run's publish ends by itself, and a transaction that somebody left open
/// does not. Asked over another connection, for the publish's own is what waits.
/// </summary>
internal sealed class BlockedNotice : IAsyncDisposable
{
    private const string FindBlockers = """
        select format(
            '%s of user %s (process %s%s)',
            coalesce(nullif(application_name, ''), 'a connection'),
            usename,
            pid,
            case when xact_start is null then '' else ', in a transaction since ' || to_char(xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC' end)
        from pg_catalog.pg_stat_activity
        where pid = any (pg_blocking_pids($1))
        order by pid
        """;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Next = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;

    private BlockedNotice(PostgreSqlServer server, int process, RunIdentity run, TimeProvider time, ILogger logger) =>
        _watching = WatchAsync(server, process, run, time, logger, _over.Token);

    /// <summary>Watches a connection until the notice is disposed.</summary>
    internal static BlockedNotice Watch(PostgreSqlServer server, int process, RunIdentity run, TimeProvider time, ILogger logger) => new(server, process, run, time, logger);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _over.Dispose();
    }

    private static async Task WatchAsync(PostgreSqlServer server, int process, RunIdentity run, TimeProvider time, ILogger logger, CancellationToken over)
    {
        try
        {
            for (TimeSpan wait = First; ; wait = Next)
            {
                await Task.Delay(wait, time, over).ConfigureAwait(false);
                if (await FindAsync(server, process, over).ConfigureAwait(false) is { Count: > 0 } blockers)
                {
                    logger.Blocked(run.Pipeline, run.Partition.Key, string.Join("; ", blockers));
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (PipelineException)
        {
            // Nobody is the wiser; the publish itself finds out what is wrong with the server.
        }
    }

    private static async Task<List<string>> FindAsync(PostgreSqlServer server, int process, CancellationToken cancellationToken)
    {
        PostgreSqlDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.QueryAsync(FindBlockers, static row => row.GetString(0), cancellationToken, process).ConfigureAwait(false);
        }
    }
}
