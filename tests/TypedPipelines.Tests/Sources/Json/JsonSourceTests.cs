using System.Text;
using System.Text.Json.Serialization;
using TypedPipelines.Tests.Sources.Files;

namespace TypedPipelines.Tests.Sources.Json;

/// <summary>JSON Lines and arrays: what is a row, what is rejected, what ends the run.</summary>
public sealed class JsonSourceTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n")]
    [InlineData("{\"id\":1,\"name\":\"a\"}\r\n\r\n  {\"id\":2,\"name\":\"b\",\"other\":[1]}  \r\n \r\n")]
    [InlineData("\n\uFEFF{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}")]
    [InlineData("[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]")]
    [InlineData("\uFEFF \n[\n  {\"id\":1,\n   \"name\":\"a\"},\n  {\"id\":2,\"name\":\"b\"}\n]\n")]
    public void EitherForm_IsKnownByItsFirstCharacter(string text)
    {
        if (text.StartsWith('\n'))
        {
            text = text[1..];
        }

        Read(text).Select(row => row.Row).ShouldBe([new Item(1, "a"), new Item(2, "b")]);
        Read(SourceFileTests.Gzip(Encoding.UTF8.GetBytes(text))).Select(row => row.Row).ShouldBe([new Item(1, "a"), new Item(2, "b")]);
        Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'))]).Select(row => row.Row).ShouldBe([new Item(1, "a"), new Item(2, "b")]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    public void NoValues_AreNoRows(string text) => Read(text).ShouldBeEmpty();

    [Theory]
    [InlineData("{\"id\":1}", "missing required properties")]
    [InlineData("{\"id\":1,\"name\":null}", "null")]
    [InlineData("{\"id\":\"x\",\"name\":\"a\"}", "could not be converted")]
    [InlineData("{\"id\":3000000000,\"name\":\"a\"}", "could not be converted")]
    [InlineData("null", "is null")]
    [InlineData("[1]", "could not be converted")]
    [InlineData("7", "could not be converted")]
    public void AValueOfAnotherForm_IsRejected_WithItsPlaceAndText(string value, string reason)
    {
        string good = "{\"id\":9,\"name\":\"z\"}";
        Read($"{good}\n{value}\n{good}").Select(row => row.Line).ShouldBe([1, 3]);
        Read($"[{good},{value},{good}]").Select(row => row.Line).ShouldBe([1, 3]);

        _directory.Rejects.Count.ShouldBe(2);
        _directory.Rejects.ShouldAllBe(reject => reject.Line == 2 && reject.Raw == value && reject.Reason.Contains(reason));
        _directory.Rejects.ShouldAllBe(reject => !reject.Reason.Contains("Path:"));
    }

    [Fact]
    public void TheMemberAtFault_IsTheRejectsColumn()
    {
        Read("{\"id\":1,\"name\":\"a\",\"more\":{\"count\":\"x\"}}").ShouldBeEmpty();
        _directory.Rejects.ShouldHaveSingleItem().Column.ShouldBe("$.more.count");
    }

    [Fact]
    public void ALineThatIsNoJson_IsRejected_AndTheNextIsRead()
    {
        Read("{\"id\":1,\n{\"id\":2,\"name\":\"b\"}\n").ShouldHaveSingleItem().Line.ShouldBe(2);
        _directory.Rejects.ShouldHaveSingleItem().Raw.ShouldBe("{\"id\":1,");
    }

    [Theory]
    [InlineData("[{\"id\":1,\"name\":\"a\"},")]
    [InlineData("[{\"id\":1,\"name\":\"a\"}")]
    [InlineData("[{\"id\":1,\"name\":\"a\"} {\"id\":2,\"name\":\"b\"}]")]
    [InlineData("[{\"id\":1,\"name\":\"a\"}] x")]
    public void AnArrayThatIsBroken_EndsTheRun(string text)
    {
        PipelineException failure = _directory.FailToRead(new JsonFiles<Item>(_directory.Write("rows.json", text), ItemJson.Default.Item));
        failure.What.ShouldContain("rows.json");
        failure.What.ShouldContain("is not JSON");
    }

    [Fact]
    public void ManyRows_OverSeveralFiles_KeepTheirPlaces()
    {
        string[] lines = [.. Enumerable.Range(1, 10_000).Select(i => $$"""{"id":{{i}},"name":"{{new string('n', i % 300)}}"}""")];
        _directory.Write("part-1.json", string.Join('\n', lines));
        _directory.Write("part-2.json", "[" + string.Join(',', lines) + "]");

        List<ReadRow<Item>> rows = _directory.ReadAll(new JsonFiles<Item>($"{_directory.PathOf("part-*.json")}", ItemJson.Default.Item));

        rows.Select(row => (row.Line, row.Row.Id)).ShouldBe(Enumerable.Range(0, 20_000).Select(i => ((long)(i % 10_000) + 1, (i % 10_000) + 1)));
    }

    [Fact]
    public void AFileThatIsNotThere_IsAnError_UnlessItIsOptional()
    {
        string path = _directory.PathOf("none.json");
        _directory.FailToRead(new JsonFiles<Item>($"{path}", ItemJson.Default.Item)).Next.ShouldContain("Optional = true");
        _directory.ReadAll(new JsonFiles<Item>($"{path}", ItemJson.Default.Item) { Optional = true }).ShouldBeEmpty();
    }

    public void Dispose() => _directory.Dispose();

    private List<ReadRow<Item>> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private List<ReadRow<Item>> Read(byte[] bytes) => _directory.ReadAll(new JsonFiles<Item>(_directory.Write("rows.json", bytes), ItemJson.Default.Item));
}

/// <summary>A row.</summary>
public sealed record Item(int Id, string Name, Extra? More = null);

/// <summary>A part of one.</summary>
public sealed record Extra(int Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Item))]
internal sealed partial class ItemJson : JsonSerializerContext;
