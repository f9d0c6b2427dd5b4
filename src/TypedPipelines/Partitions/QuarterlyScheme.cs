namespace TypedPipelines;

internal sealed class QuarterlyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : CalendarScheme(start, end, months: 3, zone, allowPartial)
{
    public override string Kind => "quarterly";

    public override string KeyForm => "quarters such as 2001-Q1";

    private protected override bool TryRead(string key, out DateOnly first) => PartitionText.TryQuarter(key, out first);

    private protected override string KeyOf(DateOnly first) => QuarterPartition.KeyOf(first);

    private protected override Partition Create(DateOnly first) => new QuarterPartition(first, Zone);
}
