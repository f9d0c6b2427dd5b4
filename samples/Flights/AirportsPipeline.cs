using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Flights;

/// <summary>A line of <c>landing/airports.csv</c>.</summary>
public sealed record RawAirport(string Iata, string Name, string City, string State, string Country, double Latitude, double Longitude);

/// <summary>An airport, known by its code: a re-run updates what changed and inserts what is new.</summary>
[Table("airports")]
[Merge]
public sealed record Airport(
    [property: Key, Required, MaxLength(4)] string Iata,
    [MaxLength(100)] string Name,
    [MaxLength(100)] string? City,
    [MaxLength(2)] string? State,
    [MaxLength(100)] string Country,
    [Range(-90, 90)] double Latitude,
    [Range(-180, 180)] double Longitude);

[Pipeline("airports", Owner = "data-platform", Description = "The airports that flights refer to.")]
public sealed partial class AirportsPipeline
{
    [Source]
    static CsvFiles<RawAirport> Landing() => new("landing/airports.csv");

    /// <summary>The file writes NA where a city or state is not known.</summary>
    [Step]
    static Airport Clean(RawAirport raw) => new(
        raw.Iata, raw.Name, KnownOrNull(raw.City), KnownOrNull(raw.State), raw.Country, raw.Latitude, raw.Longitude);

    static string? KnownOrNull(string text) => text == "NA" ? null : text;
}
