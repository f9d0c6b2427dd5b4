using TypedPipelines;

namespace Orders;

public sealed record RawOrder(string Id, int Quantity);

/// <summary>A line of an order, with the file it came in.</summary>
[ReplaceFile(nameof(File))]
public sealed record Order(string Id, int Quantity, string? File = null);

[Pipeline("orders")]
[FilePartitions("landing/*.csv")]
public sealed partial class OrdersPipeline
{
    [Source]
    static CsvFiles<RawOrder> Landing(FilePartition file) => new(file.Path);

    [Step]
    static Order Clean(RawOrder raw) => new(raw.Id, raw.Quantity);
}
