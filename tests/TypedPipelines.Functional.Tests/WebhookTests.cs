using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Alerts;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Alerts are posted to webhooks, which can neither slow a run nor fail it, and whose address is a secret.</summary>
public sealed class WebhookTests : ILoggerFactory, ILogger
{
    private const string Secret = "T00/s3cret";

    private readonly ConcurrentQueue<string> _log = [];

    [Fact]
    public async Task The_generic_form_has_the_fields_of_the_alert()
    {
        JsonNode said = await PostedAsync(WebhookForm.Json, authorization: "Bearer t0ken");
        said["version"]!.GetValue<int>().ShouldBe(1);
        said["reason"]!.ToString().ShouldBe("action_needed");
        said["key"]!.ToString().ShouldBe("tides/2026-02-27/action_needed");
        said["owner"]!.ToString().ShouldBe("harbour <&> master");
        said["text"]!.ToString().ShouldContain("there are 0 rows");
        said["command"]!.ToString().ShouldEndWith("checks tides --partition 2026-02-27");
        said["runBook"]!.ToString().ShouldStartWith("https://books.example/data/tides.md#check-tide-rowcount");
        said["at"]!.ToString().ShouldBe("2026-02-28T01:00:00.000Z");
        said["header"]!.ToString().ShouldBe("Bearer t0ken");
    }

    [Fact]
    public async Task For_Slack_nothing_of_it_is_markup_but_our_own()
    {
        JsonNode said = await PostedAsync(WebhookForm.Slack);
        said["text"]!.ToString().ShouldStartWith("Action needed: tides 2026-02-27: ");
        string[] sections = [.. said["blocks"]!.AsArray().Select(block => block!["text"]!["text"]!.ToString())];
        sections[0].ShouldStartWith("*Action needed: tides 2026-02-27*\n");
        sections[^1].ShouldContain("owner: harbour &lt;&amp;&gt; master\n`");
        sections[^1].ShouldContain("<https://books.example/data/tides.md#check-tide-rowcount");
    }

    [Fact]
    public async Task For_Teams_it_is_a_card_of_plain_texts_with_a_link()
    {
        JsonNode card = (await PostedAsync(WebhookForm.Teams))["attachments"]![0]!;
        card["contentType"]!.ToString().ShouldBe("application/vnd.microsoft.card.adaptive");
        card["content"]!["body"]!.AsArray().ShouldAllBe(block => block!["type"]!.ToString() == "RichTextBlock");
        card["content"]!["body"]!.ToJsonString().ShouldContain("Action needed: tides 2026-02-27");
        card["content"]!["actions"]![0]!["url"]!.ToString().ShouldStartWith("https://books.example/data/tides.md#");
    }

    [Theory]
    [InlineData("refuses", "it answers 503")]
    [InlineData("redirects", "it answers 302")]
    [InlineData("is not there", "it cannot be reached (ConnectionError)")]
    [InlineData("never answers", "Alerts were still on their way after 0.3 s, and are given up")]
    public async Task One_that_does_not_take_it_changes_nothing_but_a_line_in_the_log_and_its_address_is_in_none(string how, string said)
    {
        using var spans = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _log.Enqueue($"span {span.DisplayName} {string.Join(' ', span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(spans);
        using var stop = new CancellationTokenSource();
        using HttpListener server = Listen(out Uri address);
        Task serving = Task.CompletedTask;
        switch (how)
        {
            case "is not there":
                server.Stop();
                break;
            case "never answers":
                break;
            default:
                serving = ServeAsync(server, how == "refuses" ? 503 : 302, _ => { }, stop.Token);
                break;
        }

        long started = Stopwatch.GetTimestamp();
        PartitionResult result = await RunAsync(new Webhook(address), new AlertOptions { Webhooks = [new Webhook(address)], Timeout = TimeSpan.FromSeconds(how == "never answers" ? 0.3 : 30) });

        result.Failure!.Kind.ShouldBe(FailureKind.Check);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        _log.ShouldContain(line => line.Contains(said, StringComparison.Ordinal));
        _log.Where(line => line.Contains("s3cret", StringComparison.Ordinal)).ShouldBeEmpty();
        await stop.CancelAsync();
        server.Close();
        await serving;
    }

    private async Task<JsonNode> PostedAsync(WebhookForm form, string? authorization = null)
    {
        using var stop = new CancellationTokenSource();
        using HttpListener server = Listen(out Uri address);
        var posted = new ConcurrentQueue<JsonNode>();
        Task serving = ServeAsync(server, 200, posted.Enqueue, stop.Token);
        await RunAsync(new Webhook(address, form) { Authorization = authorization });
        await stop.CancelAsync();
        server.Close();
        await serving;
        return posted.ShouldHaveSingleItem();
    }

    private Task<PartitionResult> RunAsync(Webhook webhook) => RunAsync(webhook, new AlertOptions { Webhooks = [webhook], RunBooks = new Uri("https://books.example/data") });

    private async Task<PartitionResult> RunAsync(Webhook webhook, AlertOptions options)
    {
        using var stage = new Stage(new DateTimeOffset(2026, 2, 28, 1, 0, 0, TimeSpan.Zero));
        stage.AddPipeline<TidesPipeline>();
        stage.UseAlerts(options);
        Feed.Give<RawTide>();
        using ServiceProvider services = stage.Services.BuildServiceProvider();
        var runner = new PipelineRunner(stage.Catalog, stage.Destination, stage.Clock, this, new RunOptions { LockWait = TimeSpan.Zero }, services);
        PlannedPartition planned = stage.Planner.PlanOne("tides", "2026-02-27");
        return (await runner.RunAsync([planned], stage, CancellationToken.None)).Single();
    }

    private static HttpListener Listen(out Uri address)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        address = new Uri($"http://127.0.0.1:{port}/services/{Secret}");
        return server;
    }

    private static async Task ServeAsync(HttpListener server, int status, Action<JsonNode> take, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                HttpListenerContext call = await server.GetContextAsync();
                using var body = new StreamReader(call.Request.InputStream);
                JsonNode said = JsonNode.Parse(await body.ReadToEndAsync(stop))!;
                said["header"] = call.Request.Headers["Authorization"];
                take(said);
                call.Response.StatusCode = status;
                if (status == 302)
                {
                    call.Response.RedirectLocation = "http://127.0.0.1:1/" + Secret;
                }

                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{logLevel} {formatter(state, exception)} {exception}"));

    void IDisposable.Dispose()
    {
    }
}
