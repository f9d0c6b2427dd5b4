using TypedPipelines.CodeFixes;
using TypedPipelines.Analyzers.Tests.Fixes;

namespace TypedPipelines.Analyzers.Tests.Steps;

/// <summary>TP1013, TP1014, TP1015: steps that give other rows elsewhere, or do more than give rows.</summary>
public class StepCodeAnalyzerTests
{
    private const string Usings = "using System.Globalization; using System.IO; using System.Net.Http; using System.Threading.Tasks;";

    [Theory]
    [InlineData("=> new(DateOnly.FromDateTime([|raw.At.ToLocalTime()|].DateTime), raw.Name);")]
    [InlineData("{ var local = [|raw.At.LocalDateTime|]; var day = DateOnly.FromDateTime(local); return new(day, raw.Name); }")]
    [InlineData("=> new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(raw.At, [|TimeZoneInfo.Local|]).DateTime), raw.Name);")]
    [InlineData("=> new Row(raw.Day, raw.Name) with { Day = DateOnly.FromDateTime([|raw.At.LocalDateTime|]) };")]
    public Task The_zone_of_the_machine_says_which_window(string body) => Expect.OnlyAsync("TP1013", Step(body));

    [Theory]
    [InlineData("[|raw.Clock|]", "the conversion of a DateTime of unknown kind to DateTimeOffset")]
    [InlineData("[|new DateTimeOffset(raw.Clock.AddHours(1))|]", "new DateTimeOffset(DateTime) of unknown kind")]
    [InlineData("[|new DateTime(2026, 1, 2, 3, 4, 5)|]", "the conversion of a DateTime of unknown kind to DateTimeOffset")]
    [InlineData("[|raw.At.DateTime|]", "the conversion of a DateTime of unknown kind to DateTimeOffset")]
    [InlineData("[|raw.Day.ToDateTime(TimeOnly.MinValue)|]", "the conversion of a DateTime of unknown kind to DateTimeOffset")]
    [InlineData("[|DateTime.Parse(raw.Name, CultureInfo.InvariantCulture)|]", "the conversion of a DateTime of unknown kind to DateTimeOffset")]
    [InlineData("[|raw.Clock.ToUniversalTime()|]", "DateTime.ToUniversalTime()")]
    [InlineData("[|TimeZoneInfo.ConvertTimeToUtc(raw.Clock)|]", "TimeZoneInfo.ConvertTimeToUtc()")]
    public Task A_time_of_unknown_kind_becomes_a_key(string value, string how) => Expect.OnlyAsync(
        "TP1013",
        Keyed($"new({value}, raw.Clock)"),
        $"Tick.At is of the key, and {how} makes it depend on the time zone of the machine: elsewhere the row has another key, and is there twice; say which it is of, by TimeZoneInfo.ConvertTimeToUtc(value, zone), or by DateTime.SpecifyKind where that is UTC");

    [Theory]
    [InlineData("new(DateTime.SpecifyKind(raw.Clock, DateTimeKind.Utc), raw.Clock)")]
    [InlineData("new(TimeZoneInfo.ConvertTimeToUtc(raw.Clock, Zone), raw.Clock)")]
    [InlineData("new(raw.At.UtcDateTime, raw.Clock)")]
    [InlineData("new(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), raw.Clock)")]
    [InlineData("new(new DateTimeOffset(raw.Clock, TimeSpan.Zero), raw.Clock)")]
    [InlineData("new(DateTime.Parse(raw.Name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), raw.Clock)")]
    [InlineData("new(raw.At, raw.Clock) { Seen = raw.Clock }")]
    [InlineData("new(Known(raw), raw.Clock)")]
    public Task A_time_whose_zone_is_said_or_that_decides_nothing(string row) => Expect.NothingAsync(Keyed(row));

    [Fact]
    public Task A_time_of_unknown_kind_that_is_to_become_utc_anywhere() => Expect.OnlyAsync(
        "TP1014",
        Keyed("new(raw.At, [|raw.Clock.ToUniversalTime()|])"),
        "DateTime.ToUniversalTime() in step 'Clean' does what the time zone of the machine says, so another machine makes other rows of the same; say which it is of, by TimeZoneInfo.ConvertTimeToUtc(value, zone), or by DateTime.SpecifyKind where that is UTC");

