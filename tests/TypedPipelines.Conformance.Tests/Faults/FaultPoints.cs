namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>Statements 33 and 34 for every strategy: stopped anywhere, a run has changed all or nothing, and the next one ends as an undisturbed one.</summary>
public sealed class FaultPoints
{
    private const int Fewest = 200;

    [Theory, OnEveryDestination]
    public async Task S33_S34_stopped_at_any_of_hundreds_of_points_every_strategy_changes_all_or_nothing_and_the_next_run_ends_as_an_undisturbed_one(Destination destination)
    {
        int points = 0;
        foreach (FaultCase fault in FaultCase.All())
        {
            await using TestDatabase database = destination.NewDatabase();
            points += await StopEverywhereAsync(database, fault);
        }

        await using TestDatabase last = destination.NewDatabase();
        points += await StopBetweenBatchesAsync(last, destination, FaultCase.Large());
        TestContext.Current.TestOutputHelper!.WriteLine($"{points} points at {destination}");
        points.ShouldBeGreaterThanOrEqualTo(Fewest);
    }

    /// <returns>How many points there were.</returns>
    private static async Task<int> StopEverywhereAsync(TestDatabase database, FaultCase fault)
    {
        var runs = new FaultyRun(database, fault);
        Outcome outcome = await Outcome.OfAsync(database, fault, runs);
        for (int statement = 1; ; statement++)
        {
            runs.Restore();
            (Guid run, string? where) = await runs.StopBeforeAsync(statement);
            if (where is null)
            {
                outcome.WasSeen.ShouldBe((true, true), $"{fault.Name}: some points lie before the commit, and some behind it");
                return statement - 1;
            }

            await outcome.CheckAsync(run, where);
            await runs.RunAsync();
            outcome.CheckEnd(where);
        }
    }

    private static async Task<int> StopBetweenBatchesAsync(TestDatabase database, Destination destination, FaultCase fault)
    {
        var runs = new FaultyRun(database, fault);
        Outcome outcome = await Outcome.OfAsync(database, fault, runs);
        long copies = 0;
        for (int batch = 1; batch < fault.Batches; batch++)
        {
            runs.Restore();
            (Guid run, string? where) = await runs.StopAfterBatchAsync(batch, whileStaging: () => copies += OpenCopies());
            await outcome.CheckAsync(run, where.ShouldNotBeNull());
            await runs.RunAsync();
            outcome.CheckEnd(where);
        }

        outcome.WasSeen.ShouldBe((true, false), "nothing is published before all is staged");
        if (destination == Destination.PostgreSql)
        {
            copies.ShouldBeGreaterThan(fault.Batches / 2, "most of the runs are to end in the middle of a COPY");
        }

        return fault.Batches - 1;

        long OpenCopies() => destination == Destination.PostgreSql ? database.Count("pg_stat_progress_copy where datname = current_database()") : 0;
    }

    /// <summary>What the table is before the run and after it; there is nothing else that it may be.</summary>
    private sealed class Outcome
    {
        private readonly TestDatabase _database;
        private readonly FaultCase _fault;
        private readonly List<string> _old;
        private readonly List<string> _new;

        private Outcome(TestDatabase database, FaultCase fault, List<string> before, List<string> after) =>
            (_database, _fault, _old, _new) = (database, fault, before, after);

        /// <summary>Whether stopped runs were seen that had changed nothing, and such that had changed all.</summary>
        internal (bool Old, bool New) WasSeen { get; private set; }

        internal static async Task<Outcome> OfAsync(TestDatabase database, FaultCase fault, FaultyRun runs)
        {
            await runs.PrepareAsync();
            List<string> before = database.Lines(fault.Table);
            await runs.RunAsync();
            List<string> after = database.Lines(fault.Table);
            after.ShouldNotBe(before, fault.Name);
            return new Outcome(database, fault, before, after);
        }

        /// <summary>What readers see of a run that was stopped, and what the ledger says of it.</summary>
        internal async Task CheckAsync(Guid run, string where)
        {
            bool published = (await _database.EntryAsync(FaultCase.Day))!.RunId == run;
            _database.Lines(_fault.Table).ShouldBe(published ? _new : _old, where);
            WasSeen = (WasSeen.Old || !published, WasSeen.New || published);
        }

        /// <summary>What the run after it leaves.</summary>
        internal void CheckEnd(string where)
        {
            _database.Lines(_fault.Table).ShouldBe(_new, where);
            _database.StagingObjects().ShouldBeEmpty(where);
            _database.Count($"{_database.LedgerTable("run")} where outcome = 'running'").ShouldBe(0, where);
        }
    }
}
