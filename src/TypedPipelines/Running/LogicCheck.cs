using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Holds the logic that partitions were loaded with against the logic of today, and says what changed.</summary>
internal sealed class LogicCheck(PipelineLogic? today, ILedger ledger)
{
    /// <summary>How many changed parts are named: more of them say no more.</summary>
    private const int Named = 3;

    /// <summary>The part by which the generator says how it takes fingerprints.</summary>
    private const string Way = "how fingerprints are taken";

    private readonly Dictionary<string, string> _changes = new(StringComparer.Ordinal);

    /// <summary>Whether a partition was loaded with other logic. Where either is not known, nothing is said.</summary>
    internal static bool IsChanged(PartitionEntry? entry, PipelineLogic? today) =>
        today is not null && entry?.Fingerprint is { } loaded && loaded != today.Fingerprint;

    /// <summary>A partition as it is to be planned: with what changed of the logic that it was loaded with.</summary>
    internal async Task<PlannedPartition> CheckAsync(PlannedPartition planned, PartitionEntry? entry, CancellationToken cancellationToken)
    {
        if (planned.Reason != PlanReason.UpToDate || !IsChanged(entry, today))
        {
            return planned;
        }

        if (!_changes.TryGetValue(entry!.Fingerprint!, out string? change))
        {
            change = Describe(await ledger.FindLogicAsync(entry.Fingerprint!, cancellationToken).ConfigureAwait(false), today!.Parts);
            _changes.Add(entry.Fingerprint!, change);
        }

        return planned with { Reason = PlanReason.LogicChanged, Detail = change };
    }

    internal static string Describe(IReadOnlyList<LogicPart>? before, IReadOnlyList<LogicPart> now)
    {
        if (before is null)
        {
            return "its pipeline's logic changed after it was loaded";
        }

        Dictionary<string, string> old = before.ToDictionary(part => part.Name, part => part.Hash, StringComparer.Ordinal);
        if (now.FirstOrDefault(part => part.Name == Way)?.Hash is { } way && old.GetValueOrDefault(Way) != way)
        {
            return "this version of TypedPipelines takes fingerprints in another way than the one that loaded it, so that what changed, if anything, cannot be told";
        }

        HashSet<string> names = [.. now.Select(part => part.Name)];
        string[] differences =
        [
            .. now.Where(part => old.TryGetValue(part.Name, out string? hash) && hash != part.Hash).Select(part => $"{part.Name} changed"),
            .. now.Where(part => !old.ContainsKey(part.Name)).Select(part => $"{part.Name} was added"),
            .. before.Where(part => !names.Contains(part.Name)).Select(part => $"{part.Name} was removed"),
        ];
        string more = differences.Length > Named ? FormattableString.Invariant($", and {differences.Length - Named} more") : "";
        return $"{string.Join(", ", differences.Take(Named))}{more} after it was loaded";
    }
}
