using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Statements that go to the server together, for one round trip: none of them needs what another one finds.</summary>
internal sealed class StatementBatch : IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database;
    private readonly NpgsqlBatch _batch;
    private bool _commits;
    private bool _isKept;

    internal StatementBatch(PostgreSqlDatabase database, NpgsqlBatch batch)
    {
        _database = database;
        _batch = batch;
    }

    /// <summary>Begins a transaction, of an isolation that no setting of the server decides.</summary>
    internal StatementBatch Begin()
    {
        Add(PostgreSqlDatabase.Begin);
        _database.InTransaction = true;
        return this;
    }

    /// <summary>
    /// Begins one whose commit does not wait for the disk: a server that fails may forget it, and has then forgotten every session, too.
    /// </summary>
    internal StatementBatch BeginLightly() => Begin().Add("set local synchronous_commit = off");

    internal StatementBatch Commit()
    {
        Add("commit");
        _commits = true;
        return this;
    }

    /// <summary>
    /// Has the server keep the statements as it has read and planned them, for a connection's next batch of the same: that takes longer than to run
    /// them. Only what reads our own tables and the catalog is kept, for of a table that is given other columns a statement kept would fail.
    /// </summary>
    internal StatementBatch Keep()
    {
        _isKept = true;
        return this;
    }

    internal StatementBatch Add(string sql, params object?[] values)
    {
        _database.Announce(sql);
        var command = new NpgsqlBatchCommand(sql);
        foreach (object? value in values)
        {
            command.Parameters.Add(PostgreSqlDatabase.Parameter(value));
        }

        _batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>Runs the statements one after the other, up to the first that fails.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            _database.InTransaction &= !_commits;
        }
        catch (Exception e) when (_database.IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, _database.Name);
        }
    }

    /// <summary>Runs the statements and reads what the first row of each query says; null where it has none.</summary>
    internal async Task<object?[]> ReadAsync(CancellationToken cancellationToken, params Func<NpgsqlDataReader, object>[] queries)
    {
        var found = new object?[queries.Length];
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            NpgsqlDataReader rows = await _batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                for (int i = 0; i < queries.Length; i++)
                {
                    found[i] = await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? queries[i](rows) : null;
                    await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            _database.InTransaction &= !_commits;
        }
        catch (Exception e) when (_database.IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, _database.Name);
        }

        return found;
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private Task PrepareAsync(CancellationToken cancellationToken) => _isKept ? _batch.PrepareAsync(cancellationToken) : Task.CompletedTask;
}
