using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// The rows of a merge belong to no window: a run may change, move or delete those that an earlier window brought. Who reads them by their times, as
/// a SQL step does that compares them with its window, has made of those times what is no longer so.
/// </summary>
internal static class TimedReaders
{
    internal static IEnumerable<RestatedRows> Of(PlannedPartition planned, IEnumerable<PipelineRegistration> readers)
    {
        if (!planned.Partition.HasWindow)
        {
            yield break; // All that was made of its tables becomes stale anyway.
        }

        PipelineDescriptor loader = planned.Pipeline.Descriptor;
        TableContract[] merged = [.. loader.Loads.Select(load => load.Contract).Where(contract => contract.Strategy == LoadStrategy.Merge && ChangedTimes.Of(contract).Any())];
        foreach (PipelineDescriptor reader in merged.Length == 0 ? [] : readers.Select(reader => reader.Descriptor).Where(reader => reader.Partitions.HasWindows))
        {
            foreach (TableContract table in merged)
            {
                string[] columns = [.. reader.SqlSteps.Where(step => step.Reads.Any(read => read.DisplayName == table.DisplayName)).SelectMany(step => ColumnsOf(reader, step, table)).Distinct()];
                if (columns.Length > 0)
                {
                    yield return Of(planned, reader, table, columns);
                }
            }
        }
    }

    private static RestatedRows Of(PlannedPartition planned, PipelineDescriptor reader, TableContract table, string[] columns)
    {
        PipelineDescriptor loader = planned.Pipeline.Descriptor;
        int earlier = ReadSpan.EarlierOf(reader, [table]);
        var span = new ReadSpan(loader.Partitions, earlier);
        return new RestatedRows(
            reader.Name,
            table,
            $"partition {planned.Partition.Key} of {loader.Name} changed rows of {table.DisplayName} that it reads",
            times => !times.AllLieIn(columns, planned.Partition.Window),
            (times, loaded) => loaded.Where(key => reader.Partitions.TryParse(key) is { } window && times.LieIn(columns, First(span, earlier, window), window.Window)));
    }

    /// <summary>The first window whose rows were read for a partition.</summary>
    private static Window First(ReadSpan span, int earlier, Partition reader) =>
        earlier == 0 ? reader.Window : (span.Needed(reader).FirstOrDefault() ?? reader).Window;

    /// <summary>What a statement says for one partition it says for all: they differ in their values.</summary>
    private static IReadOnlyList<string> ColumnsOf(PipelineDescriptor reader, SqlStepDescriptor step, TableContract table)
    {
        try
        {
            return reader.Partitions.All().FirstOrDefault() is { } any ? ComparedTimes.Of(step.StatementOf(any), table) : [];
        }
        catch (Exception)
        {
            return [.. ChangedTimes.Of(table).Select(column => column.Name)]; // Its own run says what is wrong.
        }
    }
}
