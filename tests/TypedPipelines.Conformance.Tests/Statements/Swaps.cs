using System.Data.Common;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 42: a table that is replaced as a whole takes another shape with its rows, or keeps both.</summary>
public sealed class Swaps
{
    private static readonly TestContract Old = new(
        "t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("size", ColumnType.Double), Col.Value("name", ColumnType.String), Col.Value("note", ColumnType.String)]);

    /// <summary>A type narrowed and one that is another, null refused and allowed, columns added that may be null and that may not, and one left out.</summary>
    private static readonly TestContract New = new(
        "t",
        LoadStrategy.ReplaceTable,
        [
            Col.Key("id"), Col.Value("size", ColumnType.Int16, nullable: false), Col.Value("name", ColumnType.Boolean), Col.Value("town", ColumnType.String, nullable: false),
            Col.Decimal("odd \"price\"", 10, 2, nullable: true),
        ]);

    private static readonly object?[][] OldRows = [[1L, 0.5, "a", "x"], [2L, null, null, null]];
    private static readonly object?[][] NewRows = [[2L, (short)7, true, "Bonn", 2.5m], [3L, (short)8, null, "Ulm", null]];

    private static readonly List<string> NewLines = ["2 | 7 | True | Bonn | 2.5", "3 | 8 | null | Ulm | null"];

    [Theory, OnEveryDestination]
    public async Task S42_a_new_shape_waits_for_the_rows_and_comes_with_them(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Old, null, OldRows);
        List<string> before = database.Lines(Old);
        await PrepareAsync(database, New);
        await PrepareAsync(database, New);
        database.Lines(Old).ShouldBe(before, "nothing is changed before there are rows");
        PartitionEntry entry = (await database.EntryAsync())!;
        (entry.State, entry.Error).ShouldBe((PartitionState.Stale, "the contract of t has changed in the columns size, name, town, odd \"price\", and the table takes that shape when it is loaded"));

        (await LoadAsync(database, New, NewRows)).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 2));
        database.Lines(New).ShouldBe(NewLines);
        database.List<string?>("select note from t").ShouldBe([null, null], "a column that the contract has no more stays");
        (await database.EntryAsync())!.State.ShouldBe(PartitionState.Complete);
        await PrepareAsync(database, New);
        (await database.EntryAsync())!.State.ShouldBe(PartitionState.Complete);
        await database.PrepareAsync(New);
        (await LoadAsync(database, New, NewRows)).ShouldBe(new LoadedTable("t", 2, 0, 2, 0, 2));
        await LoadAsync(database, New);
        database.Count("t").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S42_a_backfill_loads_a_table_again_whose_contract_has_changed(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using (var engine = new Engine(TestPipeline.Of(PartitionScheme.None, Old, _ => OldRows), database.Destination))
        {
            await engine.RunAsync(await engine.PlanAsync());
        }

        using var changed = new Engine(TestPipeline.Of(PartitionScheme.None, New, _ => NewRows), database.Destination);
        await PrepareAsync(database, New);
        PlannedPartition planned = (await changed.PlanAsync()).ShouldHaveSingleItem();
        planned.Reason.ShouldBe(PlanReason.Stale);
        (await changed.RunAsync([planned])).ShouldHaveSingleItem().Failure.ShouldBeNull();
        database.Lines(New).ShouldBe(NewLines);
        (await changed.PlanAsync()).ShouldHaveSingleItem().Reason.ShouldBe(PlanReason.UpToDate);
    }

    [Theory, OnEveryDestination]
    public async Task S42_a_row_that_is_refused_leaves_the_old_shape_and_the_old_rows(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Old, null, OldRows);
        database.Refuse("insert", "t", "not this one", ("id", 3));
        (string digest, string shape) = (database.Digest("t"), ShapeOf(database));

        (await Should.ThrowAsync<PipelineException>(LoadAsync(database, New, NewRows))).Message.ShouldContain("not this one");

        (database.Digest("t"), ShapeOf(database)).ShouldBe((digest, shape));
    }

    /// <summary>Indexes, a trigger, a view and a check that do not stand in the way, and the rows of another table that refer to it.</summary>
    [Theory, OnEveryDestination]
    public async Task S41_S42_what_hangs_on_the_table_stays_when_its_shape_changes(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Old, null, OldRows);
        database.Execute("create unique index t_note on t (note); create table child (id bigint references t (id)); create view seen as select id, note from t");
        database.CountTouches("t");

        await LoadAsync(database, New, NewRows);

        database.Lines(New).ShouldBe(NewLines);
        database.List<string>("select kind from touched order by kind").ShouldBe(["delete", "delete", "insert", "insert"]);
        database.List<long>("select id from seen order by id").ShouldBe([2, 3]);
        database.Execute("insert into child values (3); update t set note = 'y' where id = 2");
        Should.Throw<DbException>(() => database.Execute("update t set note = 'y' where id = 3")).Message.ShouldContain("note");
        Should.Throw<DbException>(() => database.Execute("insert into t (id, size, town) values (2, 1, '')"));
        (await Should.ThrowAsync<PipelineException>(LoadAsync(database, New, NewRows[0]))).What.ShouldContain("constraint");
        database.Lines(New).ShouldBe(NewLines);
    }

    [Theory, OnEveryDestination]
    public async Task S42_a_column_that_no_load_could_fill_is_refused_at_the_start_with_the_statement_that_removes_it(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(New, null, NewRows);
        TestContract without = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("size", ColumnType.Int64)]);

        PipelineException e = await Should.ThrowAsync<PipelineException>(PrepareAsync(database, without));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column town: expected no such column, or one that may be left out");
        database.Lines(New).ShouldBe(NewLines);
        database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..]);
        await LoadAsync(database, without, [1L, 2L]);
        database.Lines(without).ShouldBe(["1 | 2"]);
    }

    [Theory, OnEveryDestination]
    public async Task S42_S48_a_program_that_only_reads_the_table_asks_for_its_shape(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Old, null, OldRows);
        (await Should.ThrowAsync<PipelineException>(database.PrepareAsync(New))).What.ShouldContain("column size");
    }

    /// <summary>Readers see what was, or wait; none sees an empty table, or half of a shape.</summary>
    [Theory, OnEveryDestination]
    public async Task S32_S42_a_reader_sees_the_old_table_or_the_new_one(Destination destination)
    {
        using var gate = new CommitGate();
        await using TestDatabase database = destination.NewDatabase(gate);
        await database.LoadAsync(Old, null, OldRows);
        List<string> before = database.Lines(Old);
        await PrepareAsync(database, New);
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, New, null, NewRows);
        Task<long>? reading = null;
        await session.PublishGatedAsync(gate, whileBeforeTheGate: () =>
        {
            reading = Task.Factory.StartNew(() => database.Query<long>("select sum(size) + count(*) from t"), TaskCreationOptions.LongRunning);
            if (destination == Destination.Sqlite)
            {
                database.Lines(Old).ShouldBe(before);
                reading.GetAwaiter().GetResult().ShouldBe(2, "0.5 and two rows");
            }
        });
        if (destination != Destination.Sqlite)
        {
            (await reading!).ShouldBe(17, "7, 8 and two rows: it waited");
        }

        database.Lines(New).ShouldBe(NewLines);
    }

    [Theory, OnEveryDestination]
    public async Task S33_S42_stopped_at_any_statement_a_swap_with_another_shape_changes_all_or_nothing_and_the_next_run_ends_as_an_undisturbed_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Old, null, OldRows);
        (string oldShape, List<string> oldLines) = (ShapeOf(database), database.Lines(Old));
        await LoadAsync(database, New, NewRows);
        string newShape = ShapeOf(database);
        (bool Old, bool New) seen = default;
        for (int statement = 1; ; statement++)
        {
            database.Execute("drop table t");
            await database.LoadAsync(Old, null, OldRows);
            var breaker = new StatementBreaker();
            IDestination dying = database.NewDestination(breaker);
            breaker.Arm(statement);
            try
            {
                await LoadAsync(dying, New, NewRows);
                break;
            }
            catch (StatementBreaker.Stopped)
            {
            }
            finally
            {
                breaker.Disarm();
                await ((dying as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
            }

            bool isOld = ShapeOf(database) == oldShape;
            ShapeOf(database).ShouldBeOneOf(oldShape, newShape);
            database.Lines(isOld ? Old : New).ShouldBe(isOld ? oldLines : NewLines, breaker.Last);
            seen = (seen.Old || isOld, seen.New || !isOld);

            await LoadAsync(database, New, NewRows);
            ShapeOf(database).ShouldBe(newShape, customMessage: breaker.Last);
            database.Lines(New).ShouldBe(NewLines, breaker.Last);
            database.StagingObjects().ShouldBeEmpty(breaker.Last);
            database.Count($"{database.LedgerTable("run")} where outcome = 'running'").ShouldBe(0, breaker.Last);
        }

        seen.ShouldBe((true, true), "some points lie before the commit, and some behind it");
    }

    private static Task PrepareAsync(TestDatabase database, TestContract table) =>
        database.Destination.PrepareAsync([table], _ => TestDatabase.Pipeline, CancellationToken.None);

    private static Task<LoadedTable> LoadAsync(TestDatabase database, TestContract table, params object?[][] rows) => LoadAsync(database.Destination, table, rows);

    private static async Task<LoadedTable> LoadAsync(IDestination destination, TestContract table, params object?[][] rows)
    {
        await destination.PrepareAsync([table], _ => TestDatabase.Pipeline, CancellationToken.None);
        await using IPartitionSession session = await destination.BeginAsync(TestDatabase.NewRun(), TimeSpan.FromSeconds(30), CancellationToken.None);
        await TestDatabase.StageAsync(session, table, null, rows);
        return (await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None))[0];
    }

    /// <summary>The table's columns with their types, as the driver tells them.</summary>
    private static string ShapeOf(TestDatabase database)
    {
        using DbConnection connection = database.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "select * from t";
        using DbDataReader reader = command.ExecuteReader();
        return string.Join(", ", reader.GetColumnSchema().Select(column => $"{column.ColumnName} {column.DataTypeName} {column.AllowDBNull}").Order(StringComparer.Ordinal));
    }
}
