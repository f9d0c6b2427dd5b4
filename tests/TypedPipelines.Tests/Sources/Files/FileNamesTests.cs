using System.Text.Json.Serialization;

namespace TypedPipelines.Tests.Sources.Files;

/// <summary>Names that say something: which files are of a window, and what their rows get from the name.</summary>
public sealed class FileNamesTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    public FileNamesTests()
    {
        foreach ((string name, int id) in new[] { ("2025-12-31-eu", 1), ("2026-01-01-eu", 2), ("2026-01-01-us-east", 3), ("2026-01-02-eu", 4), ("2026-01-31-us", 5) })
        {
            _directory.Write($"sales-{name}.csv", $"Id\n{id}\n");
        }

        _directory.Write(".sales-2026-01-01-hidden.csv", "Id\n9\n");
        _directory.Write("sales-2026-01-01.csv", "Id\n9\n");
        _directory.Write("returns-2026-01-01-eu.csv", "Id\n9\n");
    }

    [Fact]
    public void OnlyTheFilesOfTheWindow_AreRead_AndTheirRowsGetWhatTheNameSays()
    {
        Read(FileNames.In(Day("2026-01-01"), Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"))).ShouldBe(
            [new Sale(2, "eu", new DateOnly(2026, 1, 1)), new Sale(3, "us-east", new DateOnly(2026, 1, 1))]);
        Read(FileNames.In(PartitionScheme.Monthly("2026-01").Parse("2026-01"), Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"))).Select(sale => sale.Id).ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public void AllFiles_AreThoseThatFit()
    {
        Read(FileNames.All(Pattern("sales-{DATE:yyyy-MM-dd}-{Region}.csv"))).Select(sale => sale.Id).ShouldBe([1, 2, 3, 4, 5]);
        Read(FileNames.In(PartitionScheme.None.Parse("all"), Pattern("*-{date:yyyy-MM-dd}-{region}.???"))).Select(sale => sale.Id).ShouldBe([9, 1, 2, 3, 4, 5]);
        DayPartition day = Day("2026-01-01");
        Read(FileNames.All($"{_directory.Path}/{"sales"}-{{date:yyyy-MM-dd}}-{{region}}.csv")).Count.ShouldBe(5);
        Should.Throw<PipelineException>(() => Read(FileNames.All($"{_directory.Path}/sales-{day:yyyy-MM-dd}-{{region}}.csv"))).What.ShouldContain("the header has no column Date");
    }

    [Fact]
    public void AWindowOfTheClock_IsThatOfThePipelinesTimeZone()
    {
        _directory.Write("log-20260701T0000.csv", "Id,Region\n1,a\n");
        _directory.Write("log-20260701T2359.csv", "Id,Region\n2,a\n");
        _directory.Write("log-20260702T0000.csv", "Id,Region\n3,a\n");
        Partition tokyo = PartitionScheme.Daily("2026-01-01", timeZone: "Asia/Tokyo").Parse("2026-07-01");

        Should.Throw<PipelineException>(() => Read(FileNames.In(tokyo, Pattern("log-{date:yyyyMMddTHHmm}.csv"))))
            .What.ShouldContain("column Date = '2026-07-01T00:00:00.0000000' is not a date of the form yyyy-MM-dd (it is from the file's name)");
        Ids(FileNames.In(tokyo, Pattern("log-{at:yyyyMMddTHHmm}.csv"))).ShouldBe([1, 2]);
    }

    [Fact]
    public void ATimeBesideTheDate_CountsForTheWindow()
    {
        _directory.Write("log-2026.01.01-07_05.csv", "Id,Region\n1,a\n");
        _directory.Write("log-2026.01.01-08_05.csv", "Id,Region\n2,a\n");
        Partition hour = PartitionScheme.Hourly("2026-01-01").All().ElementAt(8);
        Ids(FileNames.In(hour, Pattern("log-{day:yyyy.MM.dd}-{time:HH'_'mm}.csv"))).ShouldBe([2]);
    }

    [Fact]
    public void AFileThatIsThePartition_IsReadAlone()
    {
        var files = PartitionScheme.Files(Pattern("sales-*-*-*-*.csv"));
        Partition file = files.All().First(candidate => candidate.Key.Contains("us-east", StringComparison.Ordinal));
        Read(FileNames.In(file, Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"))).ShouldBe([new Sale(3, "us-east", new DateOnly(2026, 1, 1))]);
        Fail(FileNames.In(file, Pattern("sales-{date:yyyy-MM-dd}-{region}.txt"))).ShouldContain("does not fit");
    }

    /// <summary>It would be loaded once more under its other name.</summary>
    [Fact]
    public void S44_AFileHasOneName_HoweverItsFolderIsWritten()
    {
        var plain = PartitionScheme.Files(Pattern("sales-*-*-*-*.csv"));
        var dotted = PartitionScheme.Files(Pattern("./sales-*-*-*-*.csv"));
        dotted.All().Select(file => file.Key).ShouldBe(plain.All().Select(file => file.Key));
        dotted.Parse(dotted.All().First().Key.Replace("/sales", "/./sales", StringComparison.Ordinal)).ShouldBe(plain.All().First());
        Read(FileNames.In(dotted.All().First(), Pattern("./sales-{date:yyyy-MM-dd}-{region}.csv"))).ShouldBe(Read(FileNames.In(plain.All().First(), Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"))));
    }

    [Fact]
    public void AWindowWithoutAFile_IsAnError_UnlessItIsOptional()
    {
        var names = FileNames.In(Day("2026-01-15"), Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"));
        Fail(names).ShouldContain("{region}.csv of 2026-01-15 (looked in ");
        _directory.ReadAll(new CsvFiles<Sale>(names) { Optional = true }, SaleContract.Instance).ShouldBeEmpty();
    }

    [Fact]
    public void ADateThatThereIsNot_IsAnError_ForTheFileWasMeant()
    {
        _directory.Write("sales-2026-02-30-eu.csv", "Id\n1\n");
        Fail(FileNames.In(Day("2026-01-01"), Pattern("sales-{date:yyyy-MM-dd}-{region}.csv"))).ShouldContain("'sales-2026-02-30-eu.csv', whose date '2026-02-30' is none");
    }

    [Fact]
    public void AColumnThatIsInTheFileToo_EndsTheRun()
    {
        _directory.Write("both-eu.csv", "Id,Date,region\n1,2026-01-01,us\n");
        Fail(FileNames.All(Pattern("both-{region}.csv"))).ShouldContain("column Region is both in the header and in the file's name, as {region}");
    }

    [Theory]
    [InlineData("x-{region}.csv", "no placeholder with a date")]
    [InlineData("x-{date:dd.MM.yy}.csv", "has the format")]
    [InlineData("x-{date:yyyy-dd}.csv", "has the format")]
    [InlineData("x-{date:MMM yyyy}.csv", "has the format")]
    [InlineData("x-{a:yyyy}-{b:yyyy}.csv", "two placeholders with a date")]
    [InlineData("x-{a}{b}-{c:yyyy}.csv", "nothing between {a} and {b}")]
    [InlineData("x-{a}-{A}-{c:yyyy}.csv", "has {A} twice")]
    [InlineData("x-{a", "a brace that is no placeholder")]
    [InlineData("x-a}", "a closing brace")]
    [InlineData("{date:yyyy}/x.csv", "in a directory")]
    public void APatternThatIsNone_IsAnError(string pattern, string what) =>
        Fail(FileNames.In(Day("2026-01-01"), Pattern(pattern))).ShouldContain(what);

    [Fact]
    public void JsonRows_GetThemToo_AsTextAndNumber()
    {
        _directory.Write("day-2026-01-01-7-eu.json", "[{\"id\":1},{},{\"id\":2,\"region\":\"us\"},7,{ \"id\":3 }]");
        _directory.Write("day-2026-01-01-8-é\u0022.json", "{\"id\":4}\n  {\"id\":5}\n");

        List<ReadRow<Tick>> rows = _directory.ReadAll(new JsonFiles<Tick>(FileNames.In(Day("2026-01-01"), Pattern("day-{date:yyyy-MM-dd}-{shop_number}-{region}.json")), TickJson.Default.Tick));

        var day = new DateOnly(2026, 1, 1);
        rows.Select(row => row.Row).ShouldBe([new Tick(1, day, 7, "eu"), new Tick(3, day, 7, "eu"), new Tick(4, day, 8, "é\u0022"), new Tick(5, day, 8, "é\u0022")]);
        _directory.Rejects.Select(reject => (reject.Line, reject.Raw)).ShouldBe([(2, "{}"), (3, "{\"id\":2,\"region\":\"us\"}"), (4, "7")]);
    }

    public void Dispose() => _directory.Dispose();

    private static DayPartition Day(string key) => (DayPartition)PartitionScheme.Daily("2025-01-01").Parse(key);

    private string Pattern(string name) => _directory.PathOf(name);

    private List<Sale> Read(FileNames names)
    {
        _directory.Rejects.Clear();
        List<Sale> sales = [.. _directory.ReadAll(new CsvFiles<Sale>(names), SaleContract.Instance).Select(row => row.Row)];
        return _directory.Rejects.Count == 0 ? sales : throw new PipelineException(FailureKind.RejectLimit, _directory.Rejects[0].Describe(), "");
    }

    private List<int> Ids(FileNames names) => [.. _directory.ReadAll(new CsvFiles<Plain>(names), PlainContract.Instance).Select(row => row.Row.Id)];

    private string Fail(FileNames names) => _directory.FailToRead(new CsvFiles<Sale>(names), SaleContract.Instance).What;

    public sealed record Sale(int Id, string Region, DateOnly Date);

    public sealed record Plain(int Id, string Region);

    private sealed class SaleContract : CsvContract<Sale>
    {
        internal static SaleContract Instance { get; } = new();

        public override IReadOnlyList<string> Columns { get; } = ["Id", "Region", "Date"];

        public override bool TryParse(ref CsvRecord record, out Sale row)
        {
            bool parsed = record.TryRead(0, out int id) & record.TryRead(1, out string region) & record.TryRead(2, null, out DateOnly date);
            row = parsed ? new Sale(id, region, date) : null!;
            return parsed;
        }
    }

    private sealed class PlainContract : CsvContract<Plain>
    {
        internal static PlainContract Instance { get; } = new();

        public override IReadOnlyList<string> Columns { get; } = ["Id", "Region"];

        public override bool TryParse(ref CsvRecord record, out Plain row)
        {
            bool parsed = record.TryRead(0, out int id) & record.TryRead(1, out string region);
            row = parsed ? new Plain(id, region) : null!;
            return parsed;
        }
    }
}

/// <summary>A row whose file says the most of it.</summary>
public sealed record Tick(int Id, DateOnly Date, int ShopNumber, string Region);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Tick))]
internal sealed partial class TickJson : JsonSerializerContext;
