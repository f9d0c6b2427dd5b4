using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedPipelines.Cli.Hosting;

/// <summary>
/// Answers probes over HTTP: <c>/live</c> as long as the process does its work, <c>/health</c> by what the ledger says. An answer has the numbers of partitions in it and nothing else.
/// </summary>
internal sealed class HealthEndpoint : IAsyncDisposable
{
    /// <summary>So long an answer is given again: whoever asks often must not keep the database busy.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly HttpListener _listener;
    private readonly IHealthCheck _check;
    private readonly TimeProvider _clock;
    private readonly Task _serving;
    private (DateTimeOffset At, HealthCheckResult Result)? _last;

    private HealthEndpoint(HttpListener listener, IHealthCheck check, TimeProvider clock)
    {
        _listener = listener;
        _check = check;
        _clock = clock;
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Begins to answer.</summary>
    /// <param name="address">A port, or a host and a port.</param>
    /// <param name="check">What is asked.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="PipelineException">Nobody can listen there.</exception>
    internal static HealthEndpoint Start(string address, IHealthCheck check, TimeProvider clock)
    {
        var listener = new HttpListener();
        try
        {
            listener.Prefixes.Add(PrefixOf(address)!);
            listener.Start();
        }
        catch (Exception e) when (e is HttpListenerException or ArgumentException or System.Net.Sockets.SocketException)
        {
            listener.Close();
            throw new PipelineException(FailureKind.Usage, $"probes cannot be answered at {address}: {e.Message.TrimEnd('.')}", "Give --health a port that is free, and a host of this machine or *.", e);
        }

        return new HealthEndpoint(listener, check, clock);
    }

    /// <summary>The address as a listener takes it; null where it is none.</summary>
    internal static string? PrefixOf(string address)
    {
        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? "localhost" : address[..colon];
        return host.Length > 0 && !host.Any(c => char.IsWhiteSpace(c) || c is '/' or '?' or '#' or '@')
            && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? $"http://{host}:{port.ToString(CultureInfo.InvariantCulture)}/"
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving.ConfigureAwait(false);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
                await AnswerAsync(context).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // Closed, or whoever asked has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        (int code, string text) = context.Request.Url?.AbsolutePath switch
        {
            "/live" => (200, "live"),
            "/health" or "/" => Of(await AskAsync().ConfigureAwait(false)),
            _ => (404, "There are /health and /live."),
        };
        byte[] body = Encoding.UTF8.GetBytes(text + "\n");
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers["Cache-Control"] = "no-store";
        context.Response.ContentLength64 = body.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            await context.Response.OutputStream.WriteAsync(body).ConfigureAwait(false);
        }

        context.Response.Close();
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (_last is { } last && now - last.At < Fresh)
        {
            return last.Result;
        }

        HealthCheckResult result;
        try
        {
            result = await _check.CheckHealthAsync(new HealthCheckContext()).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is, a probe gets an answer, and no message that could have a name in it.
            result = HealthCheckResult.Unhealthy("the check failed");
        }

        _last = (now, result);
        return result;
    }

    private static (int Code, string Text) Of(HealthCheckResult result) => (
        result.Status == HealthStatus.Unhealthy ? 503 : 200,
        $"{result.Status.ToString().ToLowerInvariant()}{(result.Description is { Length: > 0 } said ? $": {said}" : "")}");
}
