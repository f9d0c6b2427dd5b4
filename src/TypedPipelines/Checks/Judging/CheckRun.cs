using System.Diagnostics;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>The checks of one run: each of them has exactly one result, also where the run ends before it was made.</summary>
internal sealed class CheckRun(PipelineDescriptor pipeline, RunContext context, IReadOnlyList<ILoadInput> loads, ILedger ledger)
{
    private const int MostNamed = 3;

    private readonly List<CheckResult> _results = [];

    /// <summary>Whether a pipeline declares any.</summary>
    internal static bool AreDeclared(PipelineDescriptor pipeline) => pipeline.Loads.Any(load => load.Contract.Checks.Count > 0);

    /// <summary>Whether the rows of this run have to be staged where statements can read them: those of all its tables, for a check may read another's.</summary>
    internal bool ReadsStagedRows => pipeline.Loads.Any(load => load.Contract.Checks.Any(check => check.ReadsStagedRows));

    /// <summary>What came of the checks that were made.</summary>
    internal IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Judges the rows that are staged: all checks, so that the first that is not passed does not hide the others.</summary>
    /// <returns>What came of each.</returns>
    /// <exception cref="PipelineException">One that fails the run is not passed; or one cannot be made.</exception>
    internal async Task<IReadOnlyList<CheckResult>> JudgeAsync(IStagedRows staged, CancellationToken cancellationToken)
    {
        foreach (ILoadInput load in loads)
        {
            TableContract contract = load.Contract;
            if (contract.Checks.Count == 0)
            {
                continue;
            }

            var table = new CheckedTable(load, context, staged, new CheckHistory(ledger, pipeline, context.Partition, contract));
            foreach (TableCheck check in contract.Checks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long started = Stopwatch.GetTimestamp();
                CheckVerdict verdict = await check.JudgeAsync(table, cancellationToken).ConfigureAwait(false);
                _results.Add(Result(contract, check, verdict, check is RowCheck ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started)));
            }
        }

        CheckResult[] failed = [.. _results.Where(result => result.Outcome == CheckOutcome.Failed)];
        return failed.Length == 0 ? _results : throw Failure(failed);
    }

    /// <summary>What came of each check of a run that has failed.</summary>
    /// <param name="why">Why those were not made that were not.</param>
    internal IReadOnlyList<CheckResult> After(string why)
    {
        var made = _results.Select(result => (result.Table, result.Check)).ToHashSet();
        return
        [
            .. _results,
            .. pipeline.Loads.SelectMany(load => load.Contract.Checks
                .Where(check => !made.Contains((load.Contract.DisplayName, check.Name)))
                .Select(check => Result(load.Contract, check, new CheckVerdict(CheckOutcome.Skipped, null, why), TimeSpan.Zero))),
        ];
    }

    private static CheckResult Result(TableContract contract, TableCheck check, CheckVerdict verdict, TimeSpan duration) =>
        new(contract.DisplayName, check.Name, check.Severity, verdict.Outcome, check.Expected)
        {
            Observed = verdict.Observed is { } observed && double.IsFinite(observed) ? observed : null,
            Finding = verdict.Finding,
            Sample = verdict.Sample.Count == 0 ? null : string.Join('\n', verdict.Sample),
            Duration = duration,
        };

    private static PipelineException Failure(CheckResult[] failed)
    {
        string others = failed.Length > MostNamed ? $"; and {failed.Length - MostNamed} more" : "";
        return new PipelineException(
            FailureKind.Check,
            $"{string.Join("; ", failed.Take(MostNamed).Select(Describe))}{others}",
            "Nothing was changed: what was loaded before is still in the tables. Mend the data or the check, then run the partition again; `checks` shows what each one found.");
    }

    private static string Describe(CheckResult result)
    {
        string sample = result.Sample is null ? "" : $", such as {result.Sample.Split('\n')[0]}";
        return $"the check {result.Check} of {result.Table} failed: {result.Finding} (expected {result.Expected}){sample}";
    }
}
