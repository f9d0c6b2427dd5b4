using System.Text;
using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>What a page is, what is a row of it, what is rejected, and what ends the run.</summary>
public sealed class HttpPagesTests
{
    private const string Good = "{\"id\":9,\"name\":\"z\"}";

    private readonly SourceReading _reading = new();

    [Fact]
    public async Task ThePartitionsWindow_ArrivesInTheQuery_Escaped()
    {
        await using LocalService service = LocalService.Saying("[]");
        DayPartition day = (DayPartition)PartitionScheme.Daily("2026-01-01", timeZone: "Europe/Berlin").Parse("2026-07-01");

        await _reading.AllAsync(new HttpPages<Item>(service.Client, $"days/{day:yyyy-MM-dd}?from={day.Start:O}&to={day.End:yyyy-MM-ddTHH:mm:ssZ}&place={"a&b c"}", ItemJson.Default.Item));

        service.Asked.ShouldHaveSingleItem().ShouldBe(
            "/days/2026-07-01?from=2026-06-30T22%3A00%3A00.0000000%2B00%3A00&to=2026-07-01T22%3A00%3A00Z&place=a%26b%20c");
    }

    [Theory]
    [InlineData("[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]", null)]
    [InlineData("{\"items\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}],\"more\":1}", "items")]
    [InlineData(" \n{\"data\":{\"items\":[{\"id\":1,\"name\":\"a\",\"x\":[{}]},{\"id\":2,\"name\":\"b\"}]}}\n", "data/items")]
    public async Task TheRows_AreThePage_OrWhereItsMembersLead(string page, string? rows)
    {
        await using LocalService service = LocalService.Saying(page);
        List<ReadRow<Item>> read = await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Rows = rows });
        read.Select(row => (row.Row, row.Line)).ShouldBe([(new Item(1, "a"), 1), (new Item(2, "b"), 2)]);
        read.ShouldAllBe(row => row.Origin == service.Address + "items (page 1)");
    }

    [Theory]
    [InlineData("[]", null, 200)]
    [InlineData("{\"items\":[]}", "items", 200)]
    [InlineData("{\"items\":null}", "items", 200)]
    [InlineData("", "items", 204)]
    public async Task NoValues_AreNoRows(string page, string? rows, int status)
    {
        await using var service = new LocalService((context, _) => LocalService.SayAsync(context, page, status));
        (await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Rows = rows })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"id\":1}", null, "missing required properties")]
    [InlineData("{\"id\":1,\"name\":null}", null, "null")]
    [InlineData("{\"id\":\"x\",\"name\":\"a\"}", "$.id", "could not be converted")]
    [InlineData("null", null, "is null")]
    [InlineData("7", null, "could not be converted")]
    public async Task AValueOfAnotherForm_IsRejected_WithItsPagePlaceAndText_AndTheNextIsRead(string value, string? member, string reason)
    {
        await using LocalService service = LocalService.Saying($"[{Good},{value},{Good}]");

        (await _reading.AllAsync(new HttpPages<Item>(service.Client, "items?key=secret", ItemJson.Default.Item))).Select(row => row.Line).ShouldBe([1, 3]);

        Reject reject = _reading.Rejects.ShouldHaveSingleItem();
        reject.Origin.ShouldBe(service.Address + "items?key=… (page 1)");
        reject.Line.ShouldBe(2);
        reject.Raw.ShouldBe(value);
        reject.Reason.ShouldContain(reason);
        if (member is not null)
        {
            reject.Column.ShouldBe(member);
        }
    }

    [Fact]
    public async Task MoreRowsThanABatchHolds_AreReadOnce()
    {
        string page = "[" + string.Join(',', Enumerable.Range(1, 10_000).Select(i => $$"""{"id":{{i}},"name":"n"}""")) + "]";
        await using LocalService service = LocalService.Saying(page);
        List<ReadRow<Item>> read = await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item));
        read.Select(row => (row.Line, row.Row.Id)).ShouldBe(Enumerable.Range(1, 10_000).Select(i => ((long)i, i)));
    }

    [Theory]
    [InlineData("{\"item\":[]}", "items", "has no member 'items'; its members are 'item'")]
    [InlineData("{\"items\":[]}", null, "has an object where the array of rows is expected; its members are 'items'")]
    [InlineData("{\"items\":{}}", "items", "has an object at 'items' where the array")]
    [InlineData("null", null, "has null where the array")]
    public async Task RowsThatAreNotWhereTheySaid_EndTheRun_AndTheMessageShowsWhatThereIs(string page, string? rows, string what)
    {
        await using LocalService service = LocalService.Saying(page);
        PipelineException failure = await _reading.FailAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Rows = rows });
        failure.What.ShouldContain(what);
        failure.Next.ShouldContain("set Rows");
    }

    [Theory]
    [InlineData("[1,}]", "is not JSON")]
    [InlineData("[] x", "more behind its value")]
    [InlineData("<html>Log in</html>", "is not JSON")]
    public async Task APageThatIsNotJson_EndsTheRun_AndIsNotAskedForAgain(string page, string what)
    {
        await using LocalService service = LocalService.Saying(page);
        PipelineException failure = await _reading.FailAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item));
        failure.What.ShouldContain(what);
        failure.Next.Contains("log in", StringComparison.Ordinal).ShouldBe(page[0] == '<');
        service.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnotherEncoding_IsReadAsTheServiceSays()
    {
        await using var service = new LocalService((context, _) =>
            LocalService.SayAsync(context, Encoding.Latin1.GetBytes("[{\"id\":1,\"name\":\"Zürich\"}]"), type: "application/json; charset=\"iso-8859-1\""));
        (await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item))).ShouldHaveSingleItem().Row.Name.ShouldBe("Zürich");
    }

    [Theory]
    [InlineData(401, "credentials")]
    [InlineData(403, "credentials")]
    [InlineData(404, "Check the address")]
    [InlineData(400, "does not take the request")]
    public async Task ARefusal_EndsTheRunAtOnce_AndShowsNothingThatMayBeSecret(int status, string next)
    {
        await using var service = new LocalService((context, _) => LocalService.SayAsync(context, "no such key: s3cret", status));
        string address = service.Address.Replace("://", "://user:pa55@", StringComparison.Ordinal) + "items?apikey=s3cret&tok3n";

        PipelineException failure = await _reading.FailAsync(new HttpPages<Item>(service.Client, address, ItemJson.Default.Item));

        failure.What.ShouldStartWith($"source Feed: {service.Address}items?apikey=…&… (page 1) answered {status}");
        failure.Next.ShouldContain(next);
        failure.ToString().ShouldNotContain("s3cret");
        failure.ToString().ShouldNotContain("pa55");
        failure.ToString().ShouldNotContain("tok3n");
        service.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnAddressThatIsNone_IsAnErrorThatDoesNotShowIt()
    {
        using var client = new HttpClient();
        foreach (string address in new[] { "items?key=s3cret", "ftp://host/s3cret", "http://[s3cret", "" })
        {
            PipelineException failure = await _reading.FailAsync(new HttpPages<Item>(client, address, ItemJson.Default.Item));
            failure.What.ShouldContain("none of a web service");
            failure.ToString().ShouldNotContain("s3cret");
        }
    }

    [Fact]
    public async Task ARequest_CanBeCompletedBeforeItIsSent()
    {
        string? seen = null;
        string? accepted = null;
        await using var service = new LocalService((context, _) =>
        {
            seen = context.Request.Headers["X-Key"];
            accepted = context.Request.Headers["Accept"];
            return LocalService.SayAsync(context, "[]");
        });
        await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Prepare = request => request.Headers.Add("X-Key", "k") });
        seen.ShouldBe("k");
        accepted.ShouldBe("application/json, */*; q=0.1");

        service.Client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.shop+json");
        await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item));
        accepted.ShouldBe("application/vnd.shop+json", "what the client asks for is not replaced");
    }
}