    [Fact]
    public Task The_zone_of_the_machine_in_a_key() => Expect.OnlyAsync(
        "TP1013",
        Keyed("new([|raw.At.ToLocalTime()|].AddDays(1), raw.Clock)"),
        "Tick.At is of the key, and DateTimeOffset.ToLocalTime() makes it depend on the time zone of the machine: elsewhere the row has another key, and is there twice; convert to a zone by its name");

    [Theory]
    [InlineData("=> new(raw.Day, raw.Name, Amount: [|decimal.Parse(raw.Name)|]);")]
    [InlineData("=> new(raw.Day, raw.Name, Amount: [|decimal.TryParse(raw.Name, out decimal amount)|] ? amount : 0);")]
    [InlineData("=> new(raw.Day, raw.Name, At: [|DateTime.Parse(raw.Name)|]);")]
    [InlineData("=> new(raw.Day, [|raw.At.ToString()|]);")]
    [InlineData("=> new(raw.Day, [|raw.At.ToString(\"d\")|]);")]
    [InlineData("=> new(raw.Day, [|raw.Name.ToUpper()|]);")]
    [InlineData("=> new(raw.Day, raw.Name, Amount: [|Convert.ToDecimal(raw.Name)|]);")]
    [InlineData("=> new(raw.Day, $\"at {[|{raw.At}|]}\");")]
    [InlineData("=> new(raw.Day, raw.At.ToString([|CultureInfo.CurrentCulture|]));")]
    [InlineData("=> new(raw.Day, raw.Name, At: [|raw.At.LocalDateTime|]);")]
    public Task The_culture_of_the_machine_says_what_it_means(string body) => Expect.OnlyAsync("TP1014", Step(body.Replace("{[|{raw.At}|]}", "[|{raw.At}|]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("=> new(raw.Day, raw.Name, Amount: decimal.Parse(raw.Name, CultureInfo.InvariantCulture));")]
    [InlineData("=> new(raw.Day, raw.Name, Amount: int.Parse(raw.Name));")]
    [InlineData("=> new(raw.Day, raw.At.ToString(\"O\"));")]
    [InlineData("=> new(raw.Day, raw.Name.ToUpperInvariant());")]
    [InlineData("=> new(raw.Day, string.Create(CultureInfo.InvariantCulture, $\"at {raw.At}\"));")]
    [InlineData("=> new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(raw.At, TimeZoneInfo.FindSystemTimeZoneById(\"Europe/Berlin\")).DateTime), raw.Name);")]
    [InlineData("{ Console.WriteLine(raw.At.ToLocalTime()); Console.WriteLine($\"at {raw.At}\"); return new(raw.Day, raw.Name); }")]
    [InlineData("=> raw.Name.Length > 0 ? new(raw.Day, raw.Name) : throw new FormatException($\"no name at {raw.At}\");")]
    public Task It_is_the_same_everywhere(string body) => Expect.NothingAsync(Step(body));

    [Fact]
    public Task It_is_followed_into_what_the_step_calls() => Expect.OnlyAsync(
        "TP1014",
        Step("=> new(raw.Day, raw.Name, Amount: Read(raw.Name));", "static decimal Read(string text) => [|decimal.Parse(text)|]; static decimal Unused(string text) => decimal.Parse(text);"),
        "Decimal.Parse() in step 'Clean' does what the culture of the machine says, so another machine makes other rows of the same; pass CultureInfo.InvariantCulture");

    [Theory]
    [InlineData("{ [|File.AppendAllText(\"x\", raw.Name)|]; return new(raw.Day, raw.Name); }")]
    [InlineData("{ using var writer = [|new StreamWriter(\"x\")|]; return new(raw.Day, raw.Name); }")]
    [InlineData("{ [|_seen++|]; return new(raw.Day, raw.Name); }")]
    [InlineData("{ [|_last = raw.Name|]; return new(raw.Day, raw.Name); }")]
    [InlineData("{ [|Names.Add(raw.Name)|]; return new(raw.Day, raw.Name); }")]
    [InlineData("{ [|Http.PutAsync(\"http://x\", null)|].Wait(); return new(raw.Day, raw.Name); }")]
    [InlineData("{ Post(raw.Name).Wait(); return new(raw.Day, raw.Name); } static async Task Post(string name) { await [|Http.PostAsync(\"http://x\", new StringContent(name))|]; }")]
    [InlineData("{ [|System.Diagnostics.Process.Start(\"x\")|]; return new(raw.Day, raw.Name); }")]
    public Task A_step_that_does_more(string body) => Expect.OnlyAsync("TP1015", Step(body, State));

    [Theory]
    [InlineData("=> new(raw.Day, File.ReadAllText(raw.Name));")]
    [InlineData("{ using var file = File.OpenRead(raw.Name); return new(raw.Day, raw.Name); }")]
    [InlineData("=> new(raw.Day, Known.GetOrAdd(raw.Name, static name => name.Trim()));")]
    [InlineData("{ var names = new List<string>(); names.Add(raw.Name); return new(raw.Day, names[0]); }")]
    [InlineData("{ var answer = Http.PostAsync(\"http://x\", new StringContent(raw.Name)).Result; return new(raw.Day, answer.ReasonPhrase ?? \"\"); }")]
    [InlineData("=> new(raw.Day, Http.GetStringAsync(raw.Name).Result);")]
    [InlineData("{ Console.WriteLine(raw); return new(raw.Day, raw.Name); } static void NoStep() { File.Delete(\"x\"); _seen++; }")]
    public Task A_step_that_only_gives_rows(string body) => Expect.NothingAsync(Step(body, State));

    [Theory]
    [InlineData("decimal.Parse(raw.Name)", "decimal.Parse(raw.Name, CultureInfo.InvariantCulture)")]
    [InlineData("decimal.TryParse(raw.Name, out decimal amount) ? amount : 0", "decimal.TryParse(raw.Name, CultureInfo.InvariantCulture, out decimal amount) ? amount : 0")]
    [InlineData("raw.At.ToString().Length", "raw.At.ToString(CultureInfo.InvariantCulture).Length")]
    [InlineData("raw.At.ToString(\"d\").Length", "raw.At.ToString(\"d\", CultureInfo.InvariantCulture).Length")]
    [InlineData("raw.Name.ToLower().Length", "raw.Name.ToLowerInvariant().Length")]
    [InlineData("Convert.ToDecimal(raw.Name)", "Convert.ToDecimal(raw.Name, CultureInfo.InvariantCulture)")]
    public async Task The_fix_passes_the_invariant_culture(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new UseInvariantCultureFix(), Step($"=> new(raw.Day, raw.Name, Amount: {before});"));
        text.ShouldNotBeNull().ShouldContain(after);
        await FixRunner.ShouldBeCleanAsync(text);
    }

    private const string State = """
        static int _seen;
        static string? _last;
        static readonly List<string> Names = [];
        static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Known = new();
        static readonly HttpClient Http = new();
        """;

    private static string Keyed(string row) => Usings + $$"""

        public sealed record Raw(DateOnly Day, string Name, DateTimeOffset At, DateTime Clock);

        [Merge]
        public sealed record Tick([property: System.ComponentModel.DataAnnotations.Key] DateTimeOffset At, DateTime Clock) { public DateTimeOffset? Seen { get; init; } }

        [Pipeline("p")]
        public sealed partial class P
        {
            static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

            [Source] static IEnumerable<Raw> Read() => [];

            [Step] static Tick Clean(Raw raw) => {{row}};

            static DateTime Known(Raw raw) => raw.At.UtcDateTime;
        }
        """;

    private static string Step(string body, string members = "") => Usings + $$"""

        public sealed record Raw(DateOnly Day, string Name, DateTimeOffset At);

        [ReplacePartition(nameof(Day))]
        public sealed record Row(DateOnly Day, string Name, [property: System.ComponentModel.DataAnnotations.Schema.Column(TypeName = "decimal(9,2)")] decimal Amount = 0, DateTime At = default);

        [Pipeline("p")]
        [DailyPartitions("2001-01-01")]
        public sealed partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];

            [Step] static Row Clean(Raw raw) {{body}}
            {{members}}
        }
        """;
}
