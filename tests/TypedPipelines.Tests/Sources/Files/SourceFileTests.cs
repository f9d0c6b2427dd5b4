using System.IO.Compression;
using System.Text;
using TypedPipelines.Tests.Sources.Csv;

namespace TypedPipelines.Tests.Sources.Files;

/// <summary>Files that are compressed, or in another encoding, read as what they are or not at all.</summary>
public sealed class SourceFileTests : IDisposable
{
    private const string Text = "OriginCity,Miles\nZürich,7\nŁódź,8\n";

    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    [InlineData("utf-8")]
    public void AByteOrderMark_SaysTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];

        Read(bytes).ShouldBe([new Leg("Zürich", 7), new Leg("Łódź", 8)]);
        Read(Gzip(bytes)).ShouldBe([new Leg("Zürich", 7), new Leg("Łódź", 8)]);
    }

    [Fact]
    public void ADeclaredEncoding_IsReadAsSuch() =>
        Read(Encoding.Latin1.GetBytes("OriginCity,Miles\nZürich,7\n"), Encoding.Latin1).ShouldBe([new Leg("Zürich", 7)]);

    [Fact]
    public void BytesThatTheEncodingDoesNotHave_EndTheRun_AndAreNeverReplaced()
    {
        string path = _directory.Write("rows.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("OriginCity,Miles\n"), 0x00, 0xD8, 0x41, 0x00]);
        PipelineException failure = _directory.FailToRead(new CsvFiles<Leg>(path), LegContract.Instance);
        failure.What.ShouldContain("source Landing cannot read ");
        failure.Next.ShouldContain("not in the encoding");

        path = _directory.Write("ascii.csv", "OriginCity,Miles\nZürich,7\n");
        _directory.FailToRead(new CsvFiles<Leg>(path) { Encoding = Encoding.ASCII }, LegContract.Instance).Next.ShouldContain("not in the encoding");
    }

    [Fact]
    public void AGzipFile_IsKnownByItsContent_AndMayHaveSeveralMembers()
    {
        Read(Gzip(Encoding.UTF8.GetBytes(Text))).ShouldBe([new Leg("Zürich", 7), new Leg("Łódź", 8)]);
        Read([.. Gzip("OriginCity,Miles\n"u8), .. Gzip("Oslo,1\n"u8), .. Gzip("Rome,2\n"u8)]).ShouldBe([new Leg("Oslo", 1), new Leg("Rome", 2)]);
    }

    [Fact]
    public void AGzipFileThatWasCutOff_EndsTheRun_WhereverItWasCut()
    {
        byte[] whole = Gzip(Encoding.UTF8.GetBytes("OriginCity,Miles\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"City {i * 7919 % 1009},{i}\n"))));
        Read(whole).Count.ShouldBe(500);
        for (int length = 2; length < whole.Length; length += length < whole.Length - 12 ? 97 : 1)
        {
            string path = _directory.Write("cut.csv", whole[..length]);
            Should.Throw<PipelineException>(() => _directory.ReadAll(new CsvFiles<Leg>(path), LegContract.Instance), $"{length} of {whole.Length} bytes")
                .Kind.ShouldBe(FailureKind.Source);
        }
    }

    [Fact]
    public void AGzipFileWithAWrongSum_EndsTheRun()
    {
        byte[] damaged = Gzip(Encoding.UTF8.GetBytes(Text));
        damaged[^6] ^= 1;
        _directory.FailToRead(new CsvFiles<Leg>(_directory.Write("rows.csv", damaged)), LegContract.Instance).What.ShouldContain("cannot read");
    }

    [Fact]
    public void ALargeGzipFile_IsReadWhole()
    {
        var text = new StringBuilder("OriginCity,Miles\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append("City of some length ").Append(i).Append(',').Append(i).Append('\n');
        }

        List<Leg> rows = Read(Gzip(Encoding.UTF8.GetBytes(text.ToString())));
        rows.Count.ShouldBe(50_000);
        rows[^1].ShouldBe(new Leg("City of some length 49999", 49_999));
    }

    public void Dispose() => _directory.Dispose();

    internal static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private List<Leg> Read(byte[] bytes, Encoding? encoding = null) =>
        [.. _directory.ReadAll(new CsvFiles<Leg>(_directory.Write("rows.csv", bytes)) { Encoding = encoding }, LegContract.Instance).Select(row => row.Row)];
}
