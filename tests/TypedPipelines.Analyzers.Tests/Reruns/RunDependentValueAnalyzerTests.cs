namespace TypedPipelines.Analyzers.Tests.Reruns;

public class RunDependentValueAnalyzerTests
{
    private const string Logging = "using Microsoft.Extensions.Logging;";

    [Fact]
    public Task The_clock_in_a_step() => Expect.OnlyAsync(
        "TP1003",
        Pipelines.Daily("=> new(raw.Day, raw.Name, [|DateTime.UtcNow|]);"),
        "DateTime.UtcNow gives another value on the next run, and step 'Clean' uses it: run again, the same partition becomes other rows; take the time from the row or from the partition's window, such as day.Start");

    [Theory]
    [InlineData("At: [|DateTime.Now|]")]
    [InlineData("At: [|DateTime.Today|]")]
    [InlineData("Moment: [|DateTimeOffset.Now|]")]
    [InlineData("Moment: [|DateTimeOffset.UtcNow|]")]
    [InlineData("Moment: [|TimeProvider.System.GetUtcNow()|]")]
    [InlineData("Id: [|Guid.NewGuid()|]")]
    [InlineData("Id: [|Guid.CreateVersion7()|]")]
    [InlineData("Number: [|new Random()|].Next()")]
    [InlineData("Number: [|Random.Shared|].Next()")]
    [InlineData("Number: [|System.Security.Cryptography.RandomNumberGenerator.GetInt32(9)|]")]
    [InlineData("Number: [|System.IO.Path.GetRandomFileName()|].Length")]
    [InlineData("Number: [|System.IO.Path.GetTempFileName()|].Length")]
    [InlineData("Number: [|Environment.TickCount|]")]
    [InlineData("Number: [|Environment.ProcessId|]")]
    [InlineData("Number: [|raw.Name.GetHashCode()|]")]
    [InlineData("Number: [|HashCode.Combine(raw.Day, raw.Name)|]")]
    [InlineData("Number: (int)[|System.Diagnostics.Stopwatch.GetTimestamp()|]")]
    public Task Values_that_change_from_run_to_run(string argument) =>
        Expect.OnlyAsync("TP1003", Pipelines.Daily($"=> new(raw.Day, raw.Name, {argument});"));

    [Theory]
    [InlineData("[|Environment.MachineName|]", "Environment.MachineName", "write it as a constant, or read it as a row of a source")]
    [InlineData("[|Environment.GetEnvironmentVariable(\"X\")|]!", "Environment.GetEnvironmentVariable()", "write it as a constant, or read it as a row of a source")]
    [InlineData("raw.Name + [|raw.Name.GetHashCode()|]", "string.GetHashCode()", "use a hash that is the same in every process, such as SHA256.HashData")]
    [InlineData("\"\" + [|new Random()|]", "new Random()", "compute it from the row's own columns")]
    [InlineData("\"\" + [|Guid.NewGuid()|]", "Guid.NewGuid()", "make the key from the row's own columns")]
    public Task The_message_names_the_api_and_what_to_use_instead(string name, string api, string instead) => Expect.OnlyAsync(
        "TP1003",
        Pipelines.Daily($"=> new(raw.Day, {name});"),
        $"{api} gives another value on the next run, and step 'Clean' uses it: run again, the same partition becomes other rows; {instead}");

    [Fact]
    public Task What_is_known_of_the_run() => Expect.OnlyAsync("TP1003", Pipelines.Daily(
        "=> new(raw.Day, raw.Name, Id: [|run.RunId|], Moment: [|run.StartedAt|]);", parameters: "Raw raw, RunContext run"));

    [Theory]
    [InlineData("=> new(raw.Day, Stamp());", "static string Stamp() => Deeper(); static string Deeper() => [|DateTime.Now|].ToString();")]
    [InlineData("=> new(raw.Day, Stamp);", "static string Stamp => [|DateTime.Now|].ToString();")]
    [InlineData("=> new(raw.Day, Stamp);", "static readonly string Stamp = [|DateTime.Now|].ToString();")]
    [InlineData("=> new(raw.Day, new[] { raw.Name }.Select(Stamp).First());", "static string Stamp(string name) => name + [|DateTime.Now|];")]
    [InlineData("=> new(raw.Day, Ping(3));", "static string Ping(int n) => n == 0 ? [|DateTime.Now|].ToString() : Pong(n); static string Pong(int n) => Ping(n - 1);")]
    [InlineData("{ Func<Guid> id = [|Guid.NewGuid|]; return new(raw.Day, raw.Name, Id: id()); }", "")]
    [InlineData("{ return new(raw.Day, Local()); string Local() => [|DateTime.Now|].ToString(); }", "")]
    [InlineData("{ Func<string> stamp = () => [|DateTime.Now|].ToString(); return new(raw.Day, stamp()); }", "")]
    [InlineData("=> new(raw.Day, Same(raw.Name));", "static T Same<T>(T value) { _ = [|DateTime.Now|]; return value; }")]
    public Task What_the_step_reaches_within_its_class(string body, string members) => Expect.OnlyAsync("TP1003", Pipelines.Daily(body, members));

