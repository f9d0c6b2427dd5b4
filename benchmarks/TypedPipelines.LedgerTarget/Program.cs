using System.ComponentModel.DataAnnotations;
using TypedPipelines;

// 10,000 days of one pipeline: what `plan`, `status` and `report` cost where a ledger is large. ledger.sh beside this fills and measures it.
var app = PipelineApp.Create(args);
app.AddPipelines();
app.UseSqlite("Data Source=ledger.db");
app.UsePostgreSql("Host=127.0.0.1;Database=ledger");
return await app.RunAsync();

namespace TypedPipelines.LedgerTarget
{
    /// <summary>A row of a day.</summary>
    [ReplacePartition(nameof(Day))]
    [RowCount(Minimum = 1)]
    public sealed record Reading([property: Key] DateOnly Day, [property: Key] int Hour, double Value);

    /// <summary>Ten thousand days.</summary>
    [Pipeline("readings", Owner = "measurements")]
    [DailyPartitions("1999-01-01", End = "2026-05-19")]
    public sealed partial class ReadingsPipeline
    {
        [Source]
        static IEnumerable<Reading> All(DayPartition day)
        {
            for (int hour = 0; hour < 24; hour++)
            {
                yield return new Reading(day.Date, hour, day.Date.DayNumber + hour);
            }
        }
    }
}
