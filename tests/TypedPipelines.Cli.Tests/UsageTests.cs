using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace TypedPipelines.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string Exe = RootCommand.ExecutableName;

    private readonly Program _program = new();

    [Theory]
    [InlineData("backfil", "there is no command 'backfil'. Did you mean 'backfill'?", "")]
    [InlineData("banana", "there is no command 'banana'.", "")]
    [InlineData("", "name a command: list, prepare, plan, run, backfill, retry, undo, serve, status, checks, rejects, late, graph, report, runbook.", "")]
    [InlineData("backfill --form 2001-01-01", "there is no option --form. Did you mean '--from'?", " backfill")]
    [InlineData("status --josn", "there is no option --josn. Did you mean '--json'?", " status")]
    [InlineData("list --destnation=x", "there is no option --destnation. Did you mean '--destination'?", " list")]
    [InlineData("run", "Required argument missing for command: 'run'.", " run")]
    [InlineData("run flights --partition", "Required argument missing for option: '--partition'.", " run")]
    [InlineData("run flights more", "'more' is one argument too many for run. A partition is named with --partition.", " run")]
    [InlineData("rejects --limit many", "--limit takes a whole number of 1 or more, not 'many'.", " rejects")]
    public async Task A_mistyped_command_line_gets_a_guess_and_the_way_to_help(string line, string message, string help)
    {
        Program.Ran ran = await _program.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ran.Error.ShouldBe($"error: {message} See `{Exe}{help} --help`.\n");
        ran.Output.ShouldBe("");
        ran.Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("run fligths", "error: there is no pipeline named 'fligths'. Did you mean 'flights'? There are: flights. See `{0} run --help`.\n")]
    [InlineData("rejects show fligths", "error: there is no pipeline named 'fligths'. Did you mean 'flights'? There are: flights. See `{0} rejects show --help`.\n")]
    [InlineData("status nothing", "error: there is no pipeline named 'nothing'. There are: flights. See `{0} status --help`.\n")]
    [InlineData("backfill --from 2001-01-03 --to 2001-01-02", "error: --from 2001-01-03 comes after --to 2001-01-02. Exchange them; both are included in the span. See `{0} backfill --help`.\n")]
    [InlineData("status --destination memry", "error: there is no destination named 'memry', which --destination asks for. Did you mean 'memory'? Registered: memory. See `{0} status --help`.\n")]
    public async Task A_name_that_does_not_exist_gets_a_guess(string line, string error)
    {
        Program.Ran ran = await _program.RunAsync(line.Split(' '));
        ran.Error.ShouldBe(string.Format(CultureInfo.InvariantCulture, error, Exe));
        ran.Code.ShouldBe(2);
    }

    [Fact]
    public async Task The_list_of_commands_shows_what_may_be_left_out()
    {
        string[] lines = (await _program.RunAsync("--help")).Output.Split('\n');
        string[] commands = [.. lines.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0)];
        commands.ShouldContain(line => line.StartsWith("  backfill [<pipeline>...]  Load every", StringComparison.Ordinal));
        commands.ShouldContain(line => line.StartsWith("  run <pipeline>            Load", StringComparison.Ordinal));
        commands.ShouldContain(line => line.StartsWith("  list                      Show", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("list --help")]
    [InlineData("run --help")]
    [InlineData("backfill -h")]
    [InlineData("status --help")]
    [InlineData("checks --help")]
    [InlineData("rejects --help")]
    public async Task Help_ends_with_examples(string line)
    {
        Program.Ran ran = await _program.RunAsync(line.Split(' '));
        ran.Code.ShouldBe(0);
        ran.Error.ShouldBe("");
        ran.Output.ShouldContain("Usage:");
        ran.Output.ShouldContain("--connection");
        ran.Output.ShouldContain("Examples:");
    }

    [Fact]
    public async Task Version_names_the_program_and_the_engine()
    {
        Program.Ran ran = await _program.RunAsync("--version");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("(TypedPipelines 0.1.0");
    }

    [Fact]
    public async Task Help_is_not_kept_from_anyone_by_a_broken_configuration()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "appsettings.json"), "{ broken");
        var program = new Program { ContentRoot = directory };
        (await program.RunAsync("--help")).Code.ShouldBe(0);
        Program.Ran ran = await program.RunAsync("list");
        ran.Code.ShouldBe(2);
        ran.Error.ShouldStartWith("error: the configuration cannot be read: ");
        ran.Error.ShouldContain("appsettings.json");
    }

    [Fact]
    public async Task The_unexpected_is_one_line_unless_the_stack_trace_is_asked_for()
    {
        _program.Configure = app => app.Services.AddSingleton<PipelineRegistration>(_ => throw new InvalidOperationException("boom"));
        Program.Ran ran = await _program.RunAsync("list");
        ran.Code.ShouldBe(1);
        ran.Error.ShouldBe("error: InvalidOperationException: boom. --verbose shows the stack trace.\n");
        (await _program.RunAsync("list", "--verbose")).Error.ShouldContain("   at ");
    }

    [Fact]
    public async Task A_declaration_that_cannot_be_built_is_a_usage_error()
    {
        _program.Configure = app => app.Services.AddSingleton<PipelineRegistration>(_ => throw new TypeInitializationException(
            "X", new PipelineException(FailureKind.Usage, "this machine knows no time zone named 'Mars'", "Write an IANA name.")));
        Program.Ran ran = await _program.RunAsync("list");
        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain("'Mars'");
    }
}
