namespace TypedPipelines.Destinations;

/// <summary>Why a table cannot be read, in the same words everywhere.</summary>
internal static class ReadFailures
{
    internal static PipelineException NoTable(TableContract contract, string destination) => new(
        FailureKind.Upstream,
        $"the table {contract.DisplayName} does not exist in {destination}",
        "Load it first: run the pipeline that loads it, which may be part of another program.");

    internal static PipelineException NoWindow(TableContract contract) => new(
        FailureKind.Usage,
        $"the table {contract.DisplayName} has no partition column, so that no window of it can be read",
        "Read Table<T>.All, or give the contract a strategy with a partition column.");
}
