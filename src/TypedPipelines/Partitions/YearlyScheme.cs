namespace TypedPipelines;

internal sealed class YearlyScheme(DateOnly start, DateOnly? end, TimeZoneInfo zone, bool allowPartial) : CalendarScheme(start, end, months: 12, zone, allowPartial)
{
    public override string Kind => "yearly";

    public override string KeyForm => "years such as 2001";

    private protected override bool TryRead(string key, out DateOnly first) => PartitionText.TryYear(key, out first);

    private protected override string KeyOf(DateOnly first) => YearPartition.KeyOf(first);

    private protected override Partition Create(DateOnly first) => new YearPartition(first, Zone);
}
