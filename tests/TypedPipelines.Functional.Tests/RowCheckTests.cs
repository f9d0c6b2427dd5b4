using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What validation attributes declare of a row is what its load asks of it.</summary>
public sealed class RowCheckTests
{
    private static readonly DateTime NewYear = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<Checked> Good =>
    [
        new Checked(1),
        new Checked(1) { Below = 8, Above = 1, Octet = 255, Price = 0.01m, Day = new(2029, 12, 31), Begin = new(9, 0), Utc = NewYear, At = NewYear },
        new Checked(1) { Above = double.Epsilon, Price = 99.99m, Day = new(2020, 1, 1), Begin = new(8, 0), Utc = NewYear.AddYears(1).AddTicks(-1), At = new(2020, 12, 31, 23, 59, 59, 500, TimeSpan.Zero) },
        new Checked(1) { Grade = "b", Lucky = 7, Light = Colour.Green, Code = "a", Mail = "a@b", Data = "aGk=", Pairs = -2 },
        new Checked(1) { Code = "", Light = null },
    ];

    public static TheoryData<Checked, string> Bad => new()
    {
        { new(1) { Below = 9 }, "below must be at least 0 and less than 9" },
        { new(1) { Below = -1 }, "below must be at least 0 and less than 9" },
        { new(1) { Above = 0 }, "above must be greater than 0 and at most 1" },
        { new(1) { Above = double.NaN }, "above must be greater than 0 and at most 1" },
        { new(1) { Price = 0 }, "price must lie between 0.01 and 99.99" },
        { new(1) { Price = 100 }, "price must lie between 0.01 and 99.99" },
        { new(1) { Day = new(2019, 12, 31) }, "day must lie between 2020-01-01 and 2029-12-31" },
        { new(1) { Begin = new(7, 59, 59) }, "begin must lie between 08:00 and 09:00" },
        { new(1) { Begin = new TimeOnly(9, 0).Add(TimeSpan.FromTicks(1)) }, "begin must lie between 08:00 and 09:00" },
        { new(1) { Utc = NewYear.AddYears(1) }, "utc must be at least 2020-01-01 and less than 2021-01-01" },
        { new(1) { At = NewYear.AddTicks(-1) }, "at must lie between 2020-01-01 and 2020-12-31T23:59:59.5Z" },
        { new(1) { At = new DateTimeOffset(2020, 12, 31, 23, 59, 59, 501, TimeSpan.Zero) }, "at must lie between 2020-01-01 and 2020-12-31T23:59:59.5Z" },
        { new(1) { Grade = "A" }, "grade is none of the values allowed: 'a', 'b', null" },
        { new(1) { Grade = "" }, "grade is none of the values allowed: 'a', 'b', null" },
        { new(1) { Lucky = 13 }, "lucky is a value denied" },
        { new(1) { Light = Colour.Red }, "light is none of the values allowed: Green, null" },
        { new(1) { Code = "ab" }, "code does not match a|ab as a whole" },
        { new(1) { Code = "b" }, "code does not match a|ab as a whole" },
        { new(1) { Mail = "nobody" }, "mail does not pass [EmailAddress]" },
        { new(1) { Data = "%" }, "data does not pass [Base64String]" },
        { new(1) { Pairs = 3 }, "pairs does not pass [Even]" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_row_that_passes_is_loaded(Checked row)
    {
        using var stage = new Stage();
        stage.AddPipeline<CheckedPipeline>();
        Feed.Give(row);
        PartitionResult result = await stage.RunAsync("checked");
        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new Ledger.RowCounts(1, 1, 0, 0), result.FirstReject?.Reason);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_row_that_does_not_is_none_of_the_tables(Checked row, string reason)
    {
        using var stage = new Stage();
        stage.AddPipeline<CheckedPipeline>();
        Feed.Give(row);
        (await stage.RunAsync("checked")).Counts.ShouldBe(new Ledger.RowCounts(1, 0, 0, 1));
        stage.Query<string>("select column_name || ' ' || reason from tp_reject").ShouldBe([reason]);
    }

    [Fact]
    public async Task A_match_that_takes_too_long_drops_no_row()
    {
        using var stage = new Stage();
        stage.AddPipeline<SlowPipeline>();
        Feed.Give(new Slow(1, new string('a', 60)));
        PartitionResult result = await stage.RunAsync("slow");
        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldContain("column text of slow");
        result.Failure.What.ShouldContain("could not be matched with the pattern declared in 50 ms");
    }
}
