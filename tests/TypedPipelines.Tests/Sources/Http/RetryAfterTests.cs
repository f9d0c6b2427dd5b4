using System.Diagnostics;
using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>The forms and the sizes of the pause that a service asks for.</summary>
public sealed class RetryAfterTests
{
    private readonly SourceReading _reading = new();

    [Theory]
    [InlineData("301", "a pause of 301 seconds")]
    [InlineData("2147483648", "a pause of 2147483648 seconds")]
    [InlineData("99999999999999999999999999999999", "a pause of more than 1000 years")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "a pause of ")]
    [InlineData("Friday, 31-Dec-49 23:59:59 GMT", "a pause of ")]
    [InlineData("Fri Dec 31 23:59:59 2049", "a pause of ")]
    [InlineData("300.5", "a pause of 301 seconds")]
    public async Task APauseThatIsTooLong_EndsTheRun_HoweverItIsWritten(string pause, string what)
    {
        await using LocalService service = Busy(pause);
        PipelineException failure = await _reading.FailAsync(Pages(service));
        failure.What.ShouldContain($"answered 429 Too Many Requests and asks for {what}");
        service.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("-99999999999999999999")]
    [InlineData("0")]
    [InlineData("00000000000000000000000000")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("1, 2")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task APauseThatIsNone_IsTheSourcesOwn(string pause)
    {
        await using LocalService service = Busy(pause);
        long started = Stopwatch.GetTimestamp();
        (await _reading.AllAsync(Pages(service))).ShouldHaveSingleItem();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        service.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ThereIsNoPauseOfMoreThanADay_WhateverTheSourceAllows()
    {
        await using LocalService service = Busy("86401");
        PipelineException failure = await _reading.FailAsync(Pages(service, TimeSpan.MaxValue));
        failure.What.ShouldContain("a pause of 86401 seconds");
    }

    [Fact]
    public async Task ALongestPauseOfDays_IsNoError()
    {
        await using LocalService service = Busy("0");
        (await _reading.AllAsync(Pages(service, TimeSpan.FromDays(7)))).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Retries")]
    [InlineData("RetryDelay")]
    [InlineData("LongestPause")]
    [InlineData("Timeout")]
    [InlineData("MaxPages")]
    public async Task AnOptionThatMakesNoSense_IsNamed_WithItsValue(string option)
    {
        await using LocalService service = LocalService.Saying("[]");
        var pages = new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item)
        {
            Retries = option == "Retries" ? -1 : 1,
            RetryDelay = TimeSpan.FromSeconds(option == "RetryDelay" ? -1 : 1),
            LongestPause = TimeSpan.FromSeconds(option == "LongestPause" ? -1 : 1),
            Timeout = TimeSpan.FromSeconds(option == "Timeout" ? -1 : 1),
            MaxPages = option == "MaxPages" ? -1 : 1,
        };
        PipelineException failure = await _reading.FailAsync(pages);
        failure.What.ShouldStartWith($"source Feed sets {option} to -");
        service.Asked.ShouldBeEmpty();
    }

    private static LocalService Busy(string pause) => new((context, number) =>
    {
        if (number > 1)
        {
            return LocalService.SayAsync(context, "[{\"id\":1,\"name\":\"a\"}]");
        }

        context.Response.AddHeader("Retry-After", pause);
        return LocalService.SayAsync(context, "", 429);
    });

    private static HttpPages<Item> Pages(LocalService service, TimeSpan? longest = null) => new(service.Client, "items", ItemJson.Default.Item)
    {
        Retries = 1,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestPause = longest ?? TimeSpan.FromMinutes(5),
    };
}
