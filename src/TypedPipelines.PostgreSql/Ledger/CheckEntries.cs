using System.Globalization;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>What came of a run's checks, in the ledger.</summary>
internal static class CheckEntries
{
    internal const string Latest = $"""
        select result.run_id, result.pipeline, result.partition, run.finished_at,
            result.table_name, result.check_name, result.severity, result.outcome, result.expected, result.observed, result.finding, result.sample, result.duration
        from typed_pipelines.run as run
        join typed_pipelines.check_result as result on result.run_id = run.run_id
        where ($1::text is null or run.pipeline = $1)
        and ($2::text is null or run.partition = $2)
        and ($3 or result.outcome <> 'passed')
        and {LedgerRows.IsLatestRun}
        order by run.sequence desc, result.number
        limit $4
        """;

    private const string ObservedOfLoaded = """
        select result.partition, result.observed
        from typed_pipelines.check_result as result
        join typed_pipelines.partition as loaded
        on loaded.pipeline = result.pipeline and loaded.partition = result.partition and loaded.loaded_run_id = result.run_id
        where result.pipeline = $1 and result.table_name = $2 and result.check_name = $3
        and result.complete and result.observed is not null
        """;

    internal static string Observed(ObservationKind kind) => kind switch
    {
        ObservationKind.EarlierWindows => $"{ObservedOfLoaded}\nand result.partition < $4\norder by result.partition desc\nlimit $5",
        ObservationKind.OtherPartitions => $"{ObservedOfLoaded}\nand result.partition <> $4\norder by loaded.finished_at desc, result.partition\nlimit $5",
        _ => """
            select result.partition, result.observed
            from typed_pipelines.check_result as result
            join typed_pipelines.run as run on run.run_id = result.run_id
            where result.pipeline = $1 and result.table_name = $2 and result.check_name = $3 and result.partition = $4
            and result.complete and result.observed is not null
            order by run.sequence desc
            limit $5
            """,
    };

    /// <summary>All with one statement: one round trip.</summary>
    internal static async Task NoteAsync(PostgreSqlDatabase database, RunIdentity run, RunEnd end, CancellationToken cancellationToken)
    {
        if (end.Checks.Count == 0)
        {
            return;
        }

        await database.RunAsync(
            """
            insert into typed_pipelines.check_result (
                run_id, number, pipeline, partition, table_name, check_name, severity, outcome, expected, observed, finding, sample, duration, complete
            )
            select $1, number, $2, $3, table_name, check_name, severity, outcome, expected, observed::double precision, finding, sample, duration, $4
            from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::double precision[])
                with ordinality as results (table_name, check_name, severity, outcome, expected, observed, finding, sample, duration, number)
            """,
            cancellationToken,
            run.RunId,
            run.Pipeline,
            run.Partition.Key,
            end is { Outcome: RunOutcome.Succeeded, Partial: false },
            Each(end, static result => result.Table),
            Each(end, static result => result.Check),
            Each(end, static result => LedgerText.Of(result.Severity)),
            Each(end, static result => LedgerText.Of(result.Outcome)),
            Each(end, static result => result.Expected),
            Each(end, static result => result.Observed?.ToString("R", CultureInfo.InvariantCulture)),
            Each(end, static result => result.Finding),
            Each(end, static result => result.Sample),
            end.Checks.Select(static result => result.Duration.TotalSeconds).ToArray()).ConfigureAwait(false);
    }

    internal static CheckEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        new DateTimeOffset(row.GetDateTime(3)),
        new CheckResult(row.GetString(4), row.GetString(5), LedgerText.Word<CheckSeverity>(row.GetString(6)), LedgerText.Word<CheckOutcome>(row.GetString(7)), row.GetString(8))
        {
            Observed = row.IsDBNull(9) ? null : row.GetDouble(9),
            Finding = row.IsDBNull(10) ? null : row.GetString(10),
            Sample = row.IsDBNull(11) ? null : row.GetString(11),
            Duration = TimeSpan.FromSeconds(row.GetDouble(12)),
        });

    internal static CheckObservation ReadObservation(NpgsqlDataReader row) => new(row.GetString(0), row.GetDouble(1));

    private static string?[] Each(RunEnd end, Func<CheckResult, string?> text) => [.. end.Checks.Select(result => LedgerText.Kept(text(result)))];
}
