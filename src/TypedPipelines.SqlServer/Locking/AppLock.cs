namespace TypedPipelines.SqlServer;

/// <summary>
/// Application locks: names that connections agree about, and no object behind them. Any user may take them. The database is part of each
/// name: at SQL Server a lock is its database's anyway, at Babelfish it would be one of all databases.
/// </summary>
internal static class AppLock
{
    internal const string TakeForSession = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@name, N':', db_name());
        exec @result = sp_getapplock
            @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = @timeout;
        select @result
        """;

    internal const string TakeForTransaction = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@name, N':', db_name());
        exec @result = sp_getapplock
            @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result
        """;

    internal const string ShareForTransaction = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@name, N':', db_name());
        exec @result = sp_getapplock
            @Resource = @resource, @LockMode = N'Shared', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result
        """;

    internal const string Release = """
        declare @resource nvarchar(255) = concat(@name, N':', db_name());
        exec sp_releaseapplock @Resource = @resource, @LockOwner = N'Session'
        """;

    /// <summary>In milliseconds. Not 0: that Babelfish answers, where the lock is held, with the number for a mistake in the call.</summary>
    private const int ShortestWait = 1;

    private const int TimedOut = -1;

    internal static int Milliseconds(TimeSpan wait) => (int)Math.Clamp(wait.TotalMilliseconds, ShortestWait, int.MaxValue);

    /// <summary>Takes a lock that the connection's session holds until it is released or the connection ends.</summary>
    /// <returns>Whether it was granted in time.</returns>
    internal static async Task<bool> TryTakeAsync(SqlServerDatabase database, string name, TimeSpan wait, CancellationToken cancellationToken)
    {
        int result = await ResultAsync(database, TakeForSession, cancellationToken, ("@name", name), ("@timeout", Milliseconds(wait))).ConfigureAwait(false);
        return result >= 0 || (result == TimedOut ? false : throw Refused(database, result));
    }

    /// <summary>Takes a lock until the end of the transaction, and waits for it as long as it takes.</summary>
    internal static Task TakeAsync(SqlServerDatabase database, string name, CancellationToken cancellationToken) =>
        TakeAsync(database, TakeForTransaction, cancellationToken, ("@name", name));

    /// <summary>Shares a lock until the end of the transaction, and waits for whoever has it alone as long as it takes.</summary>
    internal static Task ShareAsync(SqlServerDatabase database, string name, CancellationToken cancellationToken) =>
        TakeAsync(database, ShareForTransaction, cancellationToken, ("@name", name));

    /// <summary>Whether a lock was granted: what is waited for without end is, or it is refused.</summary>
    /// <exception cref="PipelineException">The server refused it.</exception>
    internal static bool IsGranted(SqlServerDatabase database, int result) => result >= 0 ? true : throw Refused(database, result);

    private static async Task TakeAsync(SqlServerDatabase database, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        IsGranted(database, await ResultAsync(database, sql, cancellationToken, values).ConfigureAwait(false));
    }

    private static async Task<int> ResultAsync(SqlServerDatabase database, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        (await database.QueryAsync(sql, static row => row.GetInt32(0), cancellationToken, values).ConfigureAwait(false))[0];

    private static PipelineException Refused(SqlServerDatabase database, int result)
    {
        var refused = new LockRefusedException(result);
        return new PipelineException(
            FailureKind.Destination,
            $"the SQL Server database {database.Name} refuses an application lock: {refused.Message}",
            "Nothing was changed. Run again when there is less going on.",
            refused);
    }
}
