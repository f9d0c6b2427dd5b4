using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 48: a contract that has changed since its table was made.</summary>
public sealed class Schemas
{
    private static readonly Column[] Columns = [Col.Key("id"), Col.Value("name", ColumnType.String)];

    [Theory, OnEveryDestination]
    public async Task S48_an_added_nullable_column_is_added_and_what_was_loaded_before_is_stale_for_it(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        Partition day = TestDatabase.Day("2024-03-01");
        await database.LoadAsync(new TestContract("t", LoadStrategy.Merge, Columns), day, [1L, "a"]);
        var wider = new TestContract("t", LoadStrategy.Merge, [.. Columns, Col.Decimal("odd \"name\"", 10, 2, nullable: true), Col.Value("at", ColumnType.Instant)]);

        await database.Destination.PrepareAsync([wider], _ => TestDatabase.Pipeline, CancellationToken.None);

        database.Rows(wider).ShouldHaveSingleItem().ShouldBe([1L, "a", null, null]);
        PartitionEntry entry = (await database.EntryAsync(day))!;
        entry.State.ShouldBe(PartitionState.Stale);
        entry.Error.ShouldBe("the columns odd \"name\", at were added to t after it was loaded");
        await database.LoadAsync(wider, day, [1L, "a", 2.5m, null]);
        database.Rows(wider).ShouldHaveSingleItem().ShouldBe([1L, "a", 2.5m, null]);
        (await database.EntryAsync(day))!.State.ShouldBe(PartitionState.Complete);
    }

    [Theory, OnEveryDestination]
    public async Task S48_an_added_column_that_may_not_be_null_is_refused_with_the_statement_that_adds_it(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(new TestContract("t", LoadStrategy.Merge, Columns), null, [1L, "a"]);
        var wider = new TestContract("t", LoadStrategy.Merge, [.. Columns, Col.Value("size", nullable: false)]);

        PipelineException e = await Should.ThrowAsync<PipelineException>(database.PrepareAsync(wider));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column size");
        database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..]);
        await database.LoadAsync(wider, null, [2L, "b", 3L]);
        database.Count("t").ShouldBe(2);
    }

    [Theory]
    [OnEveryDestination("", true)]
    [OnEveryDestination("create unique index u on t (a, b, v)", true)]
    [OnEveryDestination("create index u on t (a, b)", true)]
    [OnEveryDestination("create unique index u on t (b, a)", false)]
    [OnEveryDestination("create unique index u on t (a)", false)]
    public async Task S48_a_merge_into_a_table_that_does_not_hold_its_key_once_is_refused_with_the_statement_that_mends_it(Destination destination, string index, bool refused)
    {
        await using TestDatabase database = destination.NewDatabase();
        string whole = destination == Destination.Sqlite ? "integer" : "bigint";
        database.Execute($"create table t (a {whole} not null, b {whole} not null, v {whole})");
        if (index.Length > 0)
        {
            database.Execute(index);
        }

        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("a"), Col.Key("b"), Col.Value("v")]);
        Task PrepareAsync() => database.Destination.PrepareAsync([table], _ => TestDatabase.Pipeline, CancellationToken.None);
        if (refused)
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(PrepareAsync());
            e.Kind.ShouldBe(FailureKind.Schema);
            e.What.ShouldContain("has no unique index on its contract's key (a, b)");
            database.Execute(e.Next[e.Next.IndexOf("create unique index", StringComparison.Ordinal)..]);
        }

        await PrepareAsync();
        (await database.LoadAsync(table, null, [1L, 2L, 3L])).Inserted.ShouldBe(1);
    }

    [Theory, OnEveryDestination]
    public async Task S48_a_removed_column_stays_with_what_is_in_it(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var wide = new TestContract("t", LoadStrategy.Merge, Columns);
        await database.LoadAsync(wide, null, [1L, "a"]);
        var narrow = new TestContract("t", LoadStrategy.Merge, [Columns[0], Col.Value("other", ColumnType.Int64)]);
        await database.LoadAsync(narrow, null, [1L, 7L], [2L, 8L]);
        database.Rows(wide).Select(row => row[1]).ShouldBe(["a", null]);
    }

    [Theory]
    [OnEveryDestination(ColumnType.Int16)]
    [OnEveryDestination(ColumnType.String)]
    public async Task S48_another_type_is_refused_and_nothing_changes(Destination destination, ColumnType type)
    {
        await using TestDatabase database = destination.NewDatabase();
        var before = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("size", ColumnType.Double)]);
        await database.LoadAsync(before, null, [1L, 0.5]);
        string digest = database.Digest("t");

        PipelineException e = await Should.ThrowAsync<PipelineException>(
            database.PrepareAsync(new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("size", type)])));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column size");
        e.Next.ShouldContain("alter table");
        database.Digest("t").ShouldBe(digest);
    }

    /// <summary>Tables made by others, with a column of the contract's that no load can write; and the same in a table that takes its contract's shape when it is loaded.</summary>
    internal static (LoadStrategy Strategy, string Maker)[] Makers { get; } =
    [
        (LoadStrategy.Merge, "expression"), (LoadStrategy.Merge, "identity"), (LoadStrategy.ReplaceTable, "expression"), (LoadStrategy.ReplaceTable, "identity"),
    ];

    [Theory, OnEveryDestination(From = nameof(Makers))]
    public async Task S48_a_column_whose_values_the_database_makes_is_refused_before_any_row_is_read(Destination destination, (LoadStrategy Strategy, string Maker) made)
    {
        string? column = (destination, made.Maker) switch
        {
            (Destination.Sqlite, "expression") => "size integer generated always as (id * 2) stored",
            (Destination.PostgreSql, "expression") => "size bigint generated always as (id * 2) stored",
            (Destination.PostgreSql, _) => "size bigint generated always as identity",
            (Destination.SqlServer, "expression") => "size as id * 2 persisted",
            (Destination.SqlServer, _) => "size bigint identity",
            _ => null,
        };
        Assert.SkipWhen(column is null, "an identity of SQLite's may be written");
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", made.Strategy, [Col.Key("id"), Col.Value("size", nullable: made.Maker == "expression")]);
        database.Execute($"create table t (id {(destination == Destination.Sqlite ? "integer" : "bigint")} not null primary key, {column})");

        PipelineException e = await Should.ThrowAsync<PipelineException>(database.PrepareAsync(table));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column size: expected ");
        e.What.ShouldContain("whose values ");
        e.Next.ShouldContain("Leave the column out of the contract");
        if (e.Next.IndexOf("alter table", StringComparison.Ordinal) is >= 0 and var statement)
        {
            database.Execute(e.Next[statement..]);
            (await database.LoadAsync(table, null, [1L, 3L])).Inserted.ShouldBe(1);
            database.Lines(table).ShouldBe(["1 | 3"]);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S48_a_number_that_the_database_gives_only_where_an_insert_gives_none_is_a_column_as_any_other(Destination destination)
    {
        string? column = destination switch
        {
            Destination.Sqlite => "id integer not null primary key autoincrement",
            Destination.PostgreSql => "id bigint generated by default as identity primary key",
            _ => null,
        };
        Assert.SkipWhen(column is null, "SQL Server refuses every value for an identity");
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("size")]);
        database.Execute($"create table t ({column}, size {(destination == Destination.Sqlite ? "integer" : "bigint")})");
        await database.LoadAsync(table, null, [7L, 3L]);
        database.Lines(table).ShouldBe(["7 | 3"]);
    }
}
