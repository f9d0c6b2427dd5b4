using Npgsql;
using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql;

/// <summary>Runs the statement of a check over the connection that the temporary tables of the staged rows belong to.</summary>
internal static class CheckStatement
{
    internal static async Task<FoundRows> FindAsync(PostgreSqlDatabase database, SqlQuery query, CancellationToken cancellationToken)
    {
        // In a transaction that only reads: a statement that changes something is refused.
        await database.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            NpgsqlDataReader rows = await database.ReadAsync(StepStatement.Text(query), cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                return await ReadAsync(query, rows, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (database.IsReported(e))
        {
            throw StepStatement.Failure(query, e, database.Name);
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }

    private static async Task<FoundRows> ReadAsync(SqlQuery query, NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var sample = new List<string>();
        long count = 0;
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (count++ < FoundRows.MostKept)
            {
                sample.Add(string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(column => $"{rows.GetName(column)}={Quote.Value(rows.IsDBNull(column) ? null : rows.GetValue(column))}")));
            }
        }

        await StepStatement.RefuseSecondAsync(query, rows, cancellationToken).ConfigureAwait(false);
        return new FoundRows(count, sample);
    }
}
