using FsCheck;
using FsCheck.Fluent;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>Whatever is loaded, in whatever order, stopped wherever, by one worker or two: the table and the ledger are what the contract says.</summary>
public sealed class RandomPrograms
{
    private const int Programs = 90;

    /// <summary>A failure prints the smallest program that fails, and the seed that leads to it.</summary>
    [Theory, OnEveryDestination]
    public async Task S02_S07_S14_S16_S25_S27_S28_S29_S33_S34_S35_S43_S46_random_programs_of_loads_leave_what_the_model_says(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        // A thread of its own: FsCheck waits for each program.
        await Task.Factory.StartNew(
            () => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(LoadProgram.Any(), Holds)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        void Holds(LoadProgram program) => new Execution(database, program).RunAsync().GetAwaiter().GetResult();
    }
}
