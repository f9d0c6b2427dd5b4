using System.Text;
using TypedPipelines.Tests.Sources.Files;

namespace TypedPipelines.Tests.Sources.Json;

/// <summary>Where the syntax of an array is broken: line, column, and the value before, however far into the file it is.</summary>
public sealed class JsonPlaceTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("[{\"id\":1,\"name\":\"a\"}] x", ":1:23, behind the array's end,")]
    [InlineData("[{\"id\":1,\"name\":\"a\"}]\n\n  ]", ":3:3, behind the array's end,")]
    [InlineData("[]\n[]", ":2:1, behind the array's end,")]
    [InlineData("[\n  {\"id\":1,\"name\":\"a\"},\n  {\"id\":2,\"name\":\"b\"} {\"id\":3,\"name\":\"c\"}\n]", ":3:23, behind its value 2,")]
    [InlineData("[\n  {\"id\":1,\"name\":\"a\"},\n]", ":3:1, behind its value 1,")]
    [InlineData("[\n  {\"id\":1,\"name\":\"ä\"},\n  {\"name\":\"äöü€😀\", id:2}\n]", ":3:20, in its value 2,")]
    [InlineData("[\r\n{\"id\":1,\"name\":\"a\"},\r\n{\"id\":2,\"name\":\"b", ":3:18, in its value 2,")]
    [InlineData("[{\"id\":1,\"name\":\"a\"}", ":1:21, behind its value 1,")]
    [InlineData("[", ":1:2, before its first value,")]
    [InlineData("[x", ":1:2, before its first value,")]
    public void TheErrorsPlace_IsThatInTheFile(string text, string place)
    {
        foreach ((string form, byte[] content) in new[]
        {
            ("plain", Encoding.UTF8.GetBytes(text)),
            ("marked", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]),
            ("gzip", SourceFileTests.Gzip(Encoding.UTF8.GetBytes(text))),
            ("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]),
        })
        {
            PipelineException failure = Fail(content);
            failure.What.ShouldStartWith($"source Landing: {_directory.OriginOf("rows.json")}{place} is not JSON: ", customMessage: form);
            failure.What.ShouldNotContain("LineNumber");
            failure.What.ShouldNotContain("Path:");
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void FarIntoTheFile_ItIsTheSame(int values)
    {
        string text = "[\n" + string.Join(",\n", Enumerable.Range(1, values).Select(i => $$"""{"id":{{i}},"name":"{{new string('ü', i % 300)}}"}"""));
        Fail(Encoding.UTF8.GetBytes(text + "\n] x")).What.ShouldContain($"rows.json:{values + 2}:3, behind the array's end,");
        Fail(Encoding.UTF8.GetBytes(text + "\n,]")).What.ShouldContain($"rows.json:{values + 2}:2, behind its value {values},");
        Fail(Encoding.UTF8.GetBytes(text)).What.ShouldContain($"rows.json:{values + 1}:{text.Length - text.LastIndexOf('\n')}, behind its value {values},");
    }

    [Fact]
    public void AValueLongerThanWhatIsReadAtOnce_HasItsPlaceToo()
    {
        string text = $$"""[{"id":1,"name":"{{new string('n', 300_000)}}", oops}]""";
        Fail(Encoding.UTF8.GetBytes(text)).What.ShouldContain($"rows.json:1:{text.IndexOf("oops", StringComparison.Ordinal) + 1}, in its value 1,");
    }

    public void Dispose() => _directory.Dispose();

    private PipelineException Fail(byte[] content) => _directory.FailToRead(new JsonFiles<Item>(_directory.Write("rows.json", content), ItemJson.Default.Item));
}
