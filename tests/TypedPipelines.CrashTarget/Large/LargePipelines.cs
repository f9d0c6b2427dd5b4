using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;

namespace TypedPipelines.CrashTarget;

/// <summary>A row of a day that is replaced.</summary>
[Table("large_days")]
[ReplacePartition(nameof(Day))]
public sealed record LargeDay([property: Key] long Id, DateOnly Day, string Text);

/// <summary>A row that is merged.</summary>
[Table("large_things")]
[Merge]
public sealed record LargeThing([property: Key] long Id, DateOnly Day, string Text);

/// <summary>Loads the rows of the version that LARGE_VERSION names, and says when the first is read.</summary>
[Pipeline("large-days", Owner = "tests")]
[DailyPartitions("2024-03-01")]
public sealed partial class LargeDaysPipeline
{
    [Source]
    static IEnumerable<LargeDay> Rows(DayPartition day) => Version.Rows().Select(row => new LargeDay(row.Id, day.Date, row.Text));
}

/// <summary>The same, merged.</summary>
[Pipeline("large-things", Owner = "tests")]
[DailyPartitions("2024-03-01")]
public sealed partial class LargeThingsPipeline
{
    [Source]
    static IEnumerable<LargeThing> Rows(DayPartition day) => Version.Rows().Select(row => new LargeThing(row.Id, day.Date, row.Text));
}

file static class Version
{
    internal static IEnumerable<(long Id, string Text)> Rows()
    {
        Console.WriteLine("reading");
        foreach ((long Id, string Text) row in LargeRows.Of(int.Parse(Environment.GetEnvironmentVariable("LARGE_VERSION")!, CultureInfo.InvariantCulture)))
        {
            yield return row;
        }
    }
}
