using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statements 1 to 7.</summary>
public sealed class Windows : IAsyncDisposable
{
    private static readonly Partition First = Database.Day("2024-03-01");
    private static readonly Partition Second = Database.Day("2024-03-02");

    private readonly Database _database = new();
    private readonly TestContract _readings = new(
        "readings",
        LoadStrategy.ReplacePartition,
        [Col.Key("id"), Col.Value("at", ColumnType.Instant, nullable: false), Col.Value("amount")],
        partition: "at");

    private readonly TestContract _days = new(
        "days",
        LoadStrategy.ReplacePartition,
        [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("amount")],
        partition: "day");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static DateTime At(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);

    private static object?[] Row(long id, string at, long amount = 1) => [id, At(at), amount];

    [Fact]
    public async Task S01_no_rows_leave_an_empty_window_that_is_complete()
    {
        await _database.LoadAsync(_readings, First, Row(1, "2024-03-01T10:00:00Z"));
        LoadedTable loaded = await _database.LoadAsync(_readings, First);
        loaded.ShouldBe(new LoadedTable("readings", 0, 0, 0, 0, 1));
        _database.Query<long>("select count(*) from readings").ShouldBe(0);
        Ledger.PartitionEntry entry = (await _database.Destination.Ledger.FindPartitionAsync(Database.Pipeline, First.Key, CancellationToken.None))!;
        entry.State.ShouldBe(Ledger.PartitionState.Complete);
        entry.Counts.Loaded.ShouldBe(0);
    }

