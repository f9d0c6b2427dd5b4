namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>What people put on tables. Each is put on one that is loaded in every way.</summary>
internal static class ForeignObjects
{
    /// <summary>The values of half of the batches are below it.</summary>
    private const int Limit = 30;

    private static Destination[] Servers { get; } = [Destination.PostgreSql, Destination.SqlServer];

    private static Destination[] NotSqlServer { get; } = [Destination.Sqlite, Destination.PostgreSql];

    /// <summary>The ways whose table has the key for its primary key, to which others may refer.</summary>
    private static Way[] HaveKeyAlone { get; } = [Way.Merge, Way.MergeInTwo, Way.ReplaceTable];

    internal static ForeignObject[] All { get; } =
    [
        new("nothing"),
        new("an index") { After = _ => ["create index other on t (v)"] },
        new("a unique index on another column")
        {
            After = at => [$"create unique index other on t (v){(at == Destination.SqlServer ? " where v is not null" : "")}"],
            Refuses = change => HasTwice(change, row => row.V?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            MayRefuse = change => change.Updated.Any(row => row.New.V is not null && change.Updated.Any(other => other.Old.K != row.New.K && other.Old.V == row.New.V)),
            Says = "the unique index other of table t",
        },
        new("a unique constraint that is checked at the end")
        {
            At = [Destination.PostgreSql],
            Constraint = _ => "constraint other unique (v) deferrable initially deferred",
            Refuses = change => HasTwice(change, row => row.V?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Says = "other",
        },
        new("a unique index on an expression of the key")
        {
            At = NotSqlServer,
            After = _ => ["create unique index other on t (lower(k), day)"],
            Refuses = change => HasTwice(change, row => $"{row.K.ToLowerInvariant()} {row.Day}"),
            MayRefuse = change => change.Updated.Count > 1,
            Says = "the unique index other of table t",
        },
        new("a unique index by another collation")
        {
            Before = at => at == Destination.PostgreSql ? ["create collation lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"] : [],
            Column = at => at == Destination.SqlServer ? "lax as k collate Latin1_General_CI_AS" : null,
            After = at => [$"create unique index other on t ({at switch { Destination.Sqlite => "k collate nocase", Destination.PostgreSql => "k collate lax", _ => "lax" }}, day)"],
            Refuses = change => HasTwice(change, row => $"{row.K.ToLowerInvariant()} {row.Day}"),
            MayRefuse = change => change.Updated.Count > 1,
            Says = "the unique index other of table t",
        },
        new("a check") { Constraint = _ => $"constraint other check (v < {Limit})", Refuses = ExceedsLimit, Says = "other" },
        new("a column with a default") { Column = at => at == Destination.SqlServer ? "extra int not null default 7" : "extra integer not null default 7", KeptColumn = "extra" },
        new("an identity")
        {
            Column = at => at switch { Destination.Sqlite => "n integer primary key autoincrement", Destination.PostgreSql => "n bigint generated always as identity", _ => "n bigint identity" },
            TakesPrimaryKey = true,
            KeptColumn = "n",
        },
        new("a serial") { At = [Destination.PostgreSql], Column = _ => "n bigserial", KeptColumn = "n" },
        new("an expression") { Column = at => at == Destination.SqlServer ? "twice as v * 2" : "twice bigint generated always as (v * 2) stored" },
        new("an expression that is unique")
        {
            Column = at => at == Destination.SqlServer ? "half as v / 2" : "half bigint generated always as (v / 2) stored",
            After = at => [at == Destination.SqlServer ? "create unique index other on t (half, k, day)" : "create unique index other on t (half)"],
            At = NotSqlServer,
            Refuses = change => HasTwice(change, row => (row.V / 2)?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            MayRefuse = change => change.Updated.Any(row => row.New.V is not null && change.Updated.Any(other => other.Old.K != row.New.K && other.Old.V / 2 == row.New.V / 2)),
            Says = "the unique index other of table t",
        },
        new("an audit") { Before = _ => [Triggers.AuditTable], After = at => Triggers.Audit(at, "after"), Audits = true },
        new("an audit before the fact") { At = NotSqlServer, Before = _ => [Triggers.AuditTable], After = at => Triggers.Audit(at, "before"), Audits = true },
        new("a trigger that changes a value") { After = Triggers.RoundDown, Stored = value => value - (value % 2) },
        new("a trigger that leaves rows out") { At = NotSqlServer, After = at => Triggers.LeaveOut(at), LeavesOut = value => value % 3 == 0 },
        new("a table that inherits") { At = [Destination.PostgreSql], After = _ => ["create table t_more () inherits (t)", "insert into t_more (k, day, v) values ('b', '2024-03-02', 1)"] },
        new("partitions of the key")
        {
            At = [Destination.PostgreSql],
            Options = _ => " partition by hash (k)",
            After = _ => ["create table t_0 partition of t for values with (modulus 2, remainder 0)", "create table t_1 partition of t for values with (modulus 2, remainder 1)"],
        },
        new("partitions of the day")
        {
            At = [Destination.PostgreSql],
            Ways = [Way.ReplacePartition],
            Options = _ => " partition by range (day)",
            After = _ => ["create table t_0 partition of t for values from ('2024-03-01') to ('2024-03-02')", "create table t_1 partition of t default"],
        },
        new("partitions with triggers that leave rows out")
        {
            At = [Destination.PostgreSql],
            Options = _ => " partition by hash (k)",
            After = at =>
            [
                "create table t_0 partition of t for values with (modulus 2, remainder 0)",
                "create table t_1 partition of t for values with (modulus 2, remainder 1)",
                .. Triggers.LeaveOut(at, "t_0"),
                .. Triggers.LeaveOut(at, "t_1")[1..],
            ],
            LeavesOut = value => value % 3 == 0,
        },
        new("a foreign key to another table")
        {
            Before = at => ["create table other (v bigint not null primary key)", .. Enumerable.Range(0, Limit).Select(v => $"insert into other values ({v})")],
            Constraint = _ => "constraint t_other foreign key (v) references other (v)",
            Refuses = ExceedsLimit,
            Says = "t",
        },
        new("a foreign key to another table that is checked at the end")
        {
            At = NotSqlServer,
            Before = at => ["create table other (v bigint not null primary key)", .. Enumerable.Range(0, Limit).Select(v => $"insert into other values ({v})")],
            Constraint = _ => "constraint t_other foreign key (v) references other (v) deferrable initially deferred",
            Refuses = ExceedsLimit,
            Says = "oreign key",
        },
        new("rows of another table that refer to a row")
        {
            // A row that others refer to may be updated; one that is deleted, if only to be inserted again, may not.
            Ways = HaveKeyAlone,
            After = at => Child(at, "a", ""),
            Refuses = change => change.Deleted.Any(row => row.K == "a"),
            Says = "of table t refused a row",
        },
        new("rows of another table that go when the row does")
        {
            Ways = [Way.Merge, Way.MergeInTwo],
            After = at => Child(at, "a", " on delete cascade"),
            Child = "child",
        },
        new("rows of another table that refer to a row, which is checked at the end")
        {
            At = NotSqlServer,
            Ways = HaveKeyAlone,
            After = at => Child(at, "a", " deferrable initially deferred"),
            Refuses = change => change.Deleted.Any(row => row.K == "a") && change.Rows.All(row => row.K != "a"),
            Says = "oreign key",
        },
        new("policies for its rows")
        {
            At = [Destination.PostgreSql],
            ByRole = true,
            After = _ =>
            [
                "insert into t (k, day, v) values ('c', '2024-03-02', 1)",
                "alter table t enable row level security",
                $"create policy visible on t using (k <> 'c') with check (k <> 'c' and (v is null or v < {Limit}))",
            ],
            Hides = row => row.K == "c",
            Refuses = change => ExceedsLimit(change) || change.Written.Any(row => row.K == "c"),
            Says = "row-level security policy",
        },
        new("a view") { After = _ => ["create view all_of_t as select * from t"] },
        new("a table without row ids") { At = [Destination.Sqlite], Options = _ => " without rowid" },
        new("strict types") { At = [Destination.Sqlite], Options = _ => " strict" },
    ];

    /// <summary>A row to refer to, of a day that is loaded, and one that does.</summary>
    private static string[] Child(Destination at, string key, string rule)
    {
        string type = at == Destination.SqlServer ? "nvarchar(400) collate Latin1_General_100_BIN2" : at == Destination.PostgreSql ? "text collate \"C\"" : "text";
        return
        [
            $"create table child (k {type} not null constraint child_k references t (k){rule})",
            $"insert into t (k, day, v) values ('{key}', '2024-03-02', 1)",
            $"insert into child values ('{key}')",
        ];
    }

    private static bool HasTwice(Change change, Func<Row, string?> value) =>
        change.Rows.Select(value).OfType<string>().GroupBy(each => each).Any(group => group.Count() > 1);

    private static bool ExceedsLimit(Change change) => change.Written.Any(row => row.V >= Limit);
}
