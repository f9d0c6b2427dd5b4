namespace TypedPipelines.PostgreSql;

/// <summary>Dates and times as PostgreSQL counts them: in days and microseconds since the beginning of 2000.</summary>
internal static class PostgreSqlTime
{
    internal const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    internal static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber;

    internal static readonly long EpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
}
