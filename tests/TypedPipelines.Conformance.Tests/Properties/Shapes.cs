using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>The tables that programs load: each a shape for the model and a contract for the destination.</summary>
internal static class Shapes
{
    /// <summary>Of different lengths and signs: a destination that keeps them as texts must not compare them as such.</summary>
    private static readonly decimal[] Decimals = [-10.5m, -9.25m, 9.5m, 1764460800.123456m];

    private static readonly decimal[] Unsigned = [9, 10, 100, ulong.MaxValue];

    internal static Shape[] All { get; } =
    [
        new("replace partition", LoadStrategy.ReplacePartition),
        new("replace partition, drop what is outside", LoadStrategy.ReplacePartition) { OutOfWindow = RowAction.Drop },
        new("replace partition, quarantine what is outside", LoadStrategy.ReplacePartition) { OutOfWindow = RowAction.Quarantine },
        new("merge", LoadStrategy.Merge),
        new("merge, in two statements", LoadStrategy.Merge) { Upserts = false },
        new("merge, null is a key", LoadStrategy.Merge) { NullKeysMatch = true },
        new("merge, keep latest", LoadStrategy.Merge) { KeepsLatest = true },
        new("merge, version", LoadStrategy.Merge) { HasVersion = true, HasMarker = true },
        new("merge, version of many digits", LoadStrategy.Merge) { HasVersion = true, HasMarker = true, Versions = Decimals },
        new("merge, unsigned version, overwrite the same, keep latest", LoadStrategy.Merge)
        {
            HasVersion = true, OnSameVersion = "Overwrite", HasMarker = true, KeepsLatest = true, Versions = Unsigned,
        },
        new("merge, version, keep the same", LoadStrategy.Merge) { HasVersion = true, OnSameVersion = "Keep", HasMarker = true },
        new("merge, version, overwrite the same, keep latest", LoadStrategy.Merge) { HasVersion = true, OnSameVersion = "Overwrite", HasMarker = true, KeepsLatest = true },
        new("merge, delete missing in the window", LoadStrategy.Merge) { MaxDeletedShare = 0.5 },
        new("merge, delete missing in the window, drop what is outside", LoadStrategy.Merge) { MaxDeletedShare = 0.7, OutOfWindow = RowAction.Drop },
        new("merge, delete missing in the groups", LoadStrategy.Merge) { MaxDeletedShare = 0.5, DeleteScope = DeleteScopeKind.Group },
        new("merge, delete missing in the groups, keep latest", LoadStrategy.Merge) { MaxDeletedShare = 0.7, DeleteScope = DeleteScopeKind.Group, KeepsLatest = true },
        new("merge, delete missing in the table", LoadStrategy.Merge) { MaxDeletedShare = 0.5, DeleteScope = DeleteScopeKind.Table },
        new("merge, delete missing in the table, also all", LoadStrategy.Merge) { MaxDeletedShare = 1, DeleteScope = DeleteScopeKind.Table, AllowsEmpty = true },
        new("replace table", LoadStrategy.ReplaceTable),
        new("snapshot", LoadStrategy.Snapshot),
        new("replace run", LoadStrategy.ReplaceRun) { HasKey = false },
        new("replace file", LoadStrategy.ReplaceFile) { HasKey = false },
        new("replace file, with a key", LoadStrategy.ReplaceFile),
        new("history", LoadStrategy.History) { HasMarker = true },
        new("history, quarantine what is outside", LoadStrategy.History) { HasMarker = true, OutOfWindow = RowAction.Quarantine },
        new("history, close missing", LoadStrategy.History) { HasMarker = true, MaxDeletedShare = 0.7 },
    ];

