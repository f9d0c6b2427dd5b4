using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>A real HTTP server on a port of this machine, which answers as a test says and remembers what it was asked.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, int, Task> _answer;
    private readonly Task _loop;

    internal LocalService(Func<HttpListenerContext, int, Task> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _loop = Task.Run(ServeAsync);
        Client = new HttpClient { BaseAddress = new Uri(Address) };
    }

    internal string Address { get; }

    internal HttpClient Client { get; }

    /// <summary>Path and query of each request, in their order.</summary>
    internal ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>A server that gives its answers in their order, and then the last one again and again.</summary>
    internal static LocalService Saying(params string[] pages) => new((context, number) => SayAsync(context, pages[Math.Min(number, pages.Length) - 1]));

    internal static Task SayAsync(HttpListenerContext context, string body, int status = 200, string type = "application/json") =>
        SayAsync(context, Encoding.UTF8.GetBytes(body), status, type);

    internal static async Task SayAsync(HttpListenerContext context, byte[] body, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    /// <summary>Answers with the first part of a body and breaks the connection.</summary>
    internal static async Task BreakOffAsync(HttpListenerContext context, string body, bool saysLength)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentType = "application/json";
        if (saysLength)
        {
            context.Response.ContentLength64 = bytes.Length * 2;
        }
        else
        {
            context.Response.SendChunked = true;
        }

        await context.Response.OutputStream.WriteAsync(bytes);
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        int number = 0;
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // It was stopped, perhaps before it was ever asked.
            }

            Asked.Enqueue(context.Request.RawUrl!);
            int current = ++number;
            _ = Task.Run(async () =>
            {
                try
                {
                    await _answer(context, current);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
                {
                    // Whoever asked has gone away.
                }
            });
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
