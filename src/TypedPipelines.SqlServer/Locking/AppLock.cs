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

    internal const string TakeTableForTransaction = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@tables, object_id(@table), N':', db_name());
        exec @result = sp_getapplock
            @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result
        """;

    internal const string ShareTableForTransaction = """
        declare @result int;
        declare @resource nvarchar(255) = concat(@tables, object_id(@table), N':', db_name());
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

    /// <summary>Takes the lock of a table, by whatever name it is called, until the end of the transaction.</summary>
    internal static Task TakeTableAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken) =>
        TakeAsync(database, TakeTableForTransaction, cancellationToken, ("@tables", LockName.Tables), ("@table", table));

    /// <summary>Takes the lock of a table together with others that share it, until the end of the transaction.</summary>
    internal static Task ShareTableAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken) =>
        TakeAsync(database, ShareTableForTransaction, cancellationToken, ("@tables", LockName.Tables), ("@table", table));

    private static async Task TakeAsync(SqlServerDatabase database, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        int result = await ResultAsync(database, sql, cancellationToken, values).ConfigureAwait(false);
        if (result < 0)
        {
            throw Refused(database, result);
        }
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
