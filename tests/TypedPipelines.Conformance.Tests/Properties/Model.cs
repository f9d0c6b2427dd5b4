using TypedPipelines.Compilation.Model;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>A row as a step gives it. Every shape of a table takes of it what it has columns for.</summary>
internal sealed record Row(long? Id, int Day, int Hour, long? V, long Version, long Created, bool Gone);

/// <summary>What a table holds of a row: the time from which it holds, and until when, where the strategy is a history.</summary>
internal sealed record Kept(Row Row, string By, DateTime From, DateTime? To = null);

/// <summary>A table and how it is loaded: what the attributes of a contract say.</summary>
internal sealed record Shape(string Name, LoadStrategy Strategy)
{
    internal bool HasKey { get; init; } = true;

    internal bool NullKeysMatch { get; init; }

    internal bool Upserts { get; init; } = true;

    internal bool KeepsLatest { get; init; }

    /// <summary>Whether a row must lie in the window.</summary>
    internal bool GoesByWindow => Strategy is LoadStrategy.ReplacePartition or LoadStrategy.History || (MaxDeletedShare is not null && DeleteScope == DeleteScopeKind.Window);

    internal RowAction OutOfWindow { get; init; } = RowAction.Fail;

    internal bool HasVersion { get; init; }

    /// <summary>The numbers that stand for the versions 0 to 3, in their order; none where those are stored themselves.</summary>
    internal decimal[] Versions { get; init; } = [];

    internal string OnSameVersion { get; init; } = "Fail";

    internal bool HasMarker { get; init; }

    internal double? MaxDeletedShare { get; init; }

    /// <summary>Which rows may be deleted because the batch does not have them; where groups are meant, they are those of <see cref="Row.Created"/>.</summary>
    internal DeleteScopeKind DeleteScope { get; init; } = DeleteScopeKind.Window;

    internal bool AllowsEmpty { get; init; }

    public override string ToString() => Name;
}

/// <summary>The contract, executable: what a table and its ledger are after loads. docs/strategies.md in C#, without a thought for speed.</summary>
internal sealed class Model(Shape shape)
{
    internal List<Kept> Table { get; private set; } = [];

    /// <summary>Of each day that was run, whether its last run failed, which run's rows it has, and what became of the rows of that run.</summary>
    internal Dictionary<int, (bool Failed, Guid? Loaded, RowCounts Counts)> Ledger { get; } = [];

