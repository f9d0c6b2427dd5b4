namespace TypedPipelines;

/// <summary>Follows members back through the steps of a pipeline.</summary>
internal sealed class LineageTrace(PipelineDescriptor pipeline, PipelineLineage lineage)
{
    private const char Separator = '.';

    private readonly Dictionary<string, StepLineage> _steps = lineage.Steps.ToDictionary(step => step.Step, StringComparer.Ordinal);

    private readonly Dictionary<ColumnOrigin, IReadOnlyList<ColumnOrigin>> _followed = [];

    internal TableLineage Of(LoadDescriptor load)
    {
        List<MemberLineage> columns = [.. load.Contract.Columns
            .Where(column => column.Stored)
            .Select(column => new MemberLineage(column.Name, Distinct(Follow(new ColumnOrigin(load.From, column.Member, OriginKind.Identity)))))];
        return new TableLineage(load.Contract.DisplayName, columns, Distinct(Ancestors(load.From).SelectMany(step => step.Filters).SelectMany(Follow)));
    }

    /// <summary>The steps that a node's rows come through, the lookups' included.</summary>
    private IEnumerable<StepLineage> Ancestors(string node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { node };
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out string? next))
        {
            if (!_steps.TryGetValue(next, out StepLineage? step))
            {
                continue;
            }

            yield return step;
            foreach (ColumnOrigin origin in step.Members.SelectMany(member => member.Origins).Concat(step.Filters).Where(origin => !origin.IsTable))
            {
                if (seen.Add(origin.From))
                {
                    waiting.Enqueue(origin.From);
                }
            }

            if (pipeline.Nodes.FirstOrDefault(candidate => candidate.Name == next)?.From is { } from && seen.Add(from))
            {
                waiting.Enqueue(from);
            }
        }
    }

    /// <summary>Follows each origin once: steps that use whole rows would otherwise multiply the ways with every step.</summary>
    private IReadOnlyList<ColumnOrigin> Follow(ColumnOrigin origin)
    {
        if (!_followed.TryGetValue(origin, out IReadOnlyList<ColumnOrigin>? found))
        {
            found = Distinct(Back(origin));
            _followed.Add(origin, found);
        }

        return found;
    }

    private IEnumerable<ColumnOrigin> Back(ColumnOrigin origin)
    {
        if (origin.IsTable)
        {
            return [origin with { Member = ColumnOf(origin) }];
        }

        if (!_steps.TryGetValue(origin.From, out StepLineage? step))
        {
            return [origin];
        }

        if (step.Members.FirstOrDefault(member => member.Member == origin.Member) is { } exact)
        {
            return Through(exact, origin.Kind);
        }

        string whole = origin.Member.Length == 0 ? "" : origin.Member + Separator;
        List<MemberLineage> parts = [.. step.Members.Where(member => member.Member.StartsWith(whole, StringComparison.Ordinal))];
        if (parts.Count > 0)
        {
            return origin.Member.Length == 0 && origin.Kind == OriginKind.Aggregate ? Rows(step, origin)
                : parts.SelectMany(part => Through(part, Stronger(origin.Kind, OriginKind.Expression)));
        }

        MemberLineage? holder = step.Members
            .Where(member => origin.Member.StartsWith(member.Member + Separator, StringComparison.Ordinal))
            .MaxBy(member => member.Member.Length);
        return holder is null ? [] : holder.Origins.SelectMany(before => Follow(before with
        {
            Member = before.Kind == OriginKind.Identity ? before.Member + origin.Member[holder.Member.Length..] : before.Member,
            Kind = Stronger(before.Kind, origin.Kind),
        }));
    }

    /// <summary>A count of rows is one of the rows that those come from.</summary>
    private IEnumerable<ColumnOrigin> Rows(StepLineage step, ColumnOrigin origin) => step.Members
        .SelectMany(member => member.Origins)
        .Where(before => before.Kind != OriginKind.Filter)
        .Select(before => before with { Member = "", Kind = origin.Kind })
        .Distinct()
        .SelectMany(Follow);

    private IEnumerable<ColumnOrigin> Through(MemberLineage member, OriginKind kind) =>
        member.Origins.SelectMany(before => Follow(before with { Kind = Stronger(before.Kind, kind) }));

    private static OriginKind Stronger(OriginKind one, OriginKind other) => one > other ? one : other;

    /// <summary>The column of a table's member: of a table of this pipeline's, by its contract.</summary>
    private string ColumnOf(ColumnOrigin origin) => pipeline.Loads.Select(load => load.Contract).Concat(pipeline.Reads)
        .FirstOrDefault(contract => contract.DisplayName == origin.From)?.Columns
        .FirstOrDefault(column => column.Member == origin.Member)?.Name ?? origin.Member;

    private static IReadOnlyList<ColumnOrigin> Distinct(IEnumerable<ColumnOrigin> origins) =>
    [
        .. origins
            .GroupBy(origin => (origin.From, origin.IsTable, origin.Member, Decides: origin.Kind == OriginKind.Filter))
            .Select(same => same.MaxBy(origin => origin.Kind)!)
            .OrderBy(origin => origin.Kind == OriginKind.Filter)
            .ThenBy(origin => origin.From, StringComparer.Ordinal)
            .ThenBy(origin => origin.Member, StringComparer.Ordinal),
    ];
}
