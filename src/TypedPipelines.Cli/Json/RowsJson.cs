using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Json;

internal sealed record RowsJson(long Read, long Loaded, long Dropped, long Rejected)
{
    internal static RowsJson Of(RowCounts counts) => new(counts.Read, counts.Loaded, counts.Dropped, counts.Rejected);
}
