namespace TypedPipelines;

internal sealed class WholeScheme() : PartitionScheme(TimeZoneInfo.Utc, allowPartial: false)
{
    private static readonly WholePartition Everything = new();

    public override string Kind => "none";

    public override string KeyForm => "one, named 'all'";

    public override string? EndsBefore => null;

    public override IEnumerable<Partition> All() => [Everything];

    public override Partition Parse(string key) => key == Everything.Key ? Everything : throw NotAKey(key);
}
