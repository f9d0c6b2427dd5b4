using System.Text;
using TypedPipelines.Tests.Sources.Files;

namespace TypedPipelines.Tests.Sources.Json;

/// <summary>Which form a file has, and what an empty one is.</summary>
public sealed class JsonFormTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    public static TheoryData<string> Empty => ["", "\n \n", " \t\r\n", "\uFEFF", "\uFEFF\n"];

    [Theory]
    [MemberData(nameof(Empty))]
    public void AnEmptyFile_IsNoArray_AndEndsTheRun(string text)
    {
        foreach (byte[] content in new[] { Encoding.UTF8.GetBytes(text), SourceFileTests.Gzip(Encoding.UTF8.GetBytes(text)) })
        {
            PipelineException failure = _directory.FailToRead(Files("rows.json", content));
            failure.What.ShouldBe($"source Landing: {_directory.OriginOf("rows.json")} is empty");
            failure.Next.ShouldContain("[]");
            failure.Next.ShouldContain("Form = JsonForm.Lines");
            _directory.FailToRead(Files("rows.jsonl", content, JsonForm.Array)).What.ShouldContain("is empty");
        }
    }

    [Theory]
    [MemberData(nameof(Empty))]
    public void AnEmptyFileOfLines_HasNoRows(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        _directory.ReadAll(Files("rows.json", content, JsonForm.Lines)).ShouldBeEmpty();
        foreach (string name in new[] { "rows.jsonl", "rows.NDJSON", "rows.jsonlines", "rows.2026.jsonl.gz" })
        {
            _directory.ReadAll(Files(name, content)).ShouldBeEmpty(name);
            _directory.ReadAll(Files(name, SourceFileTests.Gzip(content))).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void FilesThatAreDeclaredAsLines_MayHaveArraysOnThem()
    {
        List<ReadRow<int[]>> rows = _directory.ReadAll(new JsonFiles<int[]>(_directory.Write("rows.json", "[1,2]\n[3]\n"), NumbersJson.Default.Int32Array) { Form = JsonForm.Lines });
        rows.Select(row => (row.Line, row.Row.Length)).ShouldBe([(1, 2), (2, 1)]);
    }

    [Fact]
    public void FilesThatAreDeclaredAsArrays_BeginAsOne()
    {
        PipelineException failure = _directory.FailToRead(Files("rows.json", "{\"id\":1,\"name\":\"a\"}\n"u8.ToArray(), JsonForm.Array));
        failure.What.ShouldBe($"source Landing: {_directory.OriginOf("rows.json")}:1 begins with '{{' and not with the '[' of an array");
        _directory.ReadAll(Files("rows.json", " [{\"id\":1,\"name\":\"a\"}]"u8.ToArray(), JsonForm.Array)).ShouldHaveSingleItem();
    }

    public void Dispose() => _directory.Dispose();

    private JsonFiles<Item> Files(string name, byte[] content, JsonForm? form = null) => new(_directory.Write(name, content), ItemJson.Default.Item) { Form = form };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(int[]))]
internal sealed partial class NumbersJson : System.Text.Json.Serialization.JsonSerializerContext;
