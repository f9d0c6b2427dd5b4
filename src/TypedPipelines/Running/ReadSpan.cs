using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// Which windows of two pipelines belong together, where one reads what the other loads: those that overlap and, where a SQL step says so, a
/// number of the loader's before them.
/// </summary>
/// <param name="loader">The partitions of the pipeline that loads the table.</param>
/// <param name="earlier">How many of its windows before are read, too.</param>
internal readonly struct ReadSpan(PartitionScheme loader, int earlier)
{
    /// <summary>
    /// How many earlier windows a pipeline reads of the tables that another one loads. Of one that it reads whole all of them; those that come later
    /// are in the table, too, once they are loaded, but a window cannot wait for what is after it.
    /// </summary>
    internal static int EarlierOf(PipelineDescriptor reader, IEnumerable<TableContract> tables)
    {
        HashSet<string> names = [.. tables.Select(table => table.DisplayName)];
        if (reader.WholeReads.Any(table => names.Contains(table.DisplayName)))
        {
            return EarlierWindowsAttribute.All;
        }

        return reader.SqlSteps.SelectMany(step => step.Reads.Zip(step.EarlierWindows))
            .Where(read => names.Contains(read.First.DisplayName))
            .Select(read => read.Second)
            .DefaultIfEmpty()
            .Max();
    }

    /// <summary>The loader's windows that a partition of the reader was made of.</summary>
    internal IEnumerable<Partition> Needed(Partition reader)
    {
        IEnumerable<Partition> own = loader.Overlapping(reader.Start, reader.End);
        if (earlier == 0)
        {
            return own;
        }

        Partition first = own.FirstOrDefault() ?? reader;
        return earlier == EarlierWindowsAttribute.All
            ? loader.All().TakeWhile(window => window.Start < reader.End)
            : loader.Overlapping(Before(first), first.Start).TakeLast(earlier).Concat(own);
    }

    /// <summary>Whether a window is the loader's first.</summary>
    internal bool IsFirst(Partition window) => loader.All().First().Start == window.Start;

    /// <summary>Until when the reader's partitions were made of one of the loader's; null for all that come later.</summary>
    internal DateTimeOffset? Until(Partition loaded) => earlier switch
    {
        0 => loaded.End,
        EarlierWindowsAttribute.All => null,
        _ => loader.Overlapping(loaded.End, DateTimeOffset.MaxValue).Take(earlier).LastOrDefault()?.End ?? loaded.End,
    };

    /// <summary>A moment before the first of the earlier windows: windows of one kind differ in length by less than a quarter.</summary>
    private DateTimeOffset Before(Partition window)
    {
        double ticks = (earlier + 2.0) * 1.25 * (window.End - window.Start).Ticks;
        return ticks < window.Start.Ticks ? window.Start.AddTicks(-(long)ticks) : DateTimeOffset.MinValue;
    }
}
