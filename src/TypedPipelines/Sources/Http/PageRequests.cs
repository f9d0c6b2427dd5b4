using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace TypedPipelines;

/// <summary>Asks for pages, again where it may help, until each has arrived as a whole.</summary>
internal sealed partial class PageRequests
{
    /// <summary>No run sleeps for longer between two requests, whatever a source allows.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly ResiliencePropertyKey<string> PlaceKey = new("place");

    private readonly SourceContext _context;
    private readonly HttpClient _client;
    private readonly Action<HttpRequestMessage>? _prepare;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _longestPause;
    private readonly ResiliencePipeline<PageAttempt> _retries;

    internal PageRequests(SourceContext context, HttpClient client, Action<HttpRequestMessage>? prepare, TimeSpan timeout, int retries, TimeSpan delay, TimeSpan longestPause)
    {
        _context = context;
        _client = client;
        _prepare = prepare;
        _timeout = timeout;
        _longestPause = longestPause < Day ? longestPause : Day;
        _retries = retries <= 0
            ? ResiliencePipeline<PageAttempt>.Empty
            : new ResiliencePipelineBuilder<PageAttempt>().AddRetry(new RetryStrategyOptions<PageAttempt>
            {
                MaxRetryAttempts = retries,
                Delay = delay < _longestPause ? delay : _longestPause,
                MaxDelay = _longestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = outcome => new ValueTask<bool>(outcome.Outcome.Result is { MayPass: true }),
                DelayGenerator = outcome => new ValueTask<TimeSpan?>(outcome.Outcome.Result?.Pause),
                OnRetry = outcome =>
                {
                    outcome.Context.Properties.TryGetValue(PlaceKey, out string? place);
                    AskingAgain(context.Logger, context.Name, place ?? "", outcome.Outcome.Result!.What, outcome.RetryDelay.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
            }).Build();
    }

    /// <summary>Gets a page.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Stops request and pauses.</param>
    /// <exception cref="PipelineException">It cannot be had.</exception>
    internal async Task<HttpPage> GetAsync(Uri address, int number, CancellationToken cancellationToken)
    {
        string place = PageAddress.Shown(address, number);
        int asked = 0;
        ResilienceContext call = ResilienceContextPool.Shared.Get(cancellationToken);
        call.Properties.Set(PlaceKey, place);
        PageAttempt last;
        try
        {
            last = await _retries.ExecuteAsync(
                async outcome =>
                {
                    asked++;
                    return await TryAsync(address, outcome.CancellationToken).ConfigureAwait(false);
                },
                call).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(call);
        }

        // Cancelled in a pause, the last attempt is what comes back.
        cancellationToken.ThrowIfCancellationRequested();
        return last.Page ?? throw new PipelineException(
            FailureKind.Source,
            string.Create(CultureInfo.InvariantCulture, $"source {_context.Name}: {place} {last.What}{(asked == 1 ? "" : $", asked {asked} times")}"),
            last.Advice,
            last.Cause);
    }

    private async ValueTask<PageAttempt> TryAsync(Uri address, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        try
        {
            Uri at = address;
            for (int redirections = 0; ; redirections++)
            {
                using HttpRequestMessage request = Request(at);
                using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
                if (Redirections.Leak(at, response) is { } leak)
                {
                    return leak;
                }

                if (!Redirections.IsOne(response))
                {
                    return response.IsSuccessStatusCode
                        ? await PageContent.ReadAsync(address, response.RequestMessage?.RequestUri ?? at, response, timeout.Token).ConfigureAwait(false)
                        : Refused(response);
                }

                (Uri? next, PageAttempt? end) = Redirections.Follow(at, response, redirections);
                if (next is null)
                {
                    return end!;
                }

                at = next;
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The client has a time limit of its own, which may be the shorter one.
            return PageAttempt.MayPassLater(timeout.IsCancellationRequested ? $"did not answer in {Seconds(_timeout)}" : "did not answer in the time that its HttpClient allows", cause: e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.UserAuthenticationError)
        {
            return PageAttempt.Failed($"cannot be asked: {Message(e)}", "Check the service's certificate and the credentials of the HttpClient, and run the partition again.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return PageAttempt.MayPassLater($"cannot be read: {Message(e)}", cause: e);
        }
    }

    private HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (_client.DefaultRequestHeaders.Accept.Count == 0)
        {
            request.Headers.Accept.ParseAdd("application/json, */*;q=0.1");
        }

        _prepare?.Invoke(request);
        return request;
    }

    private PageAttempt Refused(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        string what = string.Create(CultureInfo.InvariantCulture, $"answered {(int)status} {response.ReasonPhrase}").TrimEnd();
        if (status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) && (int)status < 500)
        {
            return PageAttempt.Failed(what, status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Check the credentials that the HttpClient sends, and run the partition again.",
                HttpStatusCode.NotFound or HttpStatusCode.Gone => "Check the address that the source method builds, and run the partition again.",
                _ => "The service does not take the request: check the address that the source method builds, and run the partition again.",
            });
        }

        TimeSpan? pause = RetryAfter.Of(response, TimeProvider.System.GetUtcNow());
        return pause > _longestPause
            ? PageAttempt.Failed($"{what} and asks for a pause of {RetryAfter.Shown(pause.Value)}", "Nothing was changed. Run the partition again after that time, or set LongestPause of the source, to a day at most.")
            : PageAttempt.MayPassLater(what, pause);
    }

    private static string Message(Exception exception) => exception.Message.TrimEnd('.');

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} seconds");

    [LoggerMessage(1101, LogLevel.Warning, "source {Source}: {Page} {What}; it is asked again in {Seconds:0.#} s")]
    private static partial void AskingAgain(ILogger logger, string source, string page, string what, double seconds);
}
