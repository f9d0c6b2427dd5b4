namespace TypedPipelines.Analyzers.Tests.Reruns;

/// <summary>TP1003 leaves alone what people are told, and marks what may be in a row as well.</summary>
public class SideUseTests
{
    private const string Usings = "using Microsoft.Extensions.Logging; using System.Diagnostics; using System.Diagnostics.Metrics;";

    private const string Members = """
        static readonly Meter Meter = new("m");
        static readonly Histogram<double> Took = Meter.CreateHistogram<double>("took");
        static readonly Counter<long> Seen = Meter.CreateCounter<long>("seen");
        """;

    private const string Parameters = "Raw raw, RunContext run";

    private const string Row = "return new(raw.Day, raw.Name);";

    [Theory]
    [InlineData("var watch = Stopwatch.StartNew(); watch.Stop(); Took.Record(watch.Elapsed.TotalMilliseconds);")]
    [InlineData("long start = Stopwatch.GetTimestamp(); Took.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);")]
    [InlineData("Seen.Add(1, new KeyValuePair<string, object?>(\"machine\", Environment.MachineName));")]
    [InlineData("Activity.Current?.SetTag(\"at\", DateTime.UtcNow);")]
    [InlineData("Activity.Current?.AddEvent(new ActivityEvent(\"x\", DateTimeOffset.UtcNow));")]
    [InlineData("if (Activity.Current is { } activity) { activity.DisplayName = $\"run {run.RunId}\"; }")]
    [InlineData("Debug.WriteLine(DateTime.UtcNow);")]
    [InlineData("Trace.TraceInformation(DateTime.UtcNow.ToString());")]
    [InlineData("Console.WriteLine($\"{Environment.ProcessId}\");")]
    [InlineData("Console.Error.WriteLine(DateTime.UtcNow);")]
    [InlineData("Debug.Assert(raw.Name.Length > 0, $\"at {DateTime.UtcNow}\");")]
    [InlineData("Debug.Assert(raw.Day.Year <= DateTime.UtcNow.Year);")]
    [InlineData("if (raw.Name.Length == 0) { throw new InvalidOperationException($\"run {run.RunId} at {DateTime.UtcNow}\"); }")]
    [InlineData("_ = raw.Name ?? throw new InvalidOperationException(Environment.MachineName);")]
    [InlineData("if (Environment.GetEnvironmentVariable(\"VERBOSE\") is not null) { Console.WriteLine(raw); }")]
    [InlineData("bool verbose = Environment.GetEnvironmentVariable(\"VERBOSE\") == \"1\"; if (verbose) run.Logger.LogInformation(\"{Row}\", raw); else Debug.WriteLine(raw);")]
    [InlineData("if (Random.Shared.Next(100) == 0) { if (raw.Name.Length > 9) { Activity.Current?.SetTag(\"row\", raw); } }")]
    public Task What_people_are_told(string statements) => Expect.NothingAsync(Pipelines.Daily($"{{ {statements} {Row} }}", Members, Parameters, Usings));

    [Theory]
    [InlineData("var at = [|DateTime.UtcNow|]; Console.WriteLine(at); return new(raw.Day, raw.Name, at);")]
    [InlineData("var watch = [|Stopwatch.StartNew()|]; Took.Record(watch.ElapsedMilliseconds); return new(raw.Day, watch.Elapsed.ToString());")]
    [InlineData("Took.Record(1); return new(raw.Day, raw.Name, [|DateTime.UtcNow|]);")]
    [InlineData("if ([|Environment.GetEnvironmentVariable(\"FAST\")|] is not null) { Console.WriteLine(raw); return new(raw.Day, \"\"); } return new(raw.Day, raw.Name);")]
    [InlineData("string name = raw.Name; if ([|Environment.GetEnvironmentVariable(\"FAST\")|] is not null) { name = \"\"; } return new(raw.Day, name);")]
    [InlineData("return new(raw.Day, [|Environment.GetEnvironmentVariable(\"FAST\")|] is null ? raw.Name : \"\");")]
    [InlineData("string name = Activity.Current?.SetTag(\"x\", 1).Id ?? [|Environment.MachineName|]; return new(raw.Day, name);")]
    [InlineData("string line = Console.ReadLine() + [|DateTime.UtcNow|]; return new(raw.Day, line);")]
    [InlineData("var failure = new InvalidOperationException([|Environment.MachineName|]); return new(raw.Day, failure.Message);")]
    public Task What_may_be_in_a_row_as_well(string statements) => Expect.OnlyAsync("TP1003", Pipelines.Daily($"{{ {statements} }}", Members, Parameters, Usings));
}
