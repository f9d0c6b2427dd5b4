using System.Globalization;

namespace TypedPipelines.Sqlite;

/// <summary>The values of a statement's holes as SQLite keeps those of columns.</summary>
internal static class StepValues
{
    internal static object? Of(SqlValue value) => value.Value switch
    {
        short number => (long)number,
        float real => Real(real),
        double real => Real(real),
        decimal number => Number(number),
        DateOnly date => SqliteText.Of(date),
        TimeOnly time => SqliteText.Of(time),
        _ => value.Value,
    };

    private static object Real(double value) => double.IsNaN(value) ? throw Refused("is not a number, which SQLite would take for null") : value;

    /// <summary>As columns of up to fifteen digits keep one. What needs more has no number at SQLite, and is not rounded.</summary>
    private static object Number(decimal value)
    {
        if (decimal.IsInteger(value) && value is >= long.MinValue and <= long.MaxValue)
        {
            return (long)value;
        }

        double real = (double)value;
        return Math.Abs(real) < 1e28 && (decimal)real == value
            ? real
            : throw Refused(string.Create(CultureInfo.InvariantCulture, $"is the decimal {value}, which has more digits than a number of SQLite"));
    }

    private static PipelineException Refused(string what) => new(
        FailureKind.Step, $"the value of a hole {what}", "Give another value, or a text to compare with a column that holds texts.");
}