    [Theory]
    [InlineData(RowAction.Drop)]
    [InlineData(RowAction.Quarantine)]
    [InlineData(RowAction.Fail)]
    public async Task S02_a_row_outside_the_window_is_never_inserted(RowAction action)
    {
        var table = new TestContract("readings", LoadStrategy.ReplacePartition, _readings.Columns, partition: "at") { WhenOutOfWindow = action };
        await _database.LoadAsync(table, First, Row(1, "2024-03-01T10:00:00Z"));
        Task load = _database.LoadAsync(table, First, Row(1, "2024-03-01T11:00:00Z"), Row(2, "2024-03-05T00:00:00Z"));
        if (action == RowAction.Fail)
        {
            PipelineException e = await Should.ThrowAsync<PipelineException>(load);
            e.Kind.ShouldBe(FailureKind.Row);
            e.Message.ShouldContain("test.csv:3");
            e.Message.ShouldContain("column at of readings");
            _database.Query<DateTime>("select at from readings").ShouldBe(At("2024-03-01T10:00:00Z"));
        }
        else
        {
            await load;
            _database.Query<DateTime>("select at from readings").ShouldBe(At("2024-03-01T11:00:00Z"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S03_row_at_end_belongs_to_next_window(bool inOrder)
    {
        Func<Task>[] loads =
        [
            () => _database.LoadAsync(_readings, First, Row(1, "2024-03-01T00:00:00Z")),
            () => _database.LoadAsync(_readings, Second, Row(2, "2024-03-02T00:00:00Z")),
        ];
        foreach (Func<Task> load in inOrder ? loads : loads.Reverse())
        {
            await load();
            await load();
        }

        _database.List<long>("select id from readings order by id").ShouldBe([1, 2]);
        (await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_readings, First, Row(2, "2024-03-02T00:00:00Z")))).Kind.ShouldBe(FailureKind.Row);
    }

    [Fact]
    public async Task S04_a_row_one_tick_before_the_end_is_replaced_by_its_window()
    {
        object?[] last = Row(1, "2024-03-01T23:59:59.999999Z");
        await _database.LoadAsync(_readings, First, last);
        (await _database.LoadAsync(_readings, Second, Row(2, "2024-03-02T00:00:00.0000000Z"))).Deleted.ShouldBe(0);
        (await _database.LoadAsync(_readings, First, last)).Deleted.ShouldBe(1);
        _database.Query<long>("select count(*) from readings").ShouldBe(2);
        _readings.Sql.Publish.ShouldAllBe(statement => !statement.Sql.Contains("between", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task S04_a_day_of_a_zone_deletes_exactly_its_instants()
    {
        Partition shortDay = Database.Day("2024-03-10", "America/Chicago");
        await _database.LoadAsync(_readings, shortDay, Row(1, "2024-03-10T06:00:00Z"), Row(2, "2024-03-11T04:59:59.999999Z"));
        (await _database.LoadAsync(_readings, shortDay, Row(1, "2024-03-10T06:00:00Z"))).Deleted.ShouldBe(2);
        await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_readings, shortDay, Row(1, "2024-03-11T05:00:00Z")));
    }

    [Fact]
    public async Task S05_null_in_the_partition_column_fails_the_load()
    {
        var table = new TestContract(
            "readings", LoadStrategy.ReplacePartition, [Col.Value("at", ColumnType.Instant), Col.Value("amount")], partition: "at");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(table, First, [null, 1L]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.Message.ShouldContain("column at of readings");
        Should.Throw<Npgsql.PostgresException>(() => _database.Execute("insert into readings (amount) values (1)"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S06_a_row_that_moved_to_another_window_exists_once(bool inOrder)
    {
        await _database.LoadAsync(_readings, First, Row(1, "2024-03-01T10:00:00Z"), Row(2, "2024-03-01T10:00:00Z"));
        Func<Task>[] loads =
        [
            () => _database.LoadAsync(_readings, First, Row(2, "2024-03-01T10:00:00Z")),
            () => _database.LoadAsync(_readings, Second, Row(1, "2024-03-02T09:00:00Z")),
        ];
        foreach (Func<Task> load in inOrder ? loads : loads.Reverse())
        {
            await load();
        }

        _database.List<string>("select id || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from readings order by id")
            .ShouldBe(["1 2024-03-02 09:00", "2 2024-03-01 10:00"]);
    }

    [Fact]
    public async Task S07_reloading_a_window_changes_nothing_else()
    {
        for (int day = 1; day <= 5; day++)
        {
            await _database.LoadAsync(_days, Database.Day($"2024-03-0{day}"), [new DateOnly(2024, 3, day), 1L], [new DateOnly(2024, 3, day), 2L]);
        }

        string rest = _database.Digest("days", "day <> '2024-03-03'");
        LoadedTable loaded = await _database.LoadAsync(_days, Database.Day("2024-03-03"), [new DateOnly(2024, 3, 3), 7L]);
        loaded.ShouldBe(new LoadedTable("days", 1, 0, 1, 0, 2));
        _database.Digest("days", "day <> '2024-03-03'").ShouldBe(rest);
        _database.List<long>("select amount from days where day = '2024-03-03'").ShouldBe([7]);
    }

    [Fact]
    public async Task A_failed_load_leaves_every_row_and_the_partition_marked_failed()
    {
        await _database.LoadAsync(_readings, First, Row(1, "2024-03-01T10:00:00Z"));
        string before = _database.Digest("readings");
        await using (IPartitionSession session = await _database.BeginAsync(First))
        {
            session.Before!.State.ShouldBe(Ledger.PartitionState.Complete);
            await Database.StageAsync(session, _readings, First, Row(9, "2024-03-01T10:00:00Z"));
            await session.FailAsync(Database.Failed("bad row"), CancellationToken.None);
        }

        _database.Digest("readings").ShouldBe(before);
        Ledger.PartitionEntry entry = (await _database.Destination.Ledger.FindPartitionAsync(Database.Pipeline, First.Key, CancellationToken.None))!;
        entry.State.ShouldBe(Ledger.PartitionState.Failed);
        entry.Error.ShouldBe("bad row");
        entry.LoadedRunId.ShouldNotBeNull();
        entry.LoadedRunId.ShouldNotBe(entry.RunId);
    }
}
