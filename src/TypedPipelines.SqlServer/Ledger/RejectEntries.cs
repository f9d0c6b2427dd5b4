using System.Globalization;
using System.Text;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Writes rejected rows into the ledger, many with one statement.</summary>
internal sealed class RejectEntries(SqlServerDatabase database, RunIdentity run)
{
    /// <summary>SQL Server takes 2,100 parameters; and the fewer forms of a statement there are, the fewer plans it keeps.</summary>
    private const int RowsAtATime = 100;

    /// <summary>What an earlier run of the partition rejected, and this one does not, has been let through.</summary>
    internal const string Resolve = """
        update old
        set resolved_by = @run
        from typed_pipelines.reject as old
        where old.resolved_by is null
        and old.run_id in (select run_id from typed_pipelines.run where pipeline = @pipeline and [partition] = @partition and run_id <> @run)
        and not exists (
            select 1
            from typed_pipelines.reject as new
            where new.run_id = @run and new.source = old.source
            and (new.origin = old.origin or (new.origin is null and old.origin is null))
            and (new.line = old.line or (new.line is null and old.line is null))
        )
        """;

    internal Task ResolveAsync(CancellationToken cancellationToken) => database.RunAsync(
        Resolve, cancellationToken, ("@run", run.RunId), ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key));

    internal async Task NoteAsync(IReadOnlyList<Reject> rejects, CancellationToken cancellationToken)
    {
        for (int first = 0; first < rejects.Count; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, rejects.Count - first);
            await database.RunAsync(Insert(count), cancellationToken, [.. Values(rejects, first, count)]).ConfigureAwait(false);
        }
    }

    /// <summary>The statement for a number of rows: its text holds the names of parameters only.</summary>
    internal static string Insert(int rows)
    {
        var sql = new StringBuilder("insert into typed_pipelines.reject (run_id, number, source, origin, line, column_name, value, raw, reason)\nvalues");
        for (int i = 0; i < rows; i++)
        {
            sql.Append(i == 0 ? "\n    " : ",\n    ").Append(
                CultureInfo.InvariantCulture, $"(@run, @first + {i}, @source{i}, @origin{i}, @line{i}, @column{i}, @value{i}, @raw{i}, @reason{i})");
        }

        return sql.ToString();
    }

    private IEnumerable<(string Name, object? Value)> Values(IReadOnlyList<Reject> rejects, int first, int count)
    {
        yield return ("@run", run.RunId);
        yield return ("@first", first + 1L);
        for (int i = 0; i < count; i++)
        {
            Reject reject = rejects[first + i];
            string number = i.ToString(CultureInfo.InvariantCulture);
            yield return ("@source" + number, LedgerText.Kept(reject.Source));
            yield return ("@origin" + number, LedgerText.Kept(reject.Origin));
            yield return ("@line" + number, reject.Line);
            yield return ("@column" + number, LedgerText.Kept(reject.Column));
            yield return ("@value" + number, LedgerText.Kept(reject.Value));
            yield return ("@raw" + number, LedgerText.Kept(reject.Raw));
            yield return ("@reason" + number, LedgerText.Kept(reject.Reason));
        }
    }
}
