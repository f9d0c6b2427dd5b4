using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>The sample's run books, as its own program holds them against its code: <c>dotnet run --project samples/Flights -- runbook -o samples/Flights/runbooks</c> writes them anew.</summary>
public sealed class RunBookTests
{
    [Fact]
    public void Those_that_are_committed_are_what_the_code_says()
    {
        ProgramResult result = new RunningProgram(Workplace.ProgramFile("Flights"), Repository.Path("samples", "Flights"), ["runbook", "--check"]).Wait();
        result.ExitCode.ShouldBe(0, result.ToString());
    }
}
