using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the attribute that cuts a pipeline into partitions.</summary>
internal static class PartitionsParser
{
    private const string Files = "Files";

    /// <summary>.NET knows no form of a date that has a quarter in it.</summary>
    private const string Quarter = "yyyy-Qn";

    private static readonly PartitionsModel None = new(null, "WholePartition", "", null, "UTC", false, 0);

    public static PartitionsModel Parse(INamedTypeSymbol pipeline, Findings findings)
    {
        foreach (AttributeData attribute in pipeline.GetAttributes())
        {
            if (attribute.AttributeClass.IsRuntime("FilePartitionsAttribute"))
            {
                string files = attribute.Argument(0) as string ?? "";
                if (files.Trim().Length == 0)
                {
                    findings.Error(RuleIds.PartitionText, attribute, pipeline, "no files are named, such as landing/orders/*.csv");
                }

                return new PartitionsModel(Files, "FilePartition", files, null, "UTC", false, 0);
            }

            (string Scheme, string Type, string Format)? found = attribute.AttributeClass switch
            {
                { } type when type.IsRuntime("DailyPartitionsAttribute") => ("Daily", "DayPartition", "yyyy-MM-dd"),
                { } type when type.IsRuntime("HourlyPartitionsAttribute") => ("Hourly", "HourPartition", "yyyy-MM-dd"),
                { } type when type.IsRuntime("MonthlyPartitionsAttribute") => ("Monthly", "MonthPartition", "yyyy-MM"),
                { } type when type.IsRuntime("QuarterlyPartitionsAttribute") => ("Quarterly", "QuarterPartition", Quarter),
                { } type when type.IsRuntime("YearlyPartitionsAttribute") => ("Yearly", "YearPartition", "yyyy"),
                _ => null,
            };
            if (found is not { } kind)
            {
                continue;
            }

            string start = attribute.Argument(0) as string ?? "";
            string? end = attribute.Named<string>("End");
            foreach ((string? text, Location? at) in new[] { (start, attribute.Location(0)), (end, attribute.Location("End")) })
            {
                if (text is not null && !IsOfForm(text, kind.Format))
                {
                    findings.ErrorIn(RuleIds.PartitionText, attribute, at, pipeline, $"'{text}' is not of the form {kind.Format}{(kind.Scheme == "Hourly" ? ": hours are listed from the first of a day on" : "")}");
                }
            }

            if (end is not null && string.CompareOrdinal(end, start) <= 0)
            {
                findings.ErrorIn(RuleIds.PartitionText, attribute, attribute.Location("End"), pipeline, $"End '{end}' does not come after the start '{start}'");
            }

            // Which zones there are only the machine knows; some, on Windows, have spaces inside their names.
            string timeZone = attribute.Named("TimeZone", "UTC")!;
            if (timeZone.Length == 0 || timeZone.Trim() != timeZone)
            {
                findings.ErrorIn(RuleIds.PartitionText, attribute, attribute.Location("TimeZone"), pipeline, $"'{timeZone}' is not the name of a time zone, such as Europe/Berlin");
            }

            int lookBack = attribute.Named<int>("LookBack");
            if (lookBack < 0)
            {
                findings.ErrorIn(RuleIds.PartitionText, attribute, attribute.Location("LookBack"), pipeline, "LookBack is a number of windows, 0 or more");
            }

            string? due = attribute.Named<string>("DueWithin");
            if (due is not null && !(TimeSpan.TryParseExact(due, "c", CultureInfo.InvariantCulture, out TimeSpan within) && within >= TimeSpan.Zero))
            {
                findings.ErrorIn(RuleIds.PartitionText, attribute, attribute.Location("DueWithin"), pipeline, $"DueWithin '{due}' is no length of time; write it like 06:00:00, or 2.00:00:00 for two days");
            }

            return new PartitionsModel(kind.Scheme, kind.Type, start, end, timeZone, attribute.Named<bool>("AllowPartial"), lookBack) { DueWithin = due };
        }

        return None;
    }

    /// <summary>Why a table cannot be loaded by a pipeline with these partitions; null where it can.</summary>
    public static string? Mismatch(PartitionsModel partitions, ContractModel contract)
    {
        string row = contract.Row.Name;
        bool hasWindows = partitions.Scheme is not (null or Files);
        switch (contract.Strategy)
        {
            case StrategyKind.ReplaceTable when partitions.Scheme is not null:
                return $"{row} replaces its whole table, so each {partitions.PartitionType} would erase the others; use [ReplacePartition], or a pipeline without partitions";
            case StrategyKind.ReplaceFile when partitions.Scheme != Files:
                return $"{row} replaces the rows of a file, and the pipeline's partitions are no files; add [FilePartitions], or use [ReplaceRun]";
            case StrategyKind.ReplacePartition when !hasWindows:
                return $"{row} replaces the rows of a window, and the pipeline has no windows; add [DailyPartitions], or those of hours, months, quarters or years";
            case StrategyKind.Snapshot or StrategyKind.History when partitions.Scheme == Files:
                return $"{row} goes by the time of a run, and the pipeline's partitions are files, which have none";
            case StrategyKind.Merge when contract.DeleteMissing?.Scope == DeleteScopeKind.Window && !hasWindows:
                return $"{row} deletes what is missing in a window, and the pipeline has no windows; add [DailyPartitions], or those of hours, months, quarters or years";
        }

        if (partitions.Scheme != "Hourly" || contract.WindowColumn < 0 || contract.Columns[contract.WindowColumn] is not { Kind: ColumnKind.Date } column)
        {
            return null;
        }

        return $"{column.Member} is a date, and the pipeline's windows are hours: each hour would erase its whole day";
    }

    private static bool IsOfForm(string text, string format) => format == Quarter
        ? text.Length == 7 && text[4] == '-' && text[5] == 'Q' && text[6] is >= '1' and <= '4' && IsOfForm(text.Substring(0, 4), "yyyy")
        : DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
