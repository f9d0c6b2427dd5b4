namespace TypedPipelines;

/// <summary>One file: the partition of a pipeline with <see cref="FilePartitionsAttribute"/>.</summary>
public sealed class FilePartition : Partition
{
    internal FilePartition(FilePath file)
        : base(file.Origin, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTime.MinValue, DateTime.MaxValue.Date) => FullPath = file.FullPath;

    /// <summary>The path as the pipeline declares it, with slashes: the same on every machine.</summary>
    public string Path => Key;

    /// <summary>Where the file is on this machine.</summary>
    internal string FullPath { get; }

    internal override bool HasWindow => false;

    internal override int CompareTo(Partition other) => string.CompareOrdinal(Key, other.Key);
}
