using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Earthquakes;

/// <summary>
/// A feed of reports on this machine, as a service would give it: <c>GET /reports?from=…&amp;to=…&amp;offset=…</c> answers with the events that
/// were reported in that window, each in its latest form then, in the order of their ids, 100 a page. Now and then it is too busy and asks for
/// a pause.
/// </summary>
internal sealed class LocalFeed : IDisposable
{
    private const int PageSize = 100;

    /// <summary>Every so many requests it is busy once.</summary>
    private const int BusyEvery = 20;

    private readonly HttpListener _listener = new();
    private readonly Lazy<List<Report>> _reports;
    private int _requests;

    private LocalFeed(string file)
    {
        _reports = new Lazy<List<Report>>(() => [.. File.ReadLines(file).SelectMany(Report.Read)]);
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    internal Uri Address { get; }

    internal static LocalFeed Start(string file) => new(file);

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context.Request, context.Response);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The program is ending, or has given up this request.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        if (++_requests % BusyEvery == 0)
        {
            response.StatusCode = 503;
            response.AddHeader("Retry-After", "0");
            return;
        }

        if (request.Url?.AbsolutePath != "/reports" || !TryTime(request.QueryString["from"], out long from) || !TryTime(request.QueryString["to"], out long to))
        {
            response.StatusCode = 400;
            return;
        }

        int offset = int.Parse(request.QueryString["offset"] ?? "0", CultureInfo.InvariantCulture);
        var features = _reports.Value
            .Where(report => report.Updated >= from && report.Updated < to)
            .GroupBy(report => report.Id, (_, reports) => reports.MaxBy(report => report.Updated)!)
            .OrderBy(report => report.Id, StringComparer.Ordinal)
            .Skip(offset)
            .Take(PageSize)
            .Select(report => report.Feature);
        response.ContentType = "application/geo+json";
        await using var writer = new StreamWriter(response.OutputStream);
        await writer.WriteAsync($$"""{"type":"FeatureCollection","features":[{{string.Join(",\n", features)}}]}""");
    }

    private static bool TryTime(string? text, out long milliseconds)
    {
        bool read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        milliseconds = time.ToUnixTimeMilliseconds();
        return read;
    }

    /// <summary>What was known of an event at some time.</summary>
    private sealed record Report(string Id, long Updated, string Feature)
    {
        /// <summary>
        /// The reports of an event. The data has the last one of each; the first, which it must have had when it happened, is made of it: automatic,
        /// and without a magnitude.
        /// </summary>
        internal static IEnumerable<Report> Read(string line)
        {
            JsonNode last = JsonNode.Parse(line)!;
            JsonNode first = last.DeepClone();
            string id = (string)last["id"]!;
            var happened = (long)first["properties"]!["time"]!;
            first["properties"]!["updated"] = happened;
            first["properties"]!["status"] = "automatic";
            first["properties"]!["mag"] = null;
            yield return new Report(id, happened, first.ToJsonString());
            yield return new Report(id, (long)last["properties"]!["updated"]!, line);
        }
    }
}
