namespace TypedPipelines.Schedules;

/// <summary>When a pipeline is run: what <see cref="ScheduleAttribute"/> declares, ready to be asked.</summary>
public sealed class PipelineSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="cron">The times, in cron's five fields.</param>
    /// <param name="timeZone">The IANA name of the time zone.</param>
    /// <exception cref="PipelineException">This machine does not know the time zone.</exception>
    public PipelineSchedule(string cron, string timeZone = "UTC")
    {
        ArgumentNullException.ThrowIfNull(cron);
        Cron = cron;
        Zone = PartitionText.Zone(timeZone);
    }

    /// <summary>The times, in cron's five fields: minute, hour, day of the month, month, day of the week.</summary>
    public string Cron { get; }

    /// <summary>The time zone whose clock is meant.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Both, for people.</summary>
    public override string ToString() => $"{Cron} {Zone.Id}";
}
