namespace TypedPipelines;

/// <summary>
/// Marks a static method that gives a statement, which the destination runs, and whose rows are loaded, go into steps, or both:
/// <code>
/// [SqlStep]
/// static Sql&lt;DelayByDay&gt; Summarise(Table&lt;Flight&gt; flights, DayPartition day) => $"""
///     select flight_date, origin, avg(delay_minutes) as mean_delay
///     from {flights}
///     where flight_date = {day.Date}
///     group by flight_date, origin
///     """;
/// </code>
/// A <see cref="Table{TRow}"/> becomes its quoted name, and makes the pipeline one that reads that table; every other value becomes a
/// parameter, never a part of the text. It takes tables that other pipelines load and the partition, in any order. The columns that it
/// selects are those of its row type, by name. Where that carries no load strategy, there is no table, and the rows go into the steps that take them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlStepAttribute : Attribute
{
}
