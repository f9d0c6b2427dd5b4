using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>What came of a run's checks, in the ledger.</summary>
internal static class CheckEntries
{
    internal const string Latest = """
        select result.run_id, result.pipeline, result.partition, run.finished_at,
            result.table_name, result.check_name, result.severity, result.outcome, result.expected, result.observed, result.finding, result.sample, result.duration
        from main.tp_run as run
        join main.tp_check_result as result on result.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.partition = @partition)
        and (@passed = 1 or result.outcome <> 'passed')
        and run.sequence = (
            select max(latest.sequence)
            from main.tp_run as latest
            where latest.pipeline = run.pipeline
            and latest.partition = run.partition
            and latest.outcome in ('succeeded', 'failed')
        )
        order by run.sequence desc, result.number
        limit @most
        """;

    private const string ObservedOfLoaded = """
        select result.partition, result.observed
        from main.tp_check_result as result
        join main.tp_partition as loaded
        on loaded.pipeline = result.pipeline and loaded.partition = result.partition and loaded.loaded_run_id = result.run_id
        where result.pipeline = @pipeline and result.table_name = @table and result.check_name = @check
        and result.complete = 1 and result.observed is not null
        """;

    internal static string Observed(ObservationKind kind) => kind switch
    {
        ObservationKind.EarlierWindows => $"{ObservedOfLoaded}\nand result.partition < @partition\norder by result.partition desc\nlimit @most",
        ObservationKind.OtherPartitions => $"{ObservedOfLoaded}\nand result.partition <> @partition\norder by loaded.finished_at desc, result.partition\nlimit @most",
        _ => """
            select result.partition, result.observed
            from main.tp_check_result as result
            join main.tp_run as run on run.run_id = result.run_id
            where result.pipeline = @pipeline and result.table_name = @table and result.check_name = @check and result.partition = @partition
            and result.complete = 1 and result.observed is not null
            order by run.sequence desc
            limit @most
            """,
    };

    internal static void Note(SqliteDatabase database, RunIdentity run, RunEnd end)
    {
        if (end.Checks.Count == 0)
        {
            return;
        }

        using SqliteQuery insert = database.Prepare(
            """
            insert into main.tp_check_result (
                run_id, number, pipeline, partition, table_name, check_name, severity, outcome, expected, observed, finding, sample, duration, complete
            )
            values (@run, @number, @pipeline, @partition, @table, @check, @severity, @outcome, @expected, @observed, @finding, @sample, @duration, @complete)
            """,
            ("@run", run.RunId),
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key),
            ("@complete", end is { Outcome: RunOutcome.Succeeded, Partial: false }));
        for (int i = 0; i < end.Checks.Count; i++)
        {
            CheckResult result = end.Checks[i];
            insert.Bind("@number", i + 1);
            insert.Bind("@table", result.Table);
            insert.Bind("@check", result.Check);
            insert.Bind("@severity", SqliteText.Of(result.Severity));
            insert.Bind("@outcome", SqliteText.Of(result.Outcome));
            insert.Bind("@expected", result.Expected);
            insert.Bind("@observed", result.Observed);
            insert.Bind("@finding", result.Finding);
            insert.Bind("@sample", result.Sample);
            insert.Bind("@duration", result.Duration.TotalSeconds);
            insert.Step();
            insert.Reset();
        }
    }

    internal static CheckEntry Read(SqliteQuery row) => new(
        row.Id(0)!.Value,
        row.Text(1)!,
        row.Text(2)!,
        row.Instant(3)!.Value,
        new CheckResult(row.Text(4)!, row.Text(5)!, SqliteText.Word<CheckSeverity>(row.Text(6)!), SqliteText.Word<CheckOutcome>(row.Text(7)!), row.Text(8)!)
        {
            Observed = row.IsNull(9) ? null : row.Real(9),
            Finding = row.Text(10),
            Sample = row.Text(11),
            Duration = TimeSpan.FromSeconds(row.Real(12)),
        });

    internal static CheckObservation ReadObservation(SqliteQuery row) => new(row.Text(0)!, row.Real(1));
}
