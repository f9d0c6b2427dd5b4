using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace TypedPipelines.OperatedTarget;

/// <summary>A ticket that was sold.</summary>
[ReplacePartition(nameof(Day), Table = "tickets")]
[RowCount(Minimum = 2, Description = "Tickets are sold every day.", Remedy = "Call the box office for the whole file, then run the day again.")]
public sealed record Ticket([property: Key] DateOnly Day, [property: Key] int Number, int Price);

/// <summary>The tickets of each day, for whoever pays the actors.</summary>
[Pipeline("tickets", Owner = "box-office")]
[Schedule("* * * * *")]
[DailyPartitions("2026-01-01", End = "2026-01-04")]
public sealed partial class TicketsPipeline
{
    [Source]
    static CsvFiles<Ticket> Landing(DayPartition day) => new($"landing/{day:yyyy-MM-dd}.csv");
}
