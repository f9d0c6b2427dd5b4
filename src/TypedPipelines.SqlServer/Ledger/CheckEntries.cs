using System.Data.SqlTypes;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>What came of a run's checks, in the ledger.</summary>
internal static class CheckEntries
{
    /// <summary>SQL Server takes 2,100 parameters.</summary>
    private const int RowsAtATime = 100;

    internal const string Latest = $"""
        select top (@most) result.run_id, result.pipeline, result.[partition], run.finished_at,
            result.table_name, result.check_name, result.severity, result.outcome, result.expected, result.observed, result.finding, result.sample, result.duration
        from typed_pipelines.run as run
        join typed_pipelines.check_result as result on result.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.[partition] = @partition)
        and (@passed = 1 or result.outcome <> N'passed')
        and {LedgerRows.IsLatestRun}
        order by run.sequence desc, result.number
        """;

    private const string ObservedOfLoaded = """
        select top (@most) result.[partition], result.observed
        from typed_pipelines.check_result as result
        join typed_pipelines.[partition] as loaded
        on loaded.pipeline = result.pipeline and loaded.[partition] = result.[partition] and loaded.loaded_run_id = result.run_id
        where result.pipeline = @pipeline and result.table_name = @table and result.check_name = @check
        and result.complete = 1 and result.observed is not null
        """;

    internal static string Observed(ObservationKind kind) => kind switch
    {
        ObservationKind.EarlierWindows => $"{ObservedOfLoaded}\nand result.[partition] < @partition\norder by result.[partition] desc",
        ObservationKind.OtherPartitions => $"{ObservedOfLoaded}\nand result.[partition] <> @partition\norder by loaded.finished_at desc, result.[partition]",
        _ => """
            select top (@most) result.[partition], result.observed
            from typed_pipelines.check_result as result
            join typed_pipelines.run as run on run.run_id = result.run_id
            where result.pipeline = @pipeline and result.table_name = @table and result.check_name = @check and result.[partition] = @partition
            and result.complete = 1 and result.observed is not null
            order by run.sequence desc
            """,
    };

    internal static async Task NoteAsync(SqlServerDatabase database, RunIdentity run, RunEnd end, CancellationToken cancellationToken)
    {
        for (int first = 0; first < end.Checks.Count; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, end.Checks.Count - first);
            await database.RunAsync(Insert(count), cancellationToken, [.. Values(run, end, first, count)]).ConfigureAwait(false);
        }
    }

    /// <summary>The statement for a number of results: its text holds the names of parameters only.</summary>
    internal static string Insert(int results)
    {
        var sql = new StringBuilder("""
            insert into typed_pipelines.check_result (
                run_id, number, pipeline, [partition], table_name, check_name, severity, outcome, expected, observed, finding, sample, duration, complete
            )
            values
            """);
        for (int i = 0; i < results; i++)
        {
            sql.Append(i == 0 ? "\n    " : ",\n    ").Append(
                CultureInfo.InvariantCulture,
                $"(@run, @first + {i}, @pipeline, @partition, @table{i}, @check{i}, @severity{i}, @outcome{i}, @expected{i}, @observed{i}, @finding{i}, @sample{i}, @duration{i}, @complete)");
        }

        return sql.ToString();
    }

    internal static CheckEntry Read(SqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetDateTimeOffset(3),
        new CheckResult(row.GetString(4), row.GetString(5), LedgerText.Word<CheckSeverity>(row.GetString(6)), LedgerText.Word<CheckOutcome>(row.GetString(7)), row.GetString(8))
        {
            Observed = row.IsDBNull(9) ? null : row.GetDouble(9),
            Finding = row.IsDBNull(10) ? null : row.GetString(10),
            Sample = row.IsDBNull(11) ? null : row.GetString(11),
            Duration = TimeSpan.FromSeconds(row.GetDouble(12)),
        });

    internal static CheckObservation ReadObservation(SqlDataReader row) => new(row.GetString(0), row.GetDouble(1));

    private static IEnumerable<(string Name, object? Value)> Values(RunIdentity run, RunEnd end, int first, int count)
    {
        yield return ("@run", run.RunId);
        yield return ("@first", first + 1L);
        yield return ("@pipeline", run.Pipeline);
        yield return ("@partition", run.Partition.Key);
        yield return ("@complete", end is { Outcome: RunOutcome.Succeeded, Partial: false } ? 1 : 0);
        for (int i = 0; i < count; i++)
        {
            CheckResult result = end.Checks[first + i];
            string number = i.ToString(CultureInfo.InvariantCulture);
            yield return ("@table" + number, result.Table);
            yield return ("@check" + number, result.Check);
            yield return ("@severity" + number, LedgerText.Of(result.Severity));
            yield return ("@outcome" + number, LedgerText.Of(result.Outcome));
            yield return ("@expected" + number, LedgerText.Kept(result.Expected));
            yield return ("@observed" + number, Number(result.Observed));
            yield return ("@finding" + number, LedgerText.Kept(result.Finding));
            yield return ("@sample" + number, LedgerText.Kept(result.Sample));
            yield return ("@duration" + number, result.Duration.TotalSeconds);
        }
    }

    /// <summary>A null has a type, too, and that of a text the server would not take for a number.</summary>
    private static object Number(double? value) => value ?? (object)SqlDouble.Null;
}
