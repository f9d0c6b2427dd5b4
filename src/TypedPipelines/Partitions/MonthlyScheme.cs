namespace TypedPipelines;

internal sealed class MonthlyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : CalendarScheme(start, end, months: 1, zone, allowPartial)
{
    public override string Kind => "monthly";

    public override string KeyForm => "months such as 2001-01";

    private protected override bool TryRead(string key, out DateOnly first) => PartitionText.TryMonth(key, out first);

    private protected override string KeyOf(DateOnly first) => MonthPartition.KeyOf(first);

    private protected override Partition Create(DateOnly first) => new MonthPartition(first, Zone);
}
