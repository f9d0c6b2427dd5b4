using System.Globalization;
using System.Text.RegularExpressions;
using TypedPipelines.Consumer.Tests.Harness;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests;

/// <summary>The examples of docs/scheduling.md, run as they stand there, as far as that goes without the scheduler itself.</summary>
[Collection<OneBuildAtATime>]
public sealed partial class SchedulingTests(NewProject project)
{
    /// <summary>Stands in for Airflow: the decorators call what they decorate for one day, and what it raises becomes the exit code.</summary>
    private const string Airflow = """
        import sys, types

        class AirflowException(Exception): pass
        class AirflowFailException(AirflowException): pass

        def task(**options):
            assert options["retries"] > 0
            return lambda function: lambda: function(ds=sys.argv[1])

        def dag(**options):
            assert options["schedule"] == "@daily"
            return lambda function: function

        for name, content in {"airflow": {}, "airflow.decorators": {"dag": dag, "task": task}, "airflow.exceptions": {"AirflowException": AirflowException, "AirflowFailException": AirflowFailException}}.items():
            sys.modules[name] = types.ModuleType(name)
            vars(sys.modules[name]).update(content)

        try:
            exec(open("dag.py").read(), {"__name__": "dag"})
        except AirflowFailException as failure:
            print("fails for good:", failure)
        except AirflowException as failure:
            print("is tried again:", failure)
        """;

    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "scheduling.md"));

    [Fact]
    public void The_line_for_cron_loads_what_is_missing_and_writes_only_of_a_failure()
    {
        string line = Block("cron").Trim();
        Regex.Count(line, @"^(\S+ ){5}cd ").ShouldBe(1, "five fields of time, and a command");
        using var deployed = new Deployed(project);
        string command = Regex.Replace(line, @"^(\S+ ){5}", "").Replace("/srv/orders", deployed.Folder, StringComparison.Ordinal);

        ProgramResult first = deployed.Run("sh", "-c", command);
        File.Delete(Path.Combine(deployed.Folder, "landing", "orders", "2026-01-02.csv"));
        File.Delete(deployed.Database);
        ProgramResult second = deployed.Run("sh", "-c", command);

        first.Output.ShouldBe("");
        second.Output.ShouldBe($"orders ended with 1, see {deployed.Folder}/orders.log\n");
        File.ReadAllText(Path.Combine(deployed.Folder, "orders.log")).ShouldContain("found no file landing/orders/2026-01-02.csv");
        OrdersTable.Rows(deployed.Database).Count.ShouldBe(4);
    }

    [Fact]
    public void The_job_of_Kubernetes_runs_the_image_of_the_project_and_gives_up_where_the_exit_codes_say_so()
    {
        string manifest = Block("yaml");
        string[] arguments = [.. Quoted().Matches(Regex.Match(manifest, @"args: \[(.*)\]").Groups[1].Value).Select(match => match.Groups[1].Value)];
        using var deployed = new Deployed(project);

        ProgramResult ran = deployed.Run("dotnet", ["Orders.dll", .. arguments]);

        ran.ExitCode.ShouldBe(0, ran.ToString());
        OrdersTable.Rows(deployed.Database).Count.ShouldBe(6);
        manifest.ShouldContain("name: TYPEDPIPELINES__CONNECTION");
        Numbers(Regex.Match(manifest, @"values: \[(.*)\]").Groups[1].Value).ShouldBe(NoRetry());
        manifest.ShouldContain("restartPolicy: Never", Case.Sensitive, "podFailurePolicy needs it");
    }

    [Fact]
    public void The_task_of_Airflow_loads_its_day_and_is_tried_again_only_where_that_can_help()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/env") && new RunningProgram("sh", Path.GetTempPath(), ["-c", "command -v python3"]).Wait().ExitCode == 0, "the task is Python, and there is no python3");
        string code = Block("python");
        Numbers(Regex.Match(code, @"FINAL = \{(.*)\}").Groups[1].Value).ShouldBe(NoRetry());
        using var deployed = new Deployed(project);
        File.WriteAllText(Path.Combine(deployed.Folder, "dag.py"), code.Replace("/srv/orders", deployed.Folder, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(deployed.Folder, "airflow_once.py"), Airflow);
        File.WriteAllText(Path.Combine(deployed.Folder, "landing", "orders", "2026-01-03.csv"), "id,day,customer,amount,status\n1,2026-01-03,Ann,-1,paid\n");
        ProgramResult Load(string day) => deployed.Run("python3", "airflow_once.py", day);

        Load("2026-01-01").Output.ShouldContain("\"loaded\": 2");
        Load("2026-01-01").ExitCode.ShouldBe(0);
        OrdersTable.Rows(deployed.Database).Count.ShouldBe(2, "a day that is cleared and loaded again is there once");
        Load("2026-01-03").Output.ShouldContain("fails for good: orders 2026-01-03 ended with 3");
        File.Delete(Path.Combine(deployed.Folder, "landing", "orders", "2026-01-02.csv"));
        Load("2026-01-02").Output.ShouldContain("is tried again: orders 2026-01-02 ended with 1");
    }

    /// <summary>The exit codes of which docs/cli.md says that a scheduler is not to try again.</summary>
    private static int[] NoRetry() => [.. NoRetryRow().Matches(File.ReadAllText(Repository.Path("docs", "cli.md"))).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static int[] Numbers(string list) => [.. list.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static string Block(string language) => Page.Split($"```{language}\n")[1].Split("```")[0];

    [GeneratedRegex(@"^\| (\d+) \|.*\| no retry;", RegexOptions.Multiline)]
    private static partial Regex NoRetryRow();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
