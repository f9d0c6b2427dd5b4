using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>What a statement gives and no table holds: in any order, by name, with what no table has said of its columns.</summary>
public sealed record CityFares(string City, [property: Column("number_of_rides")] long Rides)
{
    public decimal? Fares { get; init; }

    public required Mood Mood { get; init; }

    public string Shown => $"{City}: {Rides}";
}

public sealed record CityName([property: Key] string City, string Name);

[ReplacePartition(nameof(Day))]
public sealed record CityMood([property: Key] DateOnly Day, [property: Key, MaxLength(80)] string City, long Rides, [Precision(12, 2)] decimal Fares, Mood Mood);

/// <summary>The destination adds up, C# goes on with it row by row, and looks up what another statement has found.</summary>
[Pipeline("city-moods")]
[DailyPartitions("2026-01-01")]
public sealed partial class CityMoodsPipeline
{
    [SqlStep]
    static Sql<CityFares> Add(Table<Ride> rides, DayPartition day) => $"""
        select {Mood.High} as mood, sum(fare) as fares, cast(count(*) as bigint) as number_of_rides, city
        from {rides} where day = {day.Date} group by city
        """;

    [SqlStep]
    static Sql<CityName> Name(Table<Ride> rides) => $"select distinct city, upper(city) as name from {rides} where city <> {"nowhere"}";

    [Step]
    static CityMood? Judge(CityFares fares, DayPartition day, RowLookup<string, CityName> names) => names.TryFind(fares.City, out CityName? city)
        ? new(day.Date, city.Name, fares.Rides, fares.Fares ?? 0, fares.Fares > 5 ? fares.Mood : Mood.Low)
        : null;
}

/// <summary>A row of which there are far too many to hold.</summary>
public readonly record struct Pairing(int First, int Last);

[ReplaceTable]
public sealed record PairingCount([property: Key] int First, long Pairings);

/// <summary>Six times all rides with each other, while a step in C# counts them.</summary>
[Pipeline("pairings")]
public sealed partial class PairingsPipeline
{
    [SqlStep]
    static Sql<Pairing> Pair(Table<Ride> rides) => $"""
        select f.id as last, a.id as first
        from {rides} as a cross join {rides} as b cross join {rides} as c cross join {rides} as d cross join {rides} as e cross join {rides} as f
        """;

    [Step]
    static async IAsyncEnumerable<PairingCount> Count(IAsyncEnumerable<Pairing> pairings)
    {
        var counts = new SortedDictionary<int, long>();
        await foreach (Pairing pairing in pairings)
        {
            counts[pairing.First] = counts.GetValueOrDefault(pairing.First) + 1;
        }

        foreach ((int first, long number) in counts)
        {
            yield return new PairingCount(first, number);
        }
    }
}

public sealed record Sighting(byte Id, string City)
{
    /// <summary>What the row has found out itself, and no column holds.</summary>
    [NotMapped]
    public string Note { get; set; } = "";
}

[Merge]
public sealed record Seen([property: Key] int Id, [MaxLength(80)] string City);

/// <summary>Statements that something is wrong with, and rows that no table takes.</summary>
[Pipeline("sightings")]
public sealed partial class SightingsPipeline
{
    [SqlStep]
    static Sql<Sighting> Look(Table<Ride> rides, Partition all)
    {
        switch (Feed.Take<Attempt>(all).Single().Name)
        {
            case "right":
                return $"select cast(id as smallint) as id, city from {rides}";
#pragma warning disable TP4032 // What the compiler tells, the destination has to tell, too.
            case "other columns":
                return $"select id as number, city, fare from {rides}";
            case "a write":
                return $"delete from {rides}";
            case "other type":
                return $"select city as id, city from {rides}";
#pragma warning restore TP4032
            case "all columns":
                return $"select * from {rides}";
            case "computed type":
                return $"select upper(city) as id, city from {rides}";
            case "too large":
                return $"select cast(id + 256 as smallint) as id, city from {rides}";
            case "null":
                return $"select cast(id as smallint) as id, cast({null as string} as varchar(10)) as city from {rides}";
            default:
                throw new InvalidOperationException("no such attempt");
        }
    }

    [Step]
    static Seen See(Sighting sighting) => new(sighting.Id, sighting.City + sighting.Note);
}
