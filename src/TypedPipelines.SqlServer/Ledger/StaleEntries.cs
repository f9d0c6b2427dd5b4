using System.Globalization;
using System.Text;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Notes in the ledger that partitions were made from what is another now, many with one statement.</summary>
internal sealed class StaleEntries(SqlServerDatabase database)
{
    /// <summary>SQL Server takes 2,100 parameters.</summary>
    private const int PartitionsAtATime = 200;

    internal async Task NoteAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken)
    {
        for (int first = 0; first < partitions.Count; first += PartitionsAtATime)
        {
            int count = Math.Min(PartitionsAtATime, partitions.Count - first);
            await database.RunAsync(Update(count), cancellationToken, [.. Values(partitions, first, count)]).ConfigureAwait(false);
        }
    }

    /// <summary>The statement for a number of partitions: its text holds the names of parameters only.</summary>
    internal static string Update(int partitions)
    {
        var sql = new StringBuilder("update p\nset state = N'stale', error = s.reason\nfrom typed_pipelines.[partition] as p\njoin (\n    values");
        for (int i = 0; i < partitions; i++)
        {
            sql.Append(i == 0 ? "\n        " : ",\n        ").Append(CultureInfo.InvariantCulture, $"(@pipeline{i}, @partition{i}, @reason{i})");
        }

        return sql.Append(
            "\n) as s (pipeline, [partition], reason)\non s.pipeline = p.pipeline and s.[partition] = p.[partition]\nwhere p.state in (N'complete', N'partial')").ToString();
    }

    private static IEnumerable<(string Name, object? Value)> Values(IReadOnlyList<StalePartition> partitions, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            StalePartition stale = partitions[first + i];
            string number = i.ToString(CultureInfo.InvariantCulture);
            yield return ("@pipeline" + number, stale.Pipeline);
            yield return ("@partition" + number, stale.Partition);
            yield return ("@reason" + number, stale.Reason);
        }
    }
}
