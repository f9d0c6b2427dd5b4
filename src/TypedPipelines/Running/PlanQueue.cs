namespace TypedPipelines.Running;

/// <summary>
/// What is left of a plan: gives the partitions that may begin, first those that come first. A pipeline begins when those of the plan whose tables
/// it reads have ended, for it is to read all that they load. For one worker the order is the plan's.
/// </summary>
internal sealed class PlanQueue
{
    private readonly Lock _lock = new();
    private readonly List<Line> _lines;
    private bool _closed;

    /// <summary>Creates it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="catalog">The pipelines.</param>
    internal PlanQueue(IReadOnlyList<PlannedPartition> plan, PipelineCatalog catalog)
    {
        _lines = [.. plan
            .GroupBy(planned => planned.Pipeline.Descriptor.Name, StringComparer.Ordinal)
            .Select(pipeline => new Line(new Queue<PlannedPartition>(pipeline), LoadOrder.Matters(pipeline.First().Pipeline.Descriptor)))];
        Dictionary<string, Line> byName = _lines.ToDictionary(line => line.Pipeline.Descriptor.Name, StringComparer.Ordinal);
        foreach (Line upstream in _lines)
        {
            upstream.Readers.AddRange(catalog.WaitingFor(upstream.Pipeline).Select(reader => byName.GetValueOrDefault(reader.Descriptor.Name)).OfType<Line>());
        }
    }

    /// <summary>Takes the next partition that may begin.</summary>
    /// <param name="planned">The partition.</param>
    /// <returns>Whether there is one; where there is none now, there may be when another has ended.</returns>
    internal bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PlannedPartition? planned)
    {
        lock (_lock)
        {
            HashSet<Line> waiting = [];
            foreach (Line line in _lines)
            {
                if (line.Left.Count + line.Running > 0)
                {
                    if (!_closed && !waiting.Contains(line) && line.MayBegin)
                    {
                        line.Running++;
                        planned = line.Left.Dequeue();
                        return true;
                    }

                    waiting.UnionWith(line.Readers);
                }
            }

            planned = null;
            return false;
        }
    }

    /// <summary>Whether nothing will begin any more.</summary>
    internal bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _closed || _lines.TrueForAll(line => line.Left.Count == 0);
            }
        }
    }

    /// <summary>A partition that was taken has ended.</summary>
    internal void End(PlannedPartition planned)
    {
        lock (_lock)
        {
            _lines.Find(line => line.Pipeline.Descriptor.Name == planned.Pipeline.Descriptor.Name)!.Running--;
        }
    }

    /// <summary>Gives nothing any more.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>What is left of one pipeline.</summary>
    private sealed class Line(Queue<PlannedPartition> left, bool inOrder)
    {
        internal PipelineRegistration Pipeline { get; } = left.Peek().Pipeline;

        internal Queue<PlannedPartition> Left => left;

        internal int Running { get; set; }

        /// <summary>The pipelines that read what it loads, those that read what these load, and those whose rows are checked against it.</summary>
        internal List<Line> Readers { get; } = [];

        internal bool MayBegin => left.Count > 0 && !(inOrder && Running > 0);
    }
}
