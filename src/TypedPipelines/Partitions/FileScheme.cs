namespace TypedPipelines;

internal sealed class FileScheme(string files) : PartitionScheme(TimeZoneInfo.Utc, allowPartial: false)
{
    internal const string KindWord = "files";

    private const string Owner = "[FilePartitions]";

    public override string Kind => KindWord;

    public override string KeyForm => $"files that match {files}";

    public override string? EndsBefore => null;

    public override IEnumerable<Partition> All() => FilePath.Find(Owner, files, optional: true).Select(file => new FilePartition(file));

    /// <summary>A file that was loaded may have been put away since, or be none of today's pattern; its rows come again only with it.</summary>
    internal override bool HasForm(string key) => true;

    /// <summary>Whether files hold what windows did, nobody can tell.</summary>
    internal override string? Cut => null;

    public override Partition Parse(string key)
    {
        string slashed = FilePath.Named(key);
        return All().FirstOrDefault(file => file.Key == slashed) ?? throw new PipelineException(
            FailureKind.Usage,
            $"there is no file {Quote.Text(slashed)} among those that match {files}",
            "Name a file as the pipeline declares it, with its folder; `status --partitions` lists them.");
    }
}
