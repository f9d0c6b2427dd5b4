using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>What is asked for again, after which pause, and when it is given up.</summary>
public sealed class HttpRetryTests
{
    private const string Page = "[{\"id\":1,\"name\":\"a\"}]";

    private readonly SourceReading _reading = new();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task AStatusThatMayPass_IsAskedAgain(int status)
    {
        await using var service = new LocalService((context, number) => LocalService.SayAsync(context, number < 3 ? "busy" : Page, number < 3 ? status : 200));
        (await ReadAsync(service)).ShouldBe([1]);
        service.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task TheServicesPause_IsKept()
    {
        await using var service = new LocalService((context, number) =>
        {
            if (number == 1)
            {
                context.Response.AddHeader("Retry-After", "1");
                return LocalService.SayAsync(context, "", 429);
            }

            return LocalService.SayAsync(context, Page);
        });
        long started = Stopwatch.GetTimestamp();
        (await ReadAsync(service)).ShouldBe([1]);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task APauseUntilADate_IsMeasuredByTheServicesClock()
    {
        await using var service = new LocalService((context, number) =>
        {
            if (number == 1)
            {
                // By this machine's clock that moment has long passed: a wrong clock must not make a run hammer the service.
                context.Response.AddHeader("Date", "Mon, 01 Jan 2001 00:00:00 GMT");
                context.Response.AddHeader("Retry-After", "Mon, 01 Jan 2001 00:00:01 GMT");
                return LocalService.SayAsync(context, "", 503);
            }

            return LocalService.SayAsync(context, Page);
        });
        long started = Stopwatch.GetTimestamp();
        (await ReadAsync(service)).ShouldBe([1]);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task APauseLongerThanARunWaits_EndsTheRunAtOnce()
    {
        await using var service = new LocalService((context, _) =>
        {
            context.Response.AddHeader("Retry-After", "3600");
            return LocalService.SayAsync(context, "", 429);
        });
        PipelineException failure = await FailAsync(service);
        failure.What.ShouldContain("answered 429 Too Many Requests and asks for a pause of 3600 seconds");
        failure.Next.ShouldContain("Run the partition again after that time");
        service.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WhatDoesNotPass_IsGivenUp_AndTheMessageSaysHowOftenItWasAsked()
    {
        await using var service = new LocalService((context, _) => LocalService.SayAsync(context, "", 503));
        PipelineException failure = await FailAsync(service);
        failure.What.ShouldContain("answered 503 Service Unavailable, asked 4 times");
        failure.Next.ShouldContain("Run the partition again");
        service.Asked.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConnectionThatBreaksInTheMiddle_IsAskedAgain_AndNoRowIsReadTwice(bool saysLength)
    {
        await using var service = new LocalService((context, number) => number <= 2
            ? LocalService.BreakOffAsync(context, "[{\"id\":1,\"name\":\"a\"},", saysLength)
            : LocalService.SayAsync(context, "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]"));
        (await ReadAsync(service)).ShouldBe([1, 2]);
        service.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task APageThatIsCutOff_IsAskedAgain_AlthoughTheConnectionEndedWell()
    {
        await using LocalService service = LocalService.Saying("[{\"id\":1,\"name\":\"a\"}", "", Page);
        (await ReadAsync(service)).ShouldBe([1]);
        service.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task NoConnection_IsTriedAgain_AndThenNamed()
    {
        using var client = new HttpClient();
        PipelineException failure = await _reading.FailAsync(
            new HttpPages<Item>(client, $"http://127.0.0.1:{UnusedPort()}/items?key=s3cret", ItemJson.Default.Item) { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });
        failure.What.ShouldContain("items?key=… (page 1) cannot be read: ");
        failure.What.ShouldEndWith(", asked 2 times");
        failure.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task AnAnswerThatTakesTooLong_IsAskedForAgain()
    {
        await using var service = new LocalService(async (context, number) =>
        {
            if (number == 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(20));
            }

            await LocalService.SayAsync(context, Page);
        });
        (await ReadAsync(service, timeout: TimeSpan.FromSeconds(0.5))).ShouldBe([1]);
        service.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AServiceThatNeverAnswers_EndsTheRun_WithItsTimeLimit()
    {
        await using var service = new LocalService((_, _) => Task.Delay(TimeSpan.FromSeconds(20)));
        PipelineException failure = await _reading.FailAsync(
            new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromSeconds(0.2) });
        failure.What.ShouldContain("did not answer in 0.2 seconds, asked 2 times");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_StopsAtOnce_InARequestAndInAPause(bool inPause)
    {
        using var cancellation = new CancellationTokenSource();
        await using var service = new LocalService(async (context, _) =>
        {
            cancellation.CancelAfter(100);
            if (inPause)
            {
                context.Response.AddHeader("Retry-After", "30");
                await LocalService.SayAsync(context, "", 503);
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(20));
            }
        });
        long started = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<OperationCanceledException>(() => _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item), cancellation.Token));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        service.Asked.Count.ShouldBe(1);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<List<int>> ReadAsync(LocalService service, TimeSpan? timeout = null) =>
        [.. (await _reading.AllAsync(Pages(service, timeout))).Select(row => row.Row.Id)];

    private Task<PipelineException> FailAsync(LocalService service) => _reading.FailAsync(Pages(service, null));

    private static HttpPages<Item> Pages(LocalService service, TimeSpan? timeout) => new(service.Client, "items", ItemJson.Default.Item)
    {
        Retries = 3,
        RetryDelay = TimeSpan.FromMilliseconds(5),
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
    };
}
