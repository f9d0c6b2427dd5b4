using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// The rows of a merge belong to no window: a run may change, move or delete those that an earlier window brought. Those of a run, and what is appended, may
/// come late. Who reads them by their times, as a SQL step does that compares them with its window, has made of those times what is no longer so.
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
        foreach (PipelineDescriptor reader in readers.Select(reader => reader.Descriptor))
        {
            foreach (TableContract table in loader.Loads.Select(load => load.Contract))
            {
                int[] columns = ColumnsOf(reader, loader, table, planned.Partition);
                if (columns.Length > 0)
                {
                    yield return Of(planned, reader, table, columns);
                }
            }
        }
    }

    /// <summary>Whether a pipeline reads rows of another by their times, and each window of that one may change what they are.</summary>
    internal static bool AreReadBy(PlannedPartition reader, PipelineDescriptor loader, TableContract table) =>
        ColumnsOf(reader.Pipeline.Descriptor, loader, table, reader.Partition).Length > 0;

    private static RestatedRows Of(PlannedPartition planned, PipelineDescriptor reader, TableContract table, int[] columns)
    {
        PipelineDescriptor loader = planned.Pipeline.Descriptor;
        int earlier = ReadSpan.EarlierOf(reader, [table]);
        var read = new ReadSpan(loader.Partitions, earlier);
        return new RestatedRows(
            reader.Name,
            table,
            $"partition {planned.Partition.Key} of {loader.Name} changed rows of {table.DisplayName} that it reads",
            new ChangedSpans(columns, reader.Partitions.Zone),
            (spans, loaded) => loaded.Where(key => reader.Partitions.TryParse(key) is { } window && Touches(spans, First(read, earlier, window), window.End)))
        {
            Loaded = planned.Partition,
        };
    }

    /// <summary>Spans in the order of time that do not touch each other.</summary>
    private static bool Touches(IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> spans, DateTimeOffset start, DateTimeOffset end)
    {
        int low = 0;
        int high = spans.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (spans[middle].End <= start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < spans.Count && spans[low].Start < end;
    }

    /// <summary>
    /// From when on rows were read for a partition. A row may be dated before the loader's first window, so that where all earlier windows are read, or
    /// those asked for begin with the first, there is no such moment.
    /// </summary>
    private static DateTimeOffset First(ReadSpan read, int earlier, Partition reader)
    {
        if (earlier == 0)
        {
            return reader.Start;
        }

        Partition? first = earlier == EarlierWindowsAttribute.All ? null : read.Needed(reader).FirstOrDefault();
        return first is null || read.IsFirst(first) ? DateTimeOffset.MinValue : first.Start;
    }

    /// <summary>The places, among the table's times, of those that the reader's statements name.</summary>
    private static int[] ColumnsOf(PipelineDescriptor reader, PipelineDescriptor loader, TableContract table, Partition near)
    {
        if (table.Strategy is not (LoadStrategy.Merge or LoadStrategy.ReplaceRun or LoadStrategy.Append) || !loader.Partitions.HasWindows || !reader.Partitions.HasWindows)
        {
            return [];
        }

        string[] times = [.. ChangedTimes.Of(table).Select(column => column.Name)];
        HashSet<string> named = [.. reader.SqlSteps.Where(step => step.Reads.Any(read => read.DisplayName == table.DisplayName)).SelectMany(step => NamesOf(reader, step, table, near))];
        return [.. Enumerable.Range(0, times.Length).Where(i => named.Contains(times[i]))];
    }

    /// <summary>A method may give another statement for another partition: its first one, and one of today, are asked.</summary>
    private static IEnumerable<string> NamesOf(PipelineDescriptor reader, SqlStepDescriptor step, TableContract table, Partition near)
    {
        Partition?[] asked = [reader.Partitions.All().FirstOrDefault(), reader.Partitions.Overlapping(near.Start, near.End).FirstOrDefault()];
        try
        {
            return [.. asked.OfType<Partition>().Distinct().SelectMany(partition => ComparedTimes.Of(step.StatementOf(partition), table))];
        }
        catch (Exception)
        {
            return ChangedTimes.Of(table).Select(column => column.Name); // Its own run says what is wrong.
        }
    }
}
