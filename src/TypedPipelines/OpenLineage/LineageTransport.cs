using System.Net.Http.Headers;

namespace TypedPipelines.OpenLineage;

/// <summary>The way to a server, to a file, or to both.</summary>
internal sealed class LineageTransport(OpenLineageOptions options) : IDisposable
{
    private readonly HttpClient? _client = options.Url is null ? null : new HttpClient { Timeout = options.Timeout };
    private readonly SemaphoreSlim _file = new(1);

    internal bool IsOpen => _client is not null || options.File is not null;

    /// <exception cref="PipelineException">The server did not take the event, or the file cannot be written.</exception>
    internal async Task SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (options.File is not null)
        {
            await AppendAsync(options.File, json, cancellationToken).ConfigureAwait(false);
        }

        if (_client is not null)
        {
            await PostAsync(_client, json, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _file.Dispose();
    }

    /// <summary>A line at a time, whole: several programs may add to the file.</summary>
    private async Task AppendAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync((byte[])[.. json.Span, (byte)'\n'], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(FailureKind.Unexpected, $"the OpenLineage event could not be written to {path}: {e.Message.TrimEnd('.')}", "Name a file that this account may write.", e);
        }
        finally
        {
            _file.Release();
        }
    }

    private async Task PostAsync(HttpClient client, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var address = new Uri(new Uri(options.Url!.AbsoluteUri.TrimEnd('/') + '/'), options.Endpoint.TrimStart('/'));
        string shown = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.Unescaped);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        }

        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw NotTaken(shown, $"it answers {(int)response.StatusCode}", null);
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw NotTaken(shown, e is TaskCanceledException ? $"no answer within {options.Timeout.TotalSeconds:0.#} s" : e.Message.TrimEnd('.'), e);
        }
    }

    private static PipelineException NotTaken(string address, string why, Exception? cause) => new(
        FailureKind.Unexpected, $"the OpenLineage server {address} did not take the event: {why}", "The run itself goes on; check OPENLINEAGE_URL and OPENLINEAGE_API_KEY.", cause);
}
