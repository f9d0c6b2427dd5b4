using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>What the ledger asks of the names of pipelines and partitions, which are its keys.</summary>
internal static class LedgerNames
{
    /// <summary>Two of them fit the 900 bytes that SQL Server keeps of a clustered key.</summary>
    internal const int Longest = 200;

    /// <exception cref="PipelineException">A name is one that the ledger could not tell from another, or not hold.</exception>
    internal static void Check(RunIdentity run)
    {
        Check("pipeline", run.Pipeline);
        Check("partition", run.Partition.Key);
    }

    private static void Check(string what, string name)
    {
        if (name.Length > Longest || name.EndsWith(' '))
        {
            throw new PipelineException(
                FailureKind.Usage,
                string.Create(CultureInfo.InvariantCulture, $"the name of the {what} '{name}' has more than {Longest} characters or ends in a space, which SQL Server does not see when it compares"),
                $"Give the {what} another name.");
        }
    }
}
