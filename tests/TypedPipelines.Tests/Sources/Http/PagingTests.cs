using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>How pages lead to the next, and that none is read twice or without end.</summary>
public sealed class PagingTests
{
    private readonly SourceReading _reading = new();

    [Theory]
    [InlineData("<{0}items?page={1}>; rel=\"next\"")]
    [InlineData("<items?page={1}>; rel=next")]
    [InlineData("</first>; rel=\"first\"; title=\"a, <b>\", </items?page={1}>; rel=\"last next\", </last>; rel=\"last\"")]
    [InlineData("<?page={1}> ; title=\"rel=next\" ; REL=Next")]
    public async Task ALinkHeader_LeadsToTheNextPage(string header)
    {
        await using var service = new LocalService((context, number) =>
        {
            if (number < 3)
            {
                string address = context.Request.Url!.GetLeftPart(UriPartial.Authority) + "/";
                context.Response.AddHeader("Link", header.Replace("{0}", address, StringComparison.Ordinal).Replace("{1}", $"{number + 1}", StringComparison.Ordinal));
            }

            return LocalService.SayAsync(context, Rows(number));
        });

        (await ReadAsync(service, null, Paging.LinkHeader)).ShouldBe([1, 2, 3]);
        service.Asked.ShouldBe(["/items?from=7", "/items?page=2", "/items?page=3"]);
    }

    [Fact]
    public async Task AnAddressInThePage_LeadsToTheNext()
    {
        await using LocalService service = LocalService.Saying(
            """{"items":[{"id":1,"name":"a"}],"_links":{"next":{"href":"/items?page=2"}}}""",
            """{"items":[{"id":2,"name":"a"}],"_links":{"next":{"href":null}}}""");
        (await ReadAsync(service, "items", Paging.NextAddress("_links/next/href"))).ShouldBe([1, 2]);
        service.Asked.ShouldBe(["/items?from=7", "/items?page=2"]);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("false")]
    public async Task ACursor_IsHandedBack_WithTheRestOfTheQuery_UntilThereIsNone(string none)
    {
        await using LocalService service = LocalService.Saying(
            """{"items":[{"id":1,"name":"a"}],"next":"a+b="}""",
            """{"items":[{"id":2,"name":"a"}],"next":17}""",
            $$"""{"items":[{"id":3,"name":"a"}],"next":{{none}}}""");
        (await ReadAsync(service, "items", Paging.Cursor("next", "cursor"))).ShouldBe([1, 2, 3]);
        service.Asked.ShouldBe(["/items?from=7", "/items?from=7&cursor=a%2Bb%3D", "/items?from=7&cursor=17"]);
    }

    [Fact]
    public async Task ANumber_GrowsUntilAPageHasNoRows()
    {
        await using LocalService service = LocalService.Saying(Rows(1, 2), Rows(3), "[]");
        (await ReadAsync(service, null, Paging.Number("page"))).ShouldBe([1, 2, 3]);
        service.Asked.ShouldBe(["/items?from=7&page=1", "/items?from=7&page=2", "/items?from=7&page=3"]);
    }

    [Theory]
    [InlineData("items?page=0", "page=0", "page=1", "page=2")]
    [InlineData("items?page=4&size=2", "page=4&size=2", "size=2&page=5", "size=2&page=6")]
    [InlineData("items?page=", "page=1", "page=2", "page=3")]
    public async Task ANumberThatTheAddressSays_IsTheFirst(string address, params string[] asked)
    {
        await using LocalService service = LocalService.Saying(Rows(1, 2), Rows(3), "[]");
        (await _reading.AllAsync(new HttpPages<Item>(service.Client, address, ItemJson.Default.Item) { Paging = Paging.Number("page") })).Select(row => row.Row.Id).ShouldBe([1, 2, 3]);
        service.Asked.ShouldBe(asked.Select(query => "/items?" + query));
    }

