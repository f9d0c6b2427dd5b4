using System.Net.Http.Headers;

namespace TypedPipelines.Alerts;

/// <summary>Posts alerts to a webhook.</summary>
internal sealed class WebhookSink : IAlertSink, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Webhook _webhook;

    /// <summary>Nothing of a call is traced: the address would be in the span. Nor is a redirection followed, which could take the alert, and what authorizes it, anywhere.</summary>
    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience };

    internal WebhookSink(Webhook webhook) => _webhook = webhook;

    public string Name => $"the webhook ({_webhook.Form.ToString().ToLowerInvariant()})";

    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _webhook.Url) { Content = new ReadOnlyMemoryContent(WebhookMessage.Of(alert, _webhook.Form)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        if (_webhook.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw NotTaken($"it answers {(int)response.StatusCode}");
            }
        }
        catch (HttpRequestException e)
        {
            throw NotTaken($"it cannot be reached ({e.HttpRequestError})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotTaken($"no answer within {Patience.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Without the cause, whose message may have the address in it.</summary>
    private static PipelineException NotTaken(string why) => new(FailureKind.Unexpected, why, "The run itself goes on; check the address and what is behind it.");
}