    internal static DateTime Start(int day) => new(2024, 3, day, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When a row of a history holds from: it may say so, or say nothing.</summary>
    internal static DateTime From(Row row) => Start(row.Day).AddHours(row.Hour);

    /// <summary>Loads a batch for a day: all of it, or nothing for a reason.</summary>
    internal FailureKind? Load(int day, IReadOnlyList<Row> batch, Guid run)
    {
        int read = batch.Count;
        FailureKind? failure = Refuse(day, ref batch, out int rejected);
        if (failure is null)
        {
            Table = shape.Strategy switch
            {
                LoadStrategy.Merge => Merge(day, batch),
                LoadStrategy.History => History(day, batch),
                LoadStrategy.ReplaceTable => New(day, batch),
                LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile => [.. Table.Where(row => row.By != By(day)), .. New(day, batch)],
                _ => [.. Table.Where(row => row.Row.Day != day), .. New(day, batch)],
            };
        }

        (_, Guid? loaded, RowCounts counts) = Ledger.GetValueOrDefault(day);
        Ledger[day] = failure is null
            ? (false, run, new RowCounts(read, batch.Count, read - batch.Count - rejected, rejected))
            : (true, loaded, counts);
        return failure;
    }

    /// <summary>What is found out before anything changes: first row by row, then of the batch, then of the table.</summary>
    private FailureKind? Refuse(int day, ref IReadOnlyList<Row> batch, out int rejected)
    {
        rejected = 0;
        if (shape.HasKey && !shape.NullKeysMatch && batch.Any(row => row.Id is null))
        {
            return FailureKind.Row;
        }

        if (shape.GoesByWindow && batch.Any(row => row.Day != day))
        {
            if (shape.OutOfWindow == RowAction.Fail)
            {
                return FailureKind.Row;
            }

            rejected = shape.OutOfWindow == RowAction.Quarantine ? batch.Count(row => row.Day != day) : 0;
            batch = [.. batch.Where(row => row.Day == day)];
        }

        if (shape.KeepsLatest)
        {
            // Null is less than any value; what is declared comes first, and then all else that is a column, so that no order of rows matters.
            batch =
            [
                .. batch.GroupBy(row => row.Id).Select(rows => rows
                    .OrderBy(row => shape.HasVersion ? row.Version : 0)
                    .ThenBy(row => row.V)
                    .ThenBy(row => shape.MaxDeletedShare is null ? 0 : row.Day)
                    .ThenBy(row => row.Created)
                    .ThenBy(row => row.Gone)
                    .Last()),
            ];
        }

        if (shape.HasKey && batch.DistinctBy(Identity).Count() < batch.Count)
        {
            return FailureKind.DuplicateKey;
        }

        if (shape is { HasVersion: true, OnSameVersion: "Fail" }
            && batch.Any(row => !Marked(row) && Table.Any(there => there.Row.Id == row.Id && there.Row.Version == row.Version && there.Row.V != row.V)))
        {
            return FailureKind.VersionConflict;
        }

        if (shape.MaxDeletedShare is { } share)
        {
            IReadOnlyList<Row> rows = batch;
            List<Kept> scope = InScope(day, rows);
            if ((batch.Count == 0 && !shape.AllowsEmpty) || scope.Count(there => IsMissing(there, rows)) > (decimal)share * scope.Count)
            {
                return FailureKind.DeleteLimit;
            }
        }

        return null;
    }

    private List<Kept> Merge(int day, IReadOnlyList<Row> batch)
    {
        List<Kept> missing = shape.MaxDeletedShare is null ? [] : [.. InScope(day, batch).Where(there => IsMissing(there, batch))];
        List<Kept> table = [.. Table.Except(missing)];
        foreach (Row row in batch)
        {
            Kept? there = table.Find(there => there.Row.Id == row.Id);
            bool newer = there is null || !shape.HasVersion || row.Version > there.Row.Version;
            bool asNew = there is not null && shape.HasVersion && row.Version == there.Row.Version;
            if (Marked(row) ? newer || asNew : newer || (asNew && shape.OnSameVersion == "Overwrite"))
            {
                table.RemoveAll(old => old.Row.Id == row.Id);
                if (!Marked(row))
                {
                    // Where there are versions, Created is insert-only.
                    table.Add(new Kept(shape.HasVersion ? row with { Created = there?.Row.Created ?? row.Created } : row, By(day), default));
                }
            }
        }

        return table;
    }

    private List<Kept> History(int day, IReadOnlyList<Row> batch)
    {
        // What the window did before is taken back: its versions are gone, and what it closed holds on, until the next version.
        List<Kept> versions = [.. HeldBefore(day)];
        if (shape.MaxDeletedShare is not null)
        {
            versions = [.. versions.Select(version => Holds(version, Start(day)) && IsMissing(version, batch) ? version with { To = Start(day) } : version)];
        }

        foreach (Row row in batch.OrderBy(From))
        {
            DateTime at = From(row);
            Kept? current = versions.Find(version => version.Row.Id == row.Id && Holds(version, at));
            if (Marked(row) ? current is null : current is not null && current.Row.V == row.V)
            {
                continue; // No change.
            }

            if (current is not null)
            {
                versions[versions.IndexOf(current)] = current with { To = at };
            }

            if (!Marked(row))
            {
                DateTime? next = current is null ? NextAfter(versions, row.Id, at) : current.To;
                versions.Add(new Kept(row, By(day), at, next));
            }
        }

        return versions;
    }

    private IEnumerable<Kept> HeldBefore(int day)
    {
        List<Kept> others = [.. Table.Where(version => !InWindow(version.From))];
        return others.Select(version => version.To is { } to && InWindow(to) ? version with { To = NextAfter(others, version.Row.Id, version.From) } : version);

        bool InWindow(DateTime at) => at >= Start(day) && at < Start(day + 1);
    }

    private static DateTime? NextAfter(IEnumerable<Kept> versions, long? id, DateTime at) =>
        versions.Where(version => version.Row.Id == id && version.From > at).Min(version => (DateTime?)version.From);

    private static bool Holds(Kept version, DateTime at) => version.From <= at && (version.To is null || version.To > at);

    /// <summary>What may be deleted because the batch does not have it: of a history, what holds when the window starts, whether or not it was run before.</summary>
    private List<Kept> InScope(int day, IReadOnlyList<Row> batch) => shape switch
    {
        { Strategy: LoadStrategy.History } => [.. HeldBefore(day).Where(version => Holds(version, Start(day)))],
        { DeleteScope: DeleteScopeKind.Table } => Table,
        { DeleteScope: DeleteScopeKind.Group } => [.. Table.Where(there => batch.Any(row => row.Created == there.Row.Created))],
        _ => [.. Table.Where(there => there.Row.Day == day)],
    };

    private static bool IsMissing(Kept there, IReadOnlyList<Row> batch) => !batch.Any(row => row.Id == there.Row.Id);

    private (long?, DateTime) Identity(Row row) => (row.Id, shape.Strategy == LoadStrategy.History ? From(row) : default);

    private bool Marked(Row row) => shape.HasMarker && row.Gone;

    private static List<Kept> New(int day, IReadOnlyList<Row> batch) => [.. batch.Select(row => new Kept(row with { Day = day }, By(day), default))];

    /// <summary>The key of a day's partition.</summary>
    internal static string By(int day) => $"{Start(day):yyyy-MM-dd}";
}
