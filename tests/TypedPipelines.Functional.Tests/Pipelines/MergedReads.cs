using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>A row that changes after its day: sent again, seen elsewhere, lost.</summary>
[Merge(DeleteMarker = nameof(Lost))]
public sealed record Consignment(
    [property: Key] int Id, DateOnly Sent, [MaxLength(20)] string Place, bool Lost, DateTimeOffset? Seen = null, [property: InsertOnly] DateOnly? Added = null);

[Pipeline("consignments")]
[DailyPartitions("2026-01-01")]
public sealed partial class ConsignmentsPipeline
{
    [Source]
    static IEnumerable<Consignment> Landing(DayPartition day) => Feed.Take<Consignment>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record ConsignmentDay([property: Key] DateOnly Day, long Consignments);

[Pipeline("consignment-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class ConsignmentDaysPipeline
{
    [SqlStep]
    static Sql<ConsignmentDay> CountSent(Table<Consignment> consignments, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as consignments
        from {consignments} as p
        where p.sent >= {day.Window.StartDate} and p.sent < {day.Window.EndDate} and p.place <> {"nowhere"}
        """;
}

[ReplacePartition(nameof(Day))]
public sealed record ConsignmentSight([property: Key] DateOnly Day, long Consignments);

/// <summary>By instants, in a time zone of its own.</summary>
[Pipeline("consignment-sights")]
[DailyPartitions("2026-01-01", TimeZone = "Europe/Berlin")]
public sealed partial class ConsignmentSightsPipeline
{
    [SqlStep]
    static Sql<ConsignmentSight> CountSeen(Table<Consignment> consignments, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as consignments from {consignments}
        where {day.Start} <= seen and seen < {day.End}
        """;
}

[ReplacePartition(nameof(Day))]
public sealed record ConsignmentTrend([property: Key] DateOnly Day, long Consignments);

/// <summary>Of its own day and the two before.</summary>
[Pipeline("consignment-trends")]
[DailyPartitions("2026-01-03")]
public sealed partial class ConsignmentTrendsPipeline
{
    [SqlStep]
    static Sql<ConsignmentTrend> Count([EarlierWindows(2)] Table<Consignment> consignments, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as consignments from {consignments}
        where sent between {day.Date.AddDays(-2)} and {day.Date}
        """;
}

[ReplacePartition(nameof(Day))]
public sealed record RideConsignment([property: Key] DateOnly Day, [property: Key] int Id, [MaxLength(20)] string Place);

/// <summary>The day's rides with what is known of a consignment: by its key, whatever its times are.</summary>
[Pipeline("ride-consignments")]
[DailyPartitions("2026-01-01")]
public sealed partial class RideConsignmentsPipeline
{
    [SqlStep]
    static Sql<RideConsignment> Join(Table<Ride> rides, Table<Consignment> consignments, DayPartition day) => $"""
        select r.day, r.id, p.place
        from {rides} as r
        join {consignments} as p on p.id = r.id
        where r.day = {day.Date}
        """;
}

/// <summary>Of a shelf a batch has all there is.</summary>
[Merge]
[DeleteMissing(DeleteScope.Group, nameof(Shelf), MaxDeletedShare = 1)]
public sealed record Stored([property: Key] int Id, [MaxLength(20)] string Shelf, DateOnly Since);

[Pipeline("stored")]
[DailyPartitions("2026-01-01")]
public sealed partial class StoredPipeline
{
    [Source]
    static IEnumerable<Stored> Landing(DayPartition day) => Feed.Take<Stored>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record StoredDay([property: Key] DateOnly Day, long Items);

[Pipeline("stored-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class StoredDaysPipeline
{
    [SqlStep]
    static Sql<StoredDay> Count(Table<Stored> stored, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as items from {stored} where since = {day.Date}
        """;
}

/// <summary>Null is a shelf mark like any other.</summary>
[Merge(NullKeys = NullKeys.Match)]
public sealed record Loan([property: Key] int Id, [property: Key, MaxLength(20)] string? Mark, DateOnly Lent, [MaxLength(20)] string Reader);

[Pipeline("loans")]
[DailyPartitions("2026-01-01")]
public sealed partial class LoansPipeline
{
    [Source]
    static IEnumerable<Loan> Landing(DayPartition day) => Feed.Take<Loan>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record LoanDay([property: Key] DateOnly Day, long Loans);

[Pipeline("loan-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class LoanDaysPipeline
{
    [SqlStep]
    static Sql<LoanDay> Count(Table<Loan> loans, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as loans from {loans} where lent = {day.Date}
        """;
}

/// <summary>What holds from one day to another.</summary>
[Merge]
public sealed record Bargain([property: Key] int Id, DateOnly Since, DateOnly Until);

[Pipeline("bargains")]
[HourlyPartitions("2026-01-01")]
public sealed partial class BargainsPipeline
{
    [Source]
    static IEnumerable<Bargain> Landing(HourPartition hour) => Feed.Take<Bargain>(hour);
}

[ReplacePartition(nameof(Hour))]
public sealed record BargainHour([property: Key] DateTimeOffset Hour, long Bargains);

[Pipeline("bargain-hours")]
[HourlyPartitions("2026-01-01")]
public sealed partial class BargainHoursPipeline
{
    [SqlStep]
    static Sql<BargainHour> Count(Table<Bargain> bargains, HourPartition hour) => $"""
        select {hour.Start} as hour, cast(count(*) as bigint) as bargains from {bargains} where {hour.Window.StartDate} between since and until
        """;
}

[ReplacePartition(nameof(Day))]
public sealed record BargainTotal([property: Key] DateOnly Day, long Bargains);

/// <summary>All that began until the day, whenever that was.</summary>
[Pipeline("bargain-totals")]
[DailyPartitions("2026-01-01")]
public sealed partial class BargainTotalsPipeline
{
    [SqlStep]
    static Sql<BargainTotal> Count([EarlierWindows(EarlierWindowsAttribute.All)] Table<Bargain> bargains, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as bargains from {bargains} where since <= {day.Date}
        """;
}

/// <summary>An event that may come after its day: of a run.</summary>
[ReplaceRun(nameof(Run))]
public sealed record BirdSighting(string Bird, DateOnly Seen, string Run = "");

[Pipeline("bird-sightings")]
[DailyPartitions("2026-01-01")]
public sealed partial class BirdSightingsPipeline
{
    [Source]
    static IEnumerable<BirdSighting> Landing(DayPartition day) => Feed.Take<BirdSighting>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record BirdSightingDay([property: Key] DateOnly Day, long Birds);

[Pipeline("bird-sighting-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class BirdSightingDaysPipeline
{
    [SqlStep]
    static Sql<BirdSightingDay> Count(Table<BirdSighting> sightings, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as birds from {sightings} where seen >= {day.Window.StartDate} and seen < {day.Window.EndDate}
        """;
}

/// <summary>An event that may come after its day: appended.</summary>
#pragma warning disable TP1001 // That is what it is for: nothing runs a second time here.
[Append]
public sealed record DoorKnock(int Door, DateOnly Heard);
#pragma warning restore TP1001

[Pipeline("knocks")]
[DailyPartitions("2026-01-01")]
public sealed partial class DoorKnocksPipeline
{
    [Source]
    static IEnumerable<DoorKnock> Landing(DayPartition day) => Feed.Take<DoorKnock>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record DoorKnockDay([property: Key] DateOnly Day, long Doors);

[Pipeline("knock-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class DoorKnockDaysPipeline
{
    [SqlStep]
    static Sql<DoorKnockDay> Count(Table<DoorKnock> knocks, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as doors from {knocks} where heard = {day.Date}
        """;
}
