using System.Globalization;

namespace TypedPipelines.Tests.Partitions;

/// <summary>Short ways to write the instants that the tests are full of.</summary>
internal static class Instants
{
    internal static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, ["yyyy-MM-dd'T'HH'Z'", "yyyy-MM-dd'T'HH:mm'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static string Span(Partition partition) =>
        string.Create(CultureInfo.InvariantCulture, $"[{partition.Start:yyyy-MM-ddTHH:mmZ}, {partition.End:yyyy-MM-ddTHH:mmZ})");

    internal static double Hours(Partition partition) => (partition.End - partition.Start).TotalHours;
}