    [Theory]
    [InlineData("=> new(raw.Day, raw.Name);", "static string Unused() => DateTime.Now.ToString();")]
    [InlineData("=> new(raw.Day, Helper.Stamp());", "static class Helper { public static string Stamp() => DateTime.Now.ToString(); }")] // A known miss.
    [InlineData("=> new(raw.Day, raw.Name, Number: new Random(42).Next());", "")]
    [InlineData("=> new(raw.Day, raw.Name, Number: raw.Day.GetHashCode());", "")]
    [InlineData("=> new(raw.Day, nameof(DateTime.UtcNow));", "")]
    [InlineData("=> new(raw.Day, raw.Name + Environment.NewLine);", "")]
    [InlineData("=> new(raw.Day, Guid.Parse(raw.Name).ToString(), DateTime.UnixEpoch);", "")]
    public Task What_does_not_change_or_no_step_reaches(string body, string members) => Expect.NothingAsync(Pipelines.Daily(body, members));

    [Fact]
    public Task Outside_pipelines_nothing_is_said() => Expect.NothingAsync("""
        public static class Clock { [Step] public static DateTime Now() => DateTime.UtcNow; }
        """);

    [Theory]
    [InlineData("{ run.Logger.LogInformation(\"at {Time}\", DateTime.UtcNow); return new(raw.Day, raw.Name); }")]
    [InlineData("{ run.Logger.LogInformation($\"run {run.RunId}\"); return new(raw.Day, raw.Name); }")]
    [InlineData("{ long start = System.Diagnostics.Stopwatch.GetTimestamp(); var row = new Row(raw.Day, raw.Name); run.Logger.LogInformation(\"took {Time}\", System.Diagnostics.Stopwatch.GetElapsedTime(start)); return row; }")]
    [InlineData("{ var watch = System.Diagnostics.Stopwatch.StartNew(); var row = new Row(raw.Day, raw.Name); watch.Stop(); run.Logger.LogInformation(\"took {Time}\", watch.Elapsed); return row; }")]
    [InlineData("{ var now = DateTime.UtcNow; var year = now.Year; run.Logger.LogInformation(\"{Year}\", year); return new(raw.Day, raw.Name); }")]
    public Task What_only_reaches_the_log(string body) =>
        Expect.NothingAsync(Pipelines.Daily(body, parameters: "Raw raw, RunContext run", usings: Logging));

    [Fact]
    public Task A_generated_logging_method() => Expect.NothingAsync(Pipelines.Daily(
        "{ Took(run.Logger, DateTime.UtcNow); return new(raw.Day, raw.Name); }",
        "[LoggerMessage(Level = LogLevel.Information, Message = \"{time}\")] static partial void Took(ILogger logger, DateTime time);",
        "Raw raw, RunContext run",
        Logging));

    [Fact]
    public Task What_is_logged_and_written() => Expect.OnlyAsync("TP1003", Pipelines.Daily(
        "{ var now = [|DateTime.UtcNow|]; run.Logger.LogInformation(\"{Now}\", now); return new(raw.Day, raw.Name, now); }",
        parameters: "Raw raw, RunContext run",
        usings: Logging));

    [Fact]
    public Task What_is_kept_in_a_collection() => Expect.OnlyAsync("TP1003", Pipelines.Daily(
        "{ var now = [|DateTime.UtcNow|]; var seen = new List<DateTime>(); seen.Add(now); return new(raw.Day, raw.Name, seen[0]); }"));

    [Fact]
    public Task The_first_of_several_steps_is_named_and_the_place_marked_once() => Expect.OnlyAsync(
        "TP1003",
        """
        public sealed record Raw(int Id);
        public sealed record Half(int Id);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Step] static Half One(Raw raw) => new(Stamp());
            [Step] static Row Two(Half half) => new(Stamp());
            static int Stamp() => [|DateTime.Now|].Year;
        }
        """,
        "DateTime.Now gives another value on the next run, and step 'One' uses it: run again, the same partition becomes other rows; take the time from the row or from the partition's window, such as day.Start");
}
