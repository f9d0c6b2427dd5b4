using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>What a person sees: the program under a real pseudo-terminal.</summary>
public sealed class TerminalTests
{
    [Fact]
    public void On_a_terminal_there_are_progress_bars_and_the_cursor_comes_back()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script(1), of the package bsdutils, for a pseudo-terminal");
        using Workplace place = Workplace.Create();
        string command = $"stty cols 100; dotnet '{Workplace.ProgramFile("Flights")}' backfill";

        ProgramResult result = new RunningProgram("/usr/bin/script", place.Folder, ["-qec", command, "/dev/null"], ("TERM", "xterm-256color"), ("CI", "")).Wait();

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("━━━━━");
        result.Output.ShouldContain("90/90 partitions");
        result.Output.ShouldContain("\u001b[?25h", Case.Sensitive, "the cursor is shown again");
        result.Output.ShouldNotContain("flights 2001-01-01  ", Case.Sensitive, "lines for each partition are for logs");
        string[] table = [.. result.Output.Split('\n').SkipWhile(line => !line.StartsWith("pipeline ", StringComparison.Ordinal))];
        table.ShouldAllBe(line => line.TrimEnd('\r').Length <= 80, "the summary fits a terminal");
        place.Scalar<int>("select count(*) from flights").ShouldBe(20_000);
    }

    [Fact]
    public void S52_on_a_terminal_what_becomes_stale_on_the_way_has_its_bar_too()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script(1), of the package bsdutils, for a pseudo-terminal");
        using Workplace place = Workplace.Create("2001-01-01", "2001-01-02");
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        string[] days = ["--from", "2001-01-01", "--to", "2001-01-02"];
        place.Run(["backfill", "flights", "delays", .. days]).ExitCode.ShouldBe(0);
        File.AppendAllText(place.LandingFile("2001-01-02"), "2001-01-05 00:00,ABQ,ABE,1,100\n");
        place.Run("run", "flights", "--partition", "2001-01-02").ExitCode.ShouldBe(3, "a row of another day fails the run");
        string text = File.ReadAllText(place.LandingFile("2001-01-02"));
        File.WriteAllText(place.LandingFile("2001-01-02"), text[..text.IndexOf("2001-01-05", StringComparison.Ordinal)]);

        string command = $"stty cols 100; dotnet '{Workplace.ProgramFile("Flights")}' backfill flights delays {string.Join(' ', days)}";
        ProgramResult result = new RunningProgram("/usr/bin/script", place.Folder, ["-qec", command, "/dev/null"], ("TERM", "xterm-256color"), ("CI", "")).Wait();

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("flights: 1 partition to load");
        place.Query<string>("select pipeline || ' ' || outcome from tp_run order by sequence desc limit 2").ShouldBe(["delays succeeded", "flights succeeded"]);
    }
}
