namespace TypedPipelines.SqlServer;

/// <summary>Application locks of a database: names that connections agree about, and no object behind them. Any user may take them.</summary>
internal static class AppLock
{
    internal const string TakeForSession = """
        declare @result int;
        exec @result = sp_getapplock
            @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = @timeout;
        select @result
        """;

    internal const string TakeForTransaction = """
        declare @result int;
        exec @result = sp_getapplock
            @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result
        """;

    internal const string TakeTableForTransaction = """
        declare @result int;
        declare @name nvarchar(255) = concat(@tables, object_id(@table));
        exec @result = sp_getapplock
            @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
        select @result
        """;

    internal const string Release = "exec sp_releaseapplock @Resource = @name, @LockOwner = N'Session'";

    private const int TimedOut = -1;

    /// <summary>Takes a lock that the connection's session holds until it is released or the connection ends.</summary>
    /// <returns>Whether it was granted in time.</returns>
    internal static async Task<bool> TryTakeAsync(SqlServerDatabase database, string name, TimeSpan wait, CancellationToken cancellationToken)
    {
        int milliseconds = (int)Math.Clamp(wait.TotalMilliseconds, 0, int.MaxValue);
        int result = await ResultAsync(database, TakeForSession, cancellationToken, ("@name", name), ("@timeout", milliseconds)).ConfigureAwait(false);
        return result >= 0 || (result == TimedOut ? false : throw Refused(database, result));
    }

    /// <summary>Takes a lock until the end of the transaction, and waits for it as long as it takes.</summary>
    internal static Task TakeAsync(SqlServerDatabase database, string name, CancellationToken cancellationToken) =>
        TakeAsync(database, TakeForTransaction, cancellationToken, ("@name", name));

    /// <summary>Takes the lock of a table, by whatever name it is called, until the end of the transaction.</summary>
    internal static Task TakeTableAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken) =>
        TakeAsync(database, TakeTableForTransaction, cancellationToken, ("@tables", LockName.Tables), ("@table", table));

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
