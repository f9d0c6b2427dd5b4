using System.Globalization;
using System.Text.Json;
using TypedPipelines.Running;

namespace TypedPipelines.OpenLineage;

/// <summary>
/// What came of the checks of a run, as OpenLineage has it: of the run all of them, of a table those that said something of its rows. What they found, and the rows that
/// break them, stays in the ledger: it can hold values of rows.
/// </summary>
internal static class LineageChecks
{
    /// <summary>Writes what came of all checks of a run, also of those that were not made; nothing where there is none.</summary>
    internal static void WriteRun(Utf8JsonWriter json, PipelineDescriptor pipeline, PartitionResult result)
    {
        if (result.Checks.Count == 0)
        {
            return;
        }

        LineageEvent.Begin(json, "test", "1-0-1", "TestRunFacet");
        json.WriteStartArray("tests");
        foreach (CheckResult each in result.Checks)
        {
            json.WriteStartObject();
            json.WriteString("name", $"{each.Table}.{each.Check}");
            json.WriteString("status", SuccessOf(each.Outcome) switch
            {
                true => "pass",
                false => "fail",
                null => "skip",
            });
            json.WriteString("type", TypeOf(FindCheck(pipeline, each)));
            WriteCommon(json, pipeline, each);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what the checks said of a table's rows; nothing where they said nothing.</summary>
    internal static void WriteTable(Utf8JsonWriter json, PipelineDescriptor pipeline, TableContract contract, PartitionResult result)
    {
        CheckResult[] made = [.. result.Checks.Where(each => each.Table == contract.DisplayName && SuccessOf(each.Outcome) is not null)];
        if (made.Length == 0)
        {
            return;
        }

        LineageEvent.Begin(json, "dataQualityAssertions", "1-1-0", "DataQualityAssertionsDatasetFacet");
        json.WriteStartArray("assertions");
        foreach (CheckResult each in made)
        {
            TableCheck? check = FindCheck(pipeline, each);
            json.WriteStartObject();
            json.WriteString("assertion", TypeOf(check));
            json.WriteBoolean("success", SuccessOf(each.Outcome)!.Value);
            json.WriteString("name", each.Check);
            if (ColumnOf(check) is { } column)
            {
                json.WriteString("column", contract.Columns[column].Name);
            }

            WriteCommon(json, pipeline, each);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, PipelineDescriptor pipeline, CheckResult result)
    {
        json.WriteString("severity", result.Severity switch
        {
            CheckSeverity.Fail => "error",
            CheckSeverity.Warn => "warn",
            _ => "quarantine",
        });
        if (FindCheck(pipeline, result)?.Description is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteString("expected", result.Expected);
        if (result.Observed is { } observed)
        {
            json.WriteString("actual", observed.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether a check found nothing wrong; null where it was not made, or had nothing to compare with.</summary>
    private static bool? SuccessOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => true,
        CheckOutcome.Warned or CheckOutcome.Quarantined or CheckOutcome.Failed => false,
        _ => null,
    };

    private static TableCheck? FindCheck(PipelineDescriptor pipeline, CheckResult result) => pipeline.Loads
        .FirstOrDefault(load => load.Contract.DisplayName == result.Table)?.Contract.Checks
        .FirstOrDefault(check => check.Name == result.Check);

    private static string TypeOf(TableCheck? check) => check switch
    {
        RowCountCheck => "row_count",
        FreshCheck => "freshness",
        NullShareCheck => "null_share",
        SteadyCheck => "anomaly",
        StatementCheck => "custom_sql",
        DeclaredCheck { Other: not null } => "relationships",
        DeclaredCheck => "unique",
        _ => "row",
    };

    private static int? ColumnOf(TableCheck? check) => check switch
    {
        FreshCheck fresh => fresh.Column,
        NullShareCheck nulls => nulls.Column,
        SteadyCheck steady => steady.Column,
        _ => null,
    };
}
