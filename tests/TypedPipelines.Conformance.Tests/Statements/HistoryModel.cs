namespace TypedPipelines.Conformance.Tests;

/// <summary>What a source says of a key from an hour on; of the column that came later only once the history has it.</summary>
internal sealed record Change(long Id, int At, long V, long? C, bool Gone);

/// <summary>A version of a history, and whether it was written when the history had the column that came later.</summary>
internal sealed record Version(long Id, long V, long? C, int From, int? To, bool Knows) : IComparable<Version>
{
    public int CompareTo(Version? other) => (Id, From).CompareTo((other!.Id, other.From));
}

/// <summary>A history in a few lines of C#: what a window said before is taken back, then what it says now is told from what held.</summary>
internal sealed class HistoryModel(bool newColumnOpensVersions)
{
    internal List<Version> Versions { get; private set; } = [];

    internal bool HasColumn { get; set; }

    internal static DateTime At(int hour) => new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour);

    internal void Load(int day, IEnumerable<Change> changes)
    {
        TakeBack(day);
        foreach (IGrouping<long, Change> key in changes.Select(change => HasColumn ? change : change with { C = null }).GroupBy(change => change.Id))
        {
            Change? before = null;
            foreach (Change change in key.OrderBy(change => change.At))
            {
                // The first is told from what held, each other from the one before it, which knows as much as it does.
                bool same = before is null
                    ? IsWhatHolds(change)
                    : before.Gone == change.Gone && (change.Gone || (before.V, before.C) == (change.V, change.C));
                before = change;
                if (!same)
                {
                    Apply(change);
                }
            }
        }
    }

    private void TakeBack(int day)
    {
        List<Version> others = [.. Versions.Where(version => version.From / 24 != day)];
        Versions = [.. others.Select(version => version.To is { } to && to / 24 == day ? version with { To = Next(others, version.Id, version.From) } : version)];
    }

    private bool IsWhatHolds(Change change) => Holding(change) is not { } holds
        ? change.Gone
        : !change.Gone && holds.V == change.V && (holds.C == change.C || (holds is { Knows: false, C: null } && !newColumnOpensVersions));

    private void Apply(Change change)
    {
        int? until = Next(Versions, change.Id, change.At);
        if (Holding(change) is { } holds)
        {
            Versions.Remove(holds);
            Versions.Add(holds with { To = change.At });
            until = holds.To;
        }

        if (!change.Gone)
        {
            Versions.Add(new Version(change.Id, change.V, change.C, change.At, until, HasColumn));
        }
    }

    private Version? Holding(Change change) =>
        Versions.Find(version => version.Id == change.Id && version.From <= change.At && (version.To is null || version.To > change.At));

    private static int? Next(IEnumerable<Version> versions, long id, int at) =>
        versions.Where(version => version.Id == id && version.From > at).Min(version => (int?)version.From);
}
