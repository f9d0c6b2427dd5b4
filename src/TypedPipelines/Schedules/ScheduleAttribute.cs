namespace TypedPipelines;

/// <summary>
/// When <c>serve</c> runs a pipeline: it loads then what <c>backfill</c> would. Five fields, as cron has them: minute, hour, day of the month, month, day of the week.
/// </summary>
/// <param name="cron">The times, such as <c>0 6 * * *</c> for six o'clock every day, or <c>*/15 8-17 * * MON-FRI</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ScheduleAttribute(string cron) : Attribute
{
    /// <summary>The times, in cron's five fields.</summary>
    public string Cron { get; } = cron;

    /// <summary>The IANA name of the time zone whose clock is meant. UTC unless set.</summary>
    public string TimeZone { get; set; } = "UTC";
}
