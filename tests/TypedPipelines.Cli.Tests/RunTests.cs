namespace TypedPipelines.Cli.Tests;

public sealed class RunTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task Loads_the_latest_partition_unless_told_otherwise()
    {
        Program.Ran ran = await _program.RunAsync("run", "flights");
        ran.Code.ShouldBe(0);
        ran.Error.ShouldBe("");
        ran.Steady.ShouldBe("flights 2001-01-03  3 read, 2 loaded, 1 dropped, 0 rejected, 0.000 s\n");
        (await _program.RunAsync("run", "flights", "--partition", "2001-01-01")).Output.ShouldStartWith("flights 2001-01-01  3 read");
    }

    [Fact]
    public async Task Loads_a_complete_partition_again()
    {
        await _program.RunAsync("run", "flights");
        _program.Flights.Rows = day => [new(day.Window.StartDate, "LAX")];
        (await _program.RunAsync("run", "flights")).Output.ShouldContain("1 read, 1 loaded");
        _program.Destination.Tables[("analytics.flights", "2001-01-03")].Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("2001-13-01", "'2001-13-01' is not a partition of this pipeline, whose partitions are days such as 2001-01-31.")]
    [InlineData("1999-01-01", "lies outside this pipeline's range")]
    public async Task A_partition_that_does_not_exist_is_a_usage_error(string key, string message)
    {
        Program.Ran ran = await _program.RunAsync("run", "flights", "--partition", key);
        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain(message);
        ran.Output.ShouldBe("");
        _program.Destination.Touched.ShouldBeFalse();
    }

    [Fact]
    public async Task Json_tells_of_the_one_partition()
    {
        Program.Ran ran = await _program.RunAsync("run", "flights", "--json");
        ran.Json.GetProperty("partitions").GetArrayLength().ShouldBe(1);
        ran.Json.GetProperty("partitions")[0].GetProperty("tables")[0].GetProperty("inserted").GetInt64().ShouldBe(2);
    }
}
