using System.Globalization;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Numbers and instants as they are printed: alike on every machine, whatever its language.</summary>
internal static class Invariant
{
    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A share: <c>2 %</c>, <c>0.5 %</c>.</summary>
    internal static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    internal static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time that nobody waits for with a stopwatch: <c>12 s</c>, <c>3 min</c>, <c>5 h 20 min</c>.</summary>
    internal static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => "less than a second",
        < 120 => $"{Text((long)Math.Round(time.TotalSeconds))} s",
        < 7200 => $"{Text((long)Math.Round(time.TotalMinutes))} min",
        _ => $"{Text((long)time.TotalHours)} h {Text(time.Minutes)} min",
    };

    /// <summary>A number of things: <c>1 partition</c>, <c>2 partitions</c>.</summary>
    internal static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{Text(number)} {thing}s";
}
