using Microsoft.Data.SqlClient;
using TypedPipelines.Running;

namespace TypedPipelines.SqlServer;

/// <summary>Runs the statement of a check over the connection that the temporary tables of the staged rows belong to.</summary>
internal static class CheckStatement
{
    internal static async Task<FoundRows> FindAsync(SqlServerDatabase database, SqlQuery query, CancellationToken cancellationToken)
    {
        // In a transaction that is always taken back: a statement that changes something changes nothing.
        await database.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqlDataReader rows = await database.QueryAsync(StepStatement.Text(query), run: true, cancellationToken, StepStatement.Values(query)).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                return await ReadAsync(rows, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (database.IsReported(e))
        {
            throw StepStatement.Failure(query, database.Explain(e, cancellationToken));
        }
        finally
        {
            await database.RollBackAsync().ConfigureAwait(false);
        }
    }

    private static async Task<FoundRows> ReadAsync(SqlDataReader rows, CancellationToken cancellationToken)
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

        return new FoundRows(count, sample);
    }
}