    internal static TestContract Contract(Shape shape)
    {
        Column id = shape.HasKey ? Col.Key("id", nullable: shape.NullKeysMatch) : Col.Value("id");
        Column day = Col.Value("day", ColumnType.Date, nullable: false);
        Column v = Col.Value("v");
        Column version = shape.Versions.Length == 0 ? Col.Value("version", nullable: false) : Col.Decimal("version", shape.Versions == Unsigned ? 20 : 28, shape.Versions == Unsigned ? 0 : 6);
        Column gone = Col.Value("gone", ColumnType.Boolean, nullable: false);
        return shape switch
        {
            { Strategy: LoadStrategy.ReplacePartition or LoadStrategy.Snapshot } => new("t", shape.Strategy, [id, day, v], partition: "day")
            {
                WhenOutOfWindow = shape.OutOfWindow,
            },
            { HasVersion: true } => new(
                "t",
                shape.Strategy,
                [id, version, v, Col.Value("created"), gone],
                keepLatest: shape.KeepsLatest ? ["version"] : null,
                version: "version",
                onSameVersion: shape.OnSameVersion,
                deleteMarker: "gone",
                insertOnly: ["created"]),
            { Strategy: LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile } => new("t", shape.Strategy, [id, v, Col.Value("loaded_by", ColumnType.String, nullable: false)], runColumn: "loaded_by"),
            { Strategy: LoadStrategy.History } => new(
                "t",
                shape.Strategy,
                [id, v, Col.Value("valid_from", ColumnType.Instant, nullable: false), Col.Value("valid_to", ColumnType.Instant), gone],
                partition: "valid_from",
                validTo: "valid_to",
                deleteMarker: "gone",
                deleteMissing: shape.MaxDeletedShare is { } share ? new DeleteMissingModel(DeleteScopeKind.Table, -1, false, share) : null)
            {
                WhenOutOfWindow = shape.OutOfWindow,
            },
            { MaxDeletedShare: { } share } => new(
                "t",
                shape.Strategy,
                [id, day, v, Col.Value("created")],
                keepLatest: shape.KeepsLatest ? ["v"] : null,
                deleteMissing: new DeleteMissingModel(
                    shape.DeleteScope,
                    shape.DeleteScope switch { DeleteScopeKind.Window => 1, DeleteScopeKind.Group => 3, _ => -1 },
                    shape.AllowsEmpty,
                    share))
            {
                WhenOutOfWindow = shape.OutOfWindow,
            },
            _ => new("t", shape.Strategy, [id, v], keepLatest: shape.KeepsLatest ? ["v"] : null, nullKeysMatch: shape.NullKeysMatch, upserts: shape.Upserts),
        };
    }

    /// <summary>A row as a step gives it: what the load fills in is left out.</summary>
    internal static object?[] Given(Shape shape, Row row) => shape switch
    {
        { Strategy: LoadStrategy.Snapshot } => [row.Id, null, row.V],
        { Strategy: LoadStrategy.ReplacePartition } => [row.Id, Date(row.Day), row.V],
        { HasVersion: true } => [row.Id, Version(shape, row), row.V, row.Created, row.Gone],
        { Strategy: LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile } => [row.Id, row.V, null],
        { Strategy: LoadStrategy.History } => [row.Id, row.V, Model.From(row), null, row.Gone],
        { MaxDeletedShare: not null } => [row.Id, Date(row.Day), row.V, row.Created],
        _ => [row.Id, row.V],
    };

    /// <summary>A row as the table has it.</summary>
    internal static object?[] Stored(Shape shape, Kept kept) => shape switch
    {
        { Strategy: LoadStrategy.ReplacePartition or LoadStrategy.Snapshot } => [kept.Row.Id, Date(kept.Row.Day), kept.Row.V],
        { HasVersion: true } => [kept.Row.Id, Version(shape, kept.Row), kept.Row.V, kept.Row.Created],
        { Strategy: LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile } => [kept.Row.Id, kept.Row.V, kept.By],
        { Strategy: LoadStrategy.History } => [kept.Row.Id, kept.Row.V, kept.From, kept.To],
        { MaxDeletedShare: not null } => [kept.Row.Id, Date(kept.Row.Day), kept.Row.V, kept.Row.Created],
        _ => [kept.Row.Id, kept.Row.V],
    };

    private static object Version(Shape shape, Row row) => shape.Versions.Length == 0 ? (object)row.Version : shape.Versions[row.Version];

    private static DateOnly Date(int day) => DateOnly.FromDateTime(Model.Start(day));
}
