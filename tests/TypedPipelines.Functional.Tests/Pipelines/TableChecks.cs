using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

[Merge(Table = "port")]
public sealed record Port([property: Key, MaxLength(3)] string Code, string Name);

[Pipeline("ports")]
public sealed partial class PortsPipeline
{
    [Source]
    static IEnumerable<Port> Landing(Partition all) => Feed.Take<Port>(all);
}

/// <summary>A sailing of the day.</summary>
[ReplacePartition(nameof(Day), Table = "sailing")]
[RowCount(Minimum = 1, MinShareOfMedian = 0.5, MaxShareOfMedian = 2, History = 4, MinHistory = 2)]
[Unique(nameof(Day), nameof(Ticket))]
public sealed record Sailing(
    [property: Key] DateOnly Day,
    [property: Key] int Number,
    [property: MaxLength(3), References(typeof(Port), nameof(Port.Code))] string? Port,
    [property: MaxLength(20)] string? Ticket,
    [property: Steady(History = 10, MinHistory = 3)] double Fare,
    [property: MaxNullShare(0.5, Severity = CheckSeverity.Warn)] int? Seats,
    [property: Fresh("06:00:00", Severity = CheckSeverity.Warn)] DateTimeOffset At)
{
    /// <summary>A sailing has a number.</summary>
    [Check]
    internal static bool HasNumber(Sailing row) => row.Number > 0;

    /// <summary>Nobody pays to be <see cref="Sailing"/>
    /// paid &lt; 0.</summary>
    [Check(Name = "fare is paid", Severity = CheckSeverity.Quarantine, MaxShare = 0.5)]
    internal static string? FareIsPaid(in Sailing row) => row.Fare >= 0 ? null : "somebody is paid for sailing";

    [Check(Severity = CheckSeverity.Warn, MaxRows = 1)]
    internal static bool HasSeats(Sailing row) => row.Seats is not 0;

    /// <summary>Two sailings at one time are one too many.</summary>
    [Check(MaxRows = 1)]
    internal static Sql SailsAlone(Staged<Sailing> staged, Table<Port> ports, Partition day) => $"""
        select s.at, count(*) as sailings
        from {staged} as s
        where s.day >= {day.Window.StartDate} and s.fare <> {0.125} and (s.port is null or s.port in (select code from {ports}))
        group by s.at
        having count(*) > 1
        """;
}

[Pipeline("sailings")]
[DailyPartitions("2026-01-01")]
public sealed partial class SailingsPipeline
{
    [Source]
    static IEnumerable<Sailing> Landing(DayPartition day) => Feed.Take<Sailing>(day);
}

public sealed record Note(int Id);

/// <summary>What refers to a row that comes in the same run, or was there.</summary>
[Merge(Table = "leaf")]
public sealed record Leaf([property: Key] int Id, [property: References(typeof(Tree), nameof(Tree.Id))] int Tree);

[Merge(Table = "tree")]
public sealed record Tree([property: Key] int Id)
{
    /// <summary>What is planted once is not planted again, by this table itself and by that of its leaves.</summary>
    [Check(Severity = CheckSeverity.Warn)]
    internal static Sql IsNew(Staged<Tree> staged, Table<Tree> trees, Table<Leaf> leaves, Staged<Leaf> unfolded) => $"""
        select s.id
        from {staged} as s
        where s.id in (select id from {trees}) and s.id in (select id from {leaves}) and s.id not in (select id from {unfolded} where id < 0)
        """;
}

/// <summary>Two tables of one run: what one of them fails keeps the other as it was, too.</summary>
[Pipeline("trees")]
public sealed partial class TreesPipeline
{
    [Source]
    static IEnumerable<Note> Landing(Partition all) => Feed.Take<Note>(all);

    [Step]
    static Tree? Grow(Note note) => note.Id >= 0 ? new Tree(note.Id) : null;

    [Step]
    static Leaf Unfold(Note note) => new(note.Id, Math.Abs(note.Id));
}
