using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Harbours;

[Merge(Schema = "ref")]
public sealed record Port([property: Key, MaxLength(3)] string Code, string Name);

/// <summary>A sailing.</summary>
[ReplacePartition(nameof(Day))]
[RowCount(Minimum = 1, MaxShareOfMedian = 2.5, SameWeekday = true, Remedy = "See whether the file is whole.")]
[Unique(nameof(Day), nameof(Ticket), Name = "one ticket", Severity = CheckSeverity.Warn)]
public sealed record Sailing(
    DateOnly Day,
    [property: MaxLength(3), References(typeof(Port), nameof(Port.Code), MaxRows = 1)] string? Port,
    [property: MaxLength(9)] string? Ticket,
    [property: Steady(Sum = true), Precision(9, 2)] decimal? Fare,
    [property: MaxNullShare(0.25)] int? Seats,
    [property: Fresh("1.06:00:00", Description = "it is today's")] DateTime? At)
{
    /// <summary>A sailing &amp; its <see cref="Fare"/>
    /// are "real".</summary>
    /// <remarks>Call the harbour,
    /// then run the day again.</remarks>
    [Check(MaxRows = 2, MaxShare = 0.5)]
    internal static bool IsReal(in Sailing row) => row.Fare >= 0;

    [Check(Name = "has seats", Severity = CheckSeverity.Quarantine)]
    public static string? HasSeats(Sailing row) => row.Seats == 0 ? "has none" : null;

    [Check]
    internal static Sql SailsAlone(Staged<Sailing> staged, Table<Port> ports, DayPartition day) => $"""
        select at, count(*) from {staged} where day = {day.Date} and port in (select code from {ports}) group by at having count(*) > 1
        """;
}

[Pipeline("sailings")]
[DailyPartitions("2026-01-01", End = "2026-01-03")]
public sealed partial class SailingsPipeline
{
    [Source]
    static IEnumerable<Sailing> Read(DayPartition day) => [new(day.Date, null, "T1", 9.5m, 3, new DateTime(day.Date, new TimeOnly(20, 0), DateTimeKind.Utc))];
}

[Pipeline("ports")]
public sealed partial class PortsPipeline
{
    [Source]
    static IEnumerable<Port> Read() => [new("AAA", "one")];
}
