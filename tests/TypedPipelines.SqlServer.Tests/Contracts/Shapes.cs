using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Tests.Contracts;

/// <summary>Contracts of every shape: each strategy, with and without keys, nulls, a partition, a schema, odd names and every type.</summary>
internal static class Shapes
{
    internal static Column Text(string name, int? length = null, bool key = false, bool nullable = false) =>
        new(name, name, ColumnType.String, nullable, key, MaxLength: length);

    internal static Column Bytes(string name, int? length = null, bool key = false, bool nullable = false) =>
        new(name, name, ColumnType.Bytes, nullable, key, MaxLength: length);

    internal static IReadOnlyDictionary<string, TestContract> All { get; } = new Dictionary<string, TestContract>
    {
        ["append without a key"] = new("events", LoadStrategy.Append, [Col.Value("id"), Text("note")]),
        ["append what may come late"] = new("knocks", LoadStrategy.Append, [Col.Value("door"), Col.Value("heard", ColumnType.Date), Col.Value("at", ColumnType.Instant)]),
        ["append with a key"] = new("events", LoadStrategy.Append, [Col.Key("id"), Text("note")], schema: "landing"),
        ["replace a partition of dates"] = new(
            "flights", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Text("origin", 3), Col.Value("delay")], partition: "day"),
        ["replace a partition of instants with a key"] = new(
            "readings", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("at", ColumnType.Instant), Col.Value("value", ColumnType.Double)], partition: "at"),
        ["replace a partition that is the key"] = new(
            "days", LoadStrategy.ReplacePartition, [Col.Key("day", ColumnType.Date), Text("kind", 10, key: true), Col.Value("n")], partition: "day"),
        ["replace a partition and keep the latest"] = new(
            "readings",
            LoadStrategy.ReplacePartition,
            [Col.Key("id"), Col.Value("at", ColumnType.Instant), Col.Value("version"), Text("note")],
            partition: "at",
            keepLatest: ["version"]),
        ["replace a table"] = new("airports", LoadStrategy.ReplaceTable, [Text("code", 3, key: true), Text("city", nullable: true)]),
        ["replace a table without a key"] = new("cities", LoadStrategy.ReplaceTable, [Text("city", nullable: true)]),
        ["merge by one key"] = new("orders", LoadStrategy.Merge, [Col.Key("id"), Text("status", 20), Col.Decimal("price", 10, 2)]),
        ["merge by several keys"] = new(
            "prices", LoadStrategy.Merge, [Text("sku", 20, key: true), Col.Key("day", ColumnType.Date), Bytes("hash", 32, key: true), Col.Value("v", ColumnType.Guid)], schema: "shop"),
        ["merge where every column is a key"] = new("tags", LoadStrategy.Merge, [Col.Key("id"), Text("tag", 50, key: true)]),
        ["merge where null is a key"] = new(
            "legs", LoadStrategy.Merge, [Col.Key("day", ColumnType.Date), Text("tail", 10, key: true, nullable: true), Bytes("b", 8, key: true, nullable: true), Col.Value("v")], nullKeysMatch: true),
        ["merge and keep the latest"] = new(
            "quakes",
            LoadStrategy.Merge,
            [Text("id", 20, key: true), Col.Value("updated", ColumnType.Instant, nullable: false), Col.Value("run", ColumnType.Guid), Text("place"), Bytes("raw", nullable: true)],
            keepLatest: ["updated", "run"]),
        ["merge with a wide key"] = new("wide", LoadStrategy.Merge, [Text("k", 800, key: true), Col.Value("v")]),
        ["every type"] = new("types", LoadStrategy.Merge, [Col.Key("id"), .. EveryType]),
        ["every type in the key"] = new(
            "keys",
            LoadStrategy.Merge,
            [
                Col.Key("b", ColumnType.Boolean), Col.Key("i2", ColumnType.Int16), Col.Key("i4", ColumnType.Int32), Col.Key("i8"), Col.Decimal("d", 38, 10, key: true),
                Col.Key("day", ColumnType.Date), Col.Key("time", ColumnType.Time), Col.Key("at", ColumnType.Instant), Col.Key("g", ColumnType.Guid),
                Text("s", 40, key: true), Bytes("x", 16, key: true), Col.Value("v"),
            ]),
        ["snapshot"] = new("stock", LoadStrategy.Snapshot, [Text("sku", 20, key: true), Col.Value("day", ColumnType.Date), Col.Value("n")], partition: "day"),
        ["replace a run"] = new("log", LoadStrategy.ReplaceRun, [Text("line"), Text("loaded_by")], runColumn: "loaded_by"),
        ["replace a run of what may come late"] = new(
            "sightings", LoadStrategy.ReplaceRun, [Text("bird"), Col.Value("seen", ColumnType.Date), Col.Value("at", ColumnType.Instant), Text("loaded_by")], runColumn: "loaded_by"),
        ["replace a file with a key"] = new("orders", LoadStrategy.ReplaceFile, [Col.Key("id"), Text("file", 100)], runColumn: "file"),
        ["merge with every option"] = new(
            "customers",
            LoadStrategy.Merge,
            [Text("id", 20, key: true), Col.Value("version"), Text("name", nullable: true), Text("region", 10, nullable: true), Col.Value("created", ColumnType.Instant), Col.Value("gone", ColumnType.Boolean, nullable: false)],
            version: "version",
            deleteMarker: "gone",
            insertOnly: ["created"],
            deleteMissing: new DeleteMissingModel(DeleteScopeKind.Group, 3, false, 0.5)),
        ["merge and delete what is missing in the window"] = new(
            "bookings", LoadStrategy.Merge, [Col.Key("id"), Col.Value("at", ColumnType.Instant)], deleteMissing: new DeleteMissingModel(DeleteScopeKind.Window, 1, false, 0.5)),
        ["merge and delete what is missing, where null is a key"] = new(
            "codes", LoadStrategy.Merge, [Text("code", 10, key: true, nullable: true), Text("name")], nullKeysMatch: true, deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.5)),
        ["merge where the same version is overwritten"] = new(
            "offers", LoadStrategy.Merge, [Col.Key("id"), Col.Value("at", ColumnType.Instant), Bytes("raw", nullable: true)], version: "at", onSameVersion: "Overwrite"),
        ["history"] = new(
            "teams", LoadStrategy.History, [Text("name", 40, key: true), Text("team", nullable: true), Col.Value("from", ColumnType.Date), Col.Value("to", ColumnType.Date)], partition: "from", validTo: "to"),
        ["history whose new columns open versions"] = new(
            "grades", LoadStrategy.History, [Col.Key("id"), Text("grade", nullable: true), Col.Value("from", ColumnType.Instant), Col.Value("to", ColumnType.Instant)], partition: "from", validTo: "to", newColumnsOpenVersions: true),
        ["history of nullable and other columns, by odd names"] = new(
            "it's [a] table",
            LoadStrategy.History,
            [Text("k]ey", 40, key: true), Text("o'ne", 20, nullable: true), Bytes("two", 20, nullable: true), Col.Value("three", nullable: false), Col.Value("from", ColumnType.Date), Col.Value("to", ColumnType.Date)],
            partition: "from",
            validTo: "to",
            schema: "odd's"),
        ["history with deletions"] = new(
            "plans",
            LoadStrategy.History,
            [Col.Key("id"), Text("plan", 40), Col.Value("seats"), Col.Value("from", ColumnType.Instant), Col.Value("to", ColumnType.Instant), Col.Value("closed", ColumnType.Boolean, nullable: false)],
            partition: "from",
            validTo: "to",
            deleteMarker: "closed",
            deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.5)),
        ["merge with checks of what is staged"] = WithChecks(),
        ["odd names"] = new(
            "a]b [c] 'd' \"e\" --\n;drop table x",
            LoadStrategy.Merge,
            [Col.Key("select]"), Text("staged_row"), Text("STAGED_ROW_"), Col.Value("@start"), Col.Value("größe 😀")],
            schema: "from [x]"),
        ["names of the greatest length"] = new(
            new string('t', 128), LoadStrategy.ReplacePartition, [Col.Key(new string('k', 128)), Col.Value(new string('p', 128), ColumnType.Date)], partition: new string('p', 128), schema: new string('s', 128)),
    };

    internal static TestContract Checked => All["merge with checks of what is staged"];

    /// <summary>Unique texts and bytes, and references to the table itself, by a key and by a text that is none.</summary>
    private static TestContract WithChecks() => new(
        "staff]s",
        LoadStrategy.Merge,
        [Text("id", 20, key: true), Text("boss", 20, nullable: true), Text("na]me", 40, nullable: true), Bytes("badge", 16, nullable: true), Text("deputy", 40, nullable: true)],
        checks:
        [
            new(TableCheckKind.Unique, "Unique(name,badge)", "Fail") { Columns = new EquatableArray<int>([2, 3]) },
            new(TableCheckKind.References, "References(boss)", "Fail") { Columns = new EquatableArray<int>([1]), Reference = Reference("id", true, 20) },
            new(TableCheckKind.References, "References(deputy)", "Warn") { Columns = new EquatableArray<int>([4]), Reference = Reference("na]me", false, 40) },
        ])
    {
        Declared = [new DeclaredCheck("Unique(name,badge)", "no two rows"), new DeclaredCheck("References(boss)", "an id") { Other = "staff]s" }],
    };

    private static ReferenceModel Reference(string column, bool key, int length) =>
        new("staff]s", null, new ColumnModel(column, column, ColumnKind.String, "string", !key, true, false, key, length, null, null));

    internal static Column[] EveryType =>
    [
        Col.Value("b", ColumnType.Boolean), Col.Value("i2", ColumnType.Int16), Col.Value("i4", ColumnType.Int32), Col.Value("i8"),
        Col.Value("r", ColumnType.Single), Col.Value("f", ColumnType.Double), Col.Decimal("d", 38, 10, nullable: true), Col.Value("day", ColumnType.Date),
        Col.Value("time", ColumnType.Time), Col.Value("at", ColumnType.Instant), Col.Value("g", ColumnType.Guid), Text("s", 40, nullable: true),
        Text("longest", 4000, nullable: true), Text("endless", 4001, nullable: true), Text("text", nullable: true), Bytes("x", 16, nullable: true), Bytes("xx", 8001, nullable: true), Bytes("bytes", nullable: true),
    ];
}
