using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the attribute that cuts a pipeline into partitions.</summary>
internal static class PartitionsParser
{
    private static readonly PartitionsModel None = new(null, "WholePartition", "", null, "UTC", false);

    public static PartitionsModel Parse(INamedTypeSymbol pipeline, Findings findings)
    {
        foreach (AttributeData attribute in pipeline.GetAttributes())
        {
            (string Scheme, string Type, string Format)? found = attribute.AttributeClass switch
            {
                { } type when type.IsRuntime("DailyPartitionsAttribute") => ("Daily", "DayPartition", "yyyy-MM-dd"),
                { } type when type.IsRuntime("HourlyPartitionsAttribute") => ("Hourly", "HourPartition", "yyyy-MM-dd"),
                { } type when type.IsRuntime("MonthlyPartitionsAttribute") => ("Monthly", "MonthPartition", "yyyy-MM"),
                _ => null,
            };
            if (found is not { } kind)
            {
                continue;
            }

            string start = attribute.Argument(0) as string ?? "";
            string? end = attribute.Named<string>("End");
            foreach (string? text in new[] { start, end })
            {
                if (text is not null && !DateTime.TryParseExact(text, kind.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                {
                    findings.Error(RuleIds.PartitionText, attribute, pipeline, $"'{text}' is not of the form {kind.Format}");
                }
            }

            if (end is not null && string.CompareOrdinal(end, start) <= 0)
            {
                findings.Error(RuleIds.PartitionText, attribute, pipeline, $"End '{end}' does not come after the start '{start}'");
            }

            // Which zones there are only the machine knows; some, on Windows, have spaces inside their names.
            string timeZone = attribute.Named("TimeZone", "UTC")!;
            if (timeZone.Length == 0 || timeZone.Trim() != timeZone)
            {
                findings.Error(RuleIds.PartitionText, attribute, pipeline, $"'{timeZone}' is not the name of a time zone, such as Europe/Berlin");
            }

            return new PartitionsModel(kind.Scheme, kind.Type, start, end, timeZone, attribute.Named<bool>("AllowPartial"));
        }

        return None;
    }

    /// <summary>Whether a table that replaces windows can be loaded by a pipeline with these partitions.</summary>
    public static string? Mismatch(PartitionsModel partitions, ContractModel contract)
    {
        if (contract.Strategy == StrategyKind.ReplaceTable && partitions.Scheme is not null)
        {
            return $"{contract.Row.Name} replaces its whole table, so each {partitions.PartitionType} would erase the others; use [ReplacePartition], or a pipeline without partitions";
        }

        if (contract.Strategy != StrategyKind.ReplacePartition || contract.PartitionColumn < 0)
        {
            return null;
        }

        if (partitions.Scheme is null)
        {
            return $"{contract.Row.Name} replaces the rows of a window, and the pipeline has no windows; add [DailyPartitions], [HourlyPartitions] or [MonthlyPartitions]";
        }

        ColumnModel column = contract.Columns.ElementAt(contract.PartitionColumn);
        return partitions.Scheme == "Hourly" && column.Kind == ColumnKind.Date
            ? $"{column.Member} is a date, and the pipeline's windows are hours: each hour would erase its whole day"
            : null;
    }
}
