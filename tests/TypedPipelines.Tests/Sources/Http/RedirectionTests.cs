using System.Net;
using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>Where a service sends a request on to, and that no credentials go along to another one.</summary>
public sealed class RedirectionTests
{
    private const string Page = "[{\"id\":1,\"name\":\"a\"}]";

    private readonly SourceReading _reading = new();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task AClientThatDoesNotFollow_HasTheSourceFollow_WithItsHeaders_WithinAService(int status)
    {
        List<string?> keys = [];
        await using var service = new LocalService((context, number) =>
        {
            keys.Add(context.Request.Headers["X-Api-Key"]);
            return number == 1 ? MoveAsync(context, "/v2/items?a=1", status) : LocalService.SayAsync(context, Page);
        });
        using HttpClient client = Client(service, follows: false);

        (await _reading.AllAsync(Pages(client))).ShouldHaveSingleItem().Row.Id.ShouldBe(1);
        service.Asked.ShouldBe(["/items", "/v2/items?a=1"]);
        keys.ShouldBe(["s3cret", "s3cret"]);
    }

    [Fact]
    public async Task AClientThatDoesNotFollow_SendsNothingToAnotherService_AndTheRunEnds()
    {
        await using LocalService other = LocalService.Saying(Page);
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address}items?token=s3cret"));
        using HttpClient client = Client(service, follows: false);

        PipelineException failure = await _reading.FailAsync(Pages(client));

        failure.What.ShouldBe($"source Feed: {service.Address}items (page 1) answered 302 Found: it sends on to {other.Address}items?token=…, which is another service");
        failure.Next.ShouldContain("Nothing was sent there");
        other.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task AClientThatFollowsByItself_AndTookHeadersToAnotherService_EndsTheRun_AndTheHeadersAreNamed()
    {
        await using var other = new LocalService((context, _) => LocalService.SayAsync(context, Page));
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address}items"));
        using HttpClient client = Client(service, follows: true);

        PipelineException failure = await _reading.FailAsync(Pages(client, request => request.Headers.Add("X-Tenant", "seven")));

        failure.What.ShouldBe(
            $"source Feed: {service.Address}items (page 1) was answered by {other.Address}items, which is another service: its HttpClient followed a redirection to it and took the headers X-Api-Key, X-Tenant along");
        failure.Next.ShouldContain("AllowAutoRedirect = false");
        failure.ToString().ShouldNotContain("s3cret");
        other.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TheSameHolds_WhereTheOtherServiceRefuses()
    {
        await using var other = new LocalService((context, _) => LocalService.SayAsync(context, "", 503));
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address}items"));
        using HttpClient client = Client(service, follows: true);

        (await _reading.FailAsync(Pages(client))).What.ShouldContain("took the header X-Api-Key along");
        other.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AClientThatFollowsByItself_AndTookNothingAlong_IsRead()
    {
        await using var other = new LocalService((context, _) => LocalService.SayAsync(context, Page));
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address}items"));
        service.Client.DefaultRequestHeaders.UserAgent.ParseAdd("shop/1.0");
        // The handler drops this one by itself.
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "s3cret");

        (await _reading.AllAsync(Pages(service.Client))).ShouldHaveSingleItem().Row.Id.ShouldBe(1);
    }

    [Fact]
    public async Task ANextPageAtTheServiceThatWasSentOnTo_IsNotAsked_SinceTheClientsHeadersWouldGoThere()
    {
        await using var other = new LocalService((context, _) =>
        {
            context.Response.AddHeader("Link", "</items?page=2>; rel=next");
            return LocalService.SayAsync(context, Page);
        });
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address}items"));
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "s3cret");

        (await _reading.FailAsync(Pages(service.Client))).What.ShouldContain("which is another service");
        other.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task PagesThatAreCounted_GoOnAtTheServiceThatWasAsked_WhoeverAnswers()
    {
        await using var other = new LocalService((context, number) => LocalService.SayAsync(context, number == 1 ? Page : "[]"));
        await using var service = new LocalService((context, _) => MoveAsync(context, $"{other.Address.TrimEnd('/')}{context.Request.RawUrl}"));

        (await _reading.AllAsync(Pages(service.Client, paging: Paging.Number("page")))).ShouldHaveSingleItem();
        service.Asked.ShouldBe(["/items?page=1", "/items?page=2"]);
    }

    [Fact]
    public async Task AServiceThatSendsOnWithoutEnd_EndsTheRun()
    {
        await using var service = new LocalService((context, number) => MoveAsync(context, $"/items/{number}"));
        using HttpClient client = Client(service, follows: false);

        (await _reading.FailAsync(Pages(client))).What.ShouldContain("sends on for the 11th time");
        service.Asked.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(null, "without an address")]
    [InlineData("ftp://files/items", "none of a web service")]
    public async Task ARedirectionToNowhere_IsTold(string? location, string what)
    {
        await using var service = new LocalService((context, _) => MoveAsync(context, location));
        using HttpClient client = Client(service, follows: false);

        PipelineException failure = await _reading.FailAsync(Pages(client));
        failure.What.ShouldContain("answered 302 Found");
        failure.What.ShouldContain(what);
    }

    [Theory]
    [InlineData("http://a.org/x", "http://a.org/y", true)]
    [InlineData("http://a.org/x", "https://A.org/y", true)]
    [InlineData("https://a.org/x", "http://a.org/y", false)]
    [InlineData("http://a.org:8080/x", "https://a.org/y", false)]
    [InlineData("http://a.org/x", "https://a.org:8443/y", false)]
    [InlineData("https://a.org/x", "https://www.a.org/y", false)]
    public void OneService_IsOneHostAndPort_OrTheSameHostMadeSecure(string from, string to, bool same) =>
        PageAddress.IsSameService(new Uri(from), new Uri(to)).ShouldBe(same);

    private static async Task MoveAsync(HttpListenerContext context, string? location, int status = 302)
    {
        context.Response.StatusCode = status;
        if (location is not null)
        {
            context.Response.AddHeader("Location", location);
        }

        await context.Response.OutputStream.FlushAsync();
        context.Response.Close();
    }

    private static HttpClient Client(LocalService service, bool follows)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = follows }) { BaseAddress = new Uri(service.Address) };
        client.DefaultRequestHeaders.Add("X-Api-Key", "s3cret");
        return client;
    }

    private static HttpPages<Item> Pages(HttpClient client, Action<HttpRequestMessage>? prepare = null, Paging? paging = null) => new(client, "items", ItemJson.Default.Item)
    {
        Prepare = prepare,
        Paging = paging ?? Paging.LinkHeader,
        Retries = 1,
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };
}
