using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

[Merge(NullKeys = NullKeys.Match)]
[KeepLatest(nameof(Updated), nameof(Sequence))]
public sealed record Event([property: Key, MaxLength(100)] string? Region, [property: Key] long Id, DateTimeOffset Updated, int Sequence, string? Payload);

[Pipeline("events")]
public sealed partial class EventsPipeline
{
    [Source]
    static IEnumerable<Event> All(Partition partition) => Feed.Take<Event>(partition);
}

[ReplacePartition(nameof(At), OutOfWindow = RowAction.Drop)]
public sealed record Reading(DateTimeOffset At, [Range(0, 100)] double Value);

[Pipeline("readings")]
[HourlyPartitions("2026-01-01", End = "2026-01-03")]
public sealed partial class ReadingsPipeline
{
    [Source]
    static IEnumerable<Reading> All(HourPartition hour) => Feed.Take<Reading>(hour);
}

[ReplacePartition(nameof(Day))]
public sealed record Payment(DateOnly? Day, int Number);

[Pipeline("payments")]
[DailyPartitions("2026-01-01")]
public sealed partial class PaymentsPipeline
{
    [Source]
    static IEnumerable<Payment> All(DayPartition day) => Feed.Take<Payment>(day);
}

[Merge]
public sealed record Account([property: Key, MaxLength(100)] string Name, [property: Key] int Number, int? Balance);

[Pipeline("accounts")]
public sealed partial class AccountsPipeline
{
    [Source]
    static IEnumerable<Account> All(Partition partition) => Feed.Take<Account>(partition);
}

/// <summary>A row that cannot even say what it is.</summary>
public sealed record Sulky(int Id, string What)
{
    public override string ToString() => throw new InvalidOperationException("no.");
}

[Merge]
public sealed record Deed([property: Key, MaxLength(100)] string Name, int Number);

/// <summary>Rows with a behaviour: what a step does with each is what its text says.</summary>
[Pipeline("moody")]
public sealed partial class MoodyPipeline
{
    [Source]
    static IEnumerable<Sulky> All(Partition partition) => Feed.Take<Sulky>(partition);

    [Step]
    static Deed Obey(Sulky row) => row.What switch
    {
        "timeout" => throw new TaskCanceledException("the request timed out."),
        "null" => null!,
        "throw" => throw new FormatException("bad."),
        _ => new Deed(row.What, row.Id),
    };
}

public sealed record Country([property: Key, MaxLength(100)] string Code, string Name);

public sealed record RawCity(string Name, string CountryCode);

[ReplaceTable]
public sealed record City(string Name, string Country);

/// <summary>Both sides of a join come from this pipeline's own sources.</summary>
[Pipeline("cities")]
public sealed partial class CitiesPipeline
{
    [Source]
    static IEnumerable<RawCity> Cities(Partition partition) => Feed.Take<RawCity>(partition);

    [Source]
    static IEnumerable<Country> Countries(Partition partition) => Feed.Take<Country>(partition);

    [Step]
    static City WithCountry(RawCity city, RowLookup<string, Country> countries) => new(city.Name, countries[city.CountryCode].Name);
}
