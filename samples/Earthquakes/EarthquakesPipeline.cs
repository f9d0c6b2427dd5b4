using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using TypedPipelines;

namespace Earthquakes;

/// <summary>A report of an event as the feed gives it; times are milliseconds since 1970.</summary>
public sealed record RawReport(string Id, RawProperties Properties, RawGeometry Geometry);

public sealed record RawProperties(double? Mag, string Place, long Time, long Updated, string Status, string Type);

/// <summary>Longitude, latitude, and depth in kilometres.</summary>
public sealed record RawGeometry(IReadOnlyList<double> Coordinates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RawReport))]
public sealed partial class FeedJson : JsonSerializerContext;

/// <summary>
/// An event in its latest form: seismologists revise the first, automatic report for days. An older report never overwrites a newer one,
/// whichever day is loaded last.
/// </summary>
[Table("earthquakes")]
[Merge(Version = nameof(Updated))]
public sealed record Earthquake(
    [property: Key, MaxLength(20)] string Id,
    DateTimeOffset Time,
    DateTimeOffset Updated,
    [Range(-3, 10)] double? Magnitude,
    [MaxLength(200)] string Place,
    [MaxLength(20)] string Status,
    [MaxLength(20)] string Kind,
    [Range(-90, 90)] double Latitude,
    [Range(-180, 180)] double Longitude,
    double DepthKilometres);

[Pipeline("earthquakes", Owner = "data-platform", Description = "Events of the earth's crust, each in its latest form.")]
[DailyPartitions("2018-01-31", End = "2018-02-08")]
public sealed partial class EarthquakesPipeline(HttpClient feed)
{
    /// <summary>What was reported in the window, also of events before it.</summary>
    [Source]
    HttpPages<RawReport> Reports(DayPartition day) => new(feed, $"reports?from={day.Start:O}&to={day.End:O}", FeedJson.Default.RawReport)
    {
        Rows = "features",
        Paging = Paging.Offset("offset"),
    };

    [Step]
    static Earthquake Flatten(RawReport raw) => new(
        raw.Id,
        DateTimeOffset.FromUnixTimeMilliseconds(raw.Properties.Time),
        DateTimeOffset.FromUnixTimeMilliseconds(raw.Properties.Updated),
        raw.Properties.Mag,
        raw.Properties.Place,
        raw.Properties.Status,
        raw.Properties.Type,
        raw.Geometry.Coordinates[1],
        raw.Geometry.Coordinates[0],
        raw.Geometry.Coordinates[2]);
}
