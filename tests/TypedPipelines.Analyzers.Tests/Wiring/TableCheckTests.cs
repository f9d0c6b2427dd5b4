namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>A check that nobody can make is said to be none where it is declared.</summary>
public class TableCheckTests
{
    [Theory]
    [InlineData("[Check] static bool [|Fits|](Row row) => true;")]
    [InlineData("[Check] internal bool [|Fits|](Row row) => true;")]
    [InlineData("[Check] internal static bool [|Fits|]<T>(Row row) => true;")]
    [InlineData("[Check] internal static bool [|Fits|]() => true;")]
    [InlineData("[Check] internal static bool Fits([|int|] row) => true;")]
    [InlineData("[Check] internal static bool Fits(Row row, [|int|] more) => true;")]
    [InlineData("[Check] internal static [|int|] Fits(Row row) => 0;")]
    [InlineData("[Check] internal static [|Sql<Row>|] Fits(Staged<Row> staged) => $\"select 1\";")]
    [InlineData("[Check] internal static Sql [|Fits|](Table<Row> table) => $\"select 1 from {table}\";")]
    [InlineData("[Check] internal static Sql Fits(Staged<Row> staged, [|int|] more) => $\"select 1 from {staged}\";")]
    [InlineData("[Check] internal static Sql Fits(Staged<Row> staged, [|Table<string>|] more) => $\"select 1 from {staged}\";")]
    public Task A_signature_that_no_check_has(string check) => Expect.OnlyAsync("TP4040", Contract("", check));

    [Theory]
    [InlineData("[[|RowCount|]]", "")]
    [InlineData("[[|RowCount(Minimum = 3, Maximum = 2)|]]", "")]
    [InlineData("[[|RowCount(MinShareOfMedian = 0.5, History = 2, MinHistory = 3)|]]", "")]
    [InlineData("[[|RowCount(Minimum = 1, Severity = CheckSeverity.Quarantine)|]]", "")]
    [InlineData("[[|Unique|]]", "")]
    [InlineData("[[|Unique(\"Nobody\")|]]", "")]
    [InlineData("[[|RowCount(Minimum = 1, Name = \" \")|]]", "")]
    [InlineData("", "[[|Check(MaxShare = 2)|]] internal static bool Fits(Row row) => true;")]
    [InlineData("", "[[|Check(Severity = CheckSeverity.Quarantine)|]] internal static Sql Fits(Staged<Row> staged) => $\"select 1 from {staged}\";")]
    public Task A_check_that_does_not_fit_its_rows(string onContract, string check) => Expect.OnlyAsync("TP4041", Contract(onContract, check));

    [Theory]
    [InlineData("[|Fresh(\"01:00:00\")|]", "int")]
    [InlineData("[|Fresh(\"soon\")|]", "DateTimeOffset")]
    [InlineData("[|MaxNullShare(0.1)|]", "int")]
    [InlineData("[|MaxNullShare(1.5)|]", "int?")]
    [InlineData("[|Steady|]", "bool")]
    [InlineData("[|Steady(MaxDeviations = 0)|]", "int")]
    [InlineData("[|References(typeof(Row), \"Nobody\")|]", "int")]
    [InlineData("[|References(typeof(Row), nameof(Row.Id))|]", "long")]
    [InlineData("[|References(typeof(string), \"Length\")|]", "int")]
    public Task A_check_that_does_not_fit_its_member(string attribute, string type) => Expect.OnlyAsync("TP4041", $$"""
        [Merge] public sealed record Row([property: Key] int Id)
        {
            [{{attribute}}] public {{type}} More { get; init; }
        }
        """);

    [Fact]
    public Task A_check_on_a_pipeline() => Expect.OnlyAsync("TP4040", """
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public sealed partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [[|Check|]] internal static bool Fits(Row row) => true;
        }
        """, "'Fits' is no check: a check is declared on the row contract whose rows it checks; move it there");

    [Fact]
    public Task Two_checks_of_one_name() => Expect.OnlyAsync("TP4041", """
        [Merge, RowCount(Minimum = 1), RowCount(Maximum = 9)] public sealed record [|Row|]([property: Key] int Id);
        """, "The check 'RowCount' cannot be made: two checks of Row have this name, by which the ledger knows them; give one another with Name");

    [Fact]
    public Task Checks_of_every_kind() => Expect.NothingAsync("""
        [Merge, RowCount(Minimum = 1), RowCount(Maximum = 9, Name = "few"), Unique(nameof(Name))]
        public sealed record Row([property: Key] int Id, [property: MaxNullShare(0)] string? Name, [property: Steady] short? Size, [property: Fresh("1.00:00:00")] DateTime? At, [property: References(typeof(Row), nameof(Row.Id))] int? Boss)
        {
            [Check] internal static bool One(in Row row) => true;
            [Check] public static string? Two(Row row) => null;
            [Check] internal static Sql Three(Partition all, Staged<Row> staged, Table<Row> rows) => $"select id from {staged} where id not in (select id from {rows})";
        }
        """);

    private static string Contract(string onContract, string check) => $$"""
        [Merge] {{onContract}} public sealed record Row([property: Key] int Id)
        {
            {{check}}
        }
        """;
}
