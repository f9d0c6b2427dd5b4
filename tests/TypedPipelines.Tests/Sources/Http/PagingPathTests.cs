using TypedPipelines.Tests.Sources.Json;

namespace TypedPipelines.Tests.Sources.Http;

/// <summary>A path that leads nowhere is told from a last page, which has no next one.</summary>
public sealed class PagingPathTests
{
    private readonly SourceReading _reading = new();

    [Theory]
    [InlineData("meta/next_cursor", """{"items":[{"id":1,"name":"a"}],"meta":{"nextCursor":"x"}}""", "no member 'meta/next_cursor', but 'meta/nextCursor'")]
    [InlineData("Meta/next", """{"items":[{"id":1,"name":"a"}],"meta":{"next":"x"}}""", "no member 'Meta', but 'meta'")]
    [InlineData("next", """{"items":[],"NEXT":null}""", "no member 'next', but 'NEXT'")]
    public async Task AMemberThatIsWrittenInAnotherWay_EndsTheRun(string path, string page, string what)
    {
        PipelineException failure = await FailAsync(Paging.Cursor(path, "cursor"), page);
        failure.What.ShouldContain($"(page 1) has {what}");
        failure.Next.ShouldContain("Correct the path of the source's Paging");
        (await FailAsync(Paging.Cursor(path, "cursor", required: false), page)).What.ShouldContain(what);
        (await FailAsync(Paging.NextAddress(path), page)).What.ShouldContain(what);
    }

    [Theory]
    [InlineData("items/next", """{"items":[{"id":1,"name":"a"}]}""", "an array at 'items'")]
    [InlineData("meta/next", """{"items":[],"meta":7}""", "a number at 'meta'")]
    [InlineData("meta/page/next", """{"items":[],"meta":{"page":"two"}}""", "a text at 'meta/page'")]
    public async Task APathThroughWhatHasNoMembers_EndsTheRun(string path, string page, string what)
    {
        PipelineException failure = await FailAsync(Paging.NextAddress(path), page);
        failure.What.ShouldContain($"has {what}, where '{path}' leads on");
    }

    [Fact]
    public async Task APathIntoAPageThatIsAnArray_EndsTheRun()
    {
        await using LocalService service = LocalService.Saying("""[{"id":1,"name":"a"}]""");
        PipelineException failure = await _reading.FailAsync(new HttpPages<Item>(service.Client, "items", ItemJson.Default.Item) { Paging = Paging.NextAddress("next") });
        failure.What.ShouldContain("(page 1) is an array, where 'next' leads on");
    }

    [Theory]
    [InlineData("""{"items":[{"id":1,"name":"a"}]}""")]
    [InlineData("""{"items":[{"id":1,"name":"a"}],"meta":{}}""")]
    public async Task AFirstPageWithoutTheMember_IsTheOnlyOne_AndALineOfTheLogSaysSo(string page)
    {
        (await ReadAsync(Paging.Cursor("meta/next", "cursor"), page)).ShouldBe([1]);
        _reading.Logged.ShouldHaveSingleItem().ShouldMatch("^Warning: source Feed: .*items \\(page 1\\) has no member 'meta(/next)?', so it is taken for the only page; .*required");
    }

    [Theory]
    [InlineData("""{"items":[],"meta":{}}""")]
    [InlineData("""{"items":[{"id":1,"name":"a"}],"meta":{"next":null}}""")]
    [InlineData("""{"items":[{"id":1,"name":"a"}],"meta":null}""")]
    public async Task APageThatSaysItIsTheLast_OrHasNoRows_IsNotWorthALine(string page)
    {
        await ReadAsync(Paging.Cursor("meta/next", "cursor"), page);
        _reading.Logged.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALastPageWithoutTheMember_IsTheLast()
    {
        string[] pages = ["""{"items":[{"id":1,"name":"a"}],"meta":{"next":"x"}}""", """{"items":[{"id":2,"name":"b"}]}"""];
        (await ReadAsync(Paging.Cursor("meta/next", "cursor"), pages)).ShouldBe([1, 2]);
        (await ReadAsync(Paging.Cursor("meta/next", "cursor", required: false), pages)).ShouldBe([1, 2]);
        _reading.Logged.ShouldBeEmpty();
        (await FailAsync(Paging.Cursor("meta/next", "cursor", required: true), pages)).What.ShouldContain("(page 2) has no member 'meta'; its members are 'items'");
    }

    [Fact]
    public async Task AMemberThatNeedNotBeThere_IsNotMissed()
    {
        (await ReadAsync(Paging.NextAddress("paging/next/link", required: false), """{"items":[{"id":1,"name":"a"}]}""")).ShouldBe([1]);
        _reading.Logged.ShouldBeEmpty();
    }

    [Fact]
    public async Task AMemberThatMustBeThere_IsMissedOnTheFirstPage()
    {
        PipelineException failure = await FailAsync(Paging.NextAddress("links/next", required: true), """{"items":[],"links":{"self":"a","prev":null}}""");
        failure.What.ShouldContain("(page 1) has no member 'links/next'; the members of 'links' are 'self', 'prev'");
        failure.Next.ShouldContain("required: false");
    }

    private async Task<List<int>> ReadAsync(Paging paging, params string[] pages)
    {
        await using LocalService service = LocalService.Saying(pages);
        return [.. (await _reading.AllAsync(Pages(service, paging))).Select(row => row.Row.Id)];
    }

    private async Task<PipelineException> FailAsync(Paging paging, params string[] pages)
    {
        await using LocalService service = LocalService.Saying(pages);
        return await _reading.FailAsync(Pages(service, paging));
    }

    private static HttpPages<Item> Pages(LocalService service, Paging paging) => new(service.Client, "items", ItemJson.Default.Item) { Rows = "items", Paging = paging };
}
