namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 33 and 34 for the first run of all, which creates the tables and the ledger. A class of its own, to run beside the other crashes.</summary>
public sealed class FirstRuns
{
    [Theory, OnEveryDestination]
    public async Task S33_S34_a_first_run_stopped_at_any_statement_is_made_up_for_by_the_next(Destination destination)
    {
        int stopAt = 0;
        for (bool stopped = true; stopped;)
        {
            await using TestDatabase database = destination.NewDatabase();
            (stopped, bool published, string where) = await Crashes.StopAsync(database, ++stopAt, 2);
            (await database.EntryAsync(Crashes.Day) is not null).ShouldBe(published, where);
            if (published)
            {
                Crashes.Content(database).ShouldBe(Crashes.Expected(2), where);
            }

            await Crashes.RunAsync(database.Destination, 3);
            Crashes.Content(database).ShouldBe(Crashes.Expected(3), where);
            database.Outcomes().ShouldNotContain("running", where);
            database.StagingObjects().ShouldBeEmpty(where);
        }

        stopAt.ShouldBeGreaterThan(40);
    }
}
