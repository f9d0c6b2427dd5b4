using System.Globalization;

namespace TypedPipelines.Running;

/// <summary>Numbers as the messages of checks show them.</summary>
internal static class CheckNumber
{
    internal static string Show(double value) => value.ToString(Math.Abs(value) is >= 1e15 or (> 0 and < 1e-3) ? "0.###E+0" : "0.###", CultureInfo.InvariantCulture);

    internal static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    internal static string Rows(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row" : "rows")}");
}