    [Fact]
    public async Task AnOffset_GrowsByTheRowsOfEachPage_RejectedOnesToo()
    {
        await using LocalService service = LocalService.Saying("[{\"id\":1,\"name\":\"a\"},{}]", Rows(3), "[]");
        (await ReadAsync(service, null, Paging.Offset("offset"))).ShouldBe([1, 3]);
        service.Asked.ShouldBe(["/items?from=7&offset=0", "/items?from=7&offset=2", "/items?from=7&offset=3"]);
        _reading.Rejects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RowsAreNamedByTheirPage()
    {
        await using LocalService service = LocalService.Saying(Rows(1), Rows(2), "[]");
        List<ReadRow<Item>> rows = await _reading.AllAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Paging = Paging.Number("page") });
        rows.Select(row => $"{row.Origin}:{row.Line}").ShouldBe([$"{service.Address}items?page=… (page 1):1", $"{service.Address}items?page=… (page 2):1"]);
    }

    [Fact]
    public async Task NoPaging_ReadsOnePage_WhateverItSays()
    {
        await using var service = new LocalService((context, number) =>
        {
            context.Response.AddHeader("Link", "</items?page=2>; rel=next");
            return LocalService.SayAsync(context, Rows(number));
        });
        (await ReadAsync(service, null, Paging.None)).ShouldBe([1]);
    }

    [Fact]
    public async Task AServiceThatDoesNotKnowTheParameter_EndsTheRun_InsteadOfGivingItsFirstPageForEver()
    {
        await using LocalService service = LocalService.Saying(Rows(1));
        PipelineException failure = await FailAsync(service, Paging.Number("pagina"));
        failure.What.ShouldContain("(page 2) is the same, to the byte, as the page before it");
        service.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ALinkBack_EndsTheRun()
    {
        await using var service = new LocalService((context, number) =>
        {
            context.Response.AddHeader("Link", number == 1 ? "</items?page=2>; rel=next" : "</items?from=7>; rel=next");
            return LocalService.SayAsync(context, Rows(number));
        });
        (await FailAsync(service, Paging.LinkHeader)).What.ShouldContain("a page that was read before");
        service.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task PagesWithoutEnd_EndTheRun()
    {
        await using var service = new LocalService((context, number) => LocalService.SayAsync(context, Rows(number)));
        PipelineException failure = await _reading.FailAsync(
            new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Paging = Paging.Number("page"), MaxPages = 20 });
        failure.What.ShouldContain("has a next page, and the source reads 20 at most");
        failure.Next.ShouldContain("set MaxPages");
        service.Asked.Count.ShouldBe(20);
    }

    [Fact]
    public async Task ANextPageOfAnotherService_IsNotAsked_SinceCredentialsWouldGoThere()
    {
        await using LocalService other = LocalService.Saying("[]");
        await using var service = new LocalService((context, number) =>
        {
            context.Response.AddHeader("Link", $"<{other.Address}items?key=s3cret>; rel=next");
            return LocalService.SayAsync(context, Rows(number));
        });
        PipelineException failure = await FailAsync(service, Paging.LinkHeader);
        failure.What.ShouldContain("which is another service");
        failure.ToString().ShouldNotContain("s3cret");
        other.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"items":[],"next":7}""", "next is no address but Number")]
    [InlineData("""{"items":[],"next":"javascript:void"}""", "none of a web service")]
    public async Task ANextThatIsNoAddress_EndsTheRun(string page, string what)
    {
        await using LocalService service = LocalService.Saying(page);
        PipelineException failure = await _reading.FailAsync(
            new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Rows = "items", Paging = Paging.NextAddress("next") });
        failure.What.ShouldContain(what);
    }

    private static string Rows(params int[] ids) => "[" + string.Join(',', ids.Select(id => $$"""{"id":{{id}},"name":"a"}""")) + "]";

    private async Task<List<int>> ReadAsync(LocalService service, string? rows, Paging paging) =>
        [.. (await _reading.AllAsync(new HttpPages<Item>(service.Client, "items?from=7", ItemJson.Default.Item) { Rows = rows, Paging = paging })).Select(row => row.Row.Id)];

    private Task<PipelineException> FailAsync(LocalService service, Paging paging) =>
        _reading.FailAsync(new HttpPages<Item>(service.Client, "items?from=7", ItemJson.Default.Item) { Paging = paging });
}
