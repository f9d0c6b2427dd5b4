using System.IO.Compression;
using System.Text;
using TypedPipelines.Tests.Sources.Csv;

namespace TypedPipelines.Tests.Sources.Files;

/// <summary>Where a gzip file ends: with its last member, with zeros behind it, in the middle, or with what is no gzip.</summary>
public sealed class GzipTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    // Around the size of what is read from a file at once, where an end is found or not found in one piece with what follows.
    public static TheoryData<int> Sizes => [1, 100, 8150, 8191, 8192, 8193, 16_384, 50_000, 70_001];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ZerosBehindTheEnd_AreNoContent_HoweverMany(int size)
    {
        byte[] whole = Padded(size);
        foreach (int zeros in new[] { 1, 2, 7, 8, 9, 100, 512, 8192, 20_000 })
        {
            Read([.. whole, .. new byte[zeros]]).ShouldBe([new Leg("Oslo", 7)], $"{zeros} zeros behind {whole.Length} bytes");
        }
    }

    [Fact]
    public void AnEmptyContent_AndItsZeros()
    {
        byte[] empty = SourceFileTests.Gzip([]);
        byte[] rows = SourceFileTests.Gzip("OriginCity,Miles\nOslo,7\n"u8);
        Read([.. empty, .. rows, .. empty, .. new byte[40]]).ShouldBe([new Leg("Oslo", 7)]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void WhatIsNoGzipBehindTheEnd_EndsTheRun_AndIsToldAsThat(int size)
    {
        byte[] whole = Padded(size);
        foreach (byte[] behind in new byte[][] { [1], [0, 1], [.. new byte[600], 7], [7, .. new byte[600]], [.. "# end of file\n"u8], [.. new byte[9000], .. whole] })
        {
            PipelineException failure = Fail([.. whole, .. behind]);
            failure.What.ShouldContain($"rows.csv.gz ({_directory.PathOf("rows.csv.gz")}): its gzip content ends before the file does, and what follows is no gzip", customMessage: $"{behind.Length} behind {whole.Length}");
            failure.Next.ShouldContain("as a whole");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AFileThatWasCutOff_IsToldAsThat(int size)
    {
        byte[] whole = Padded(size);
        foreach (int cut in new[] { 1, 4, 7, 8, 9, 12, whole.Length / 2, whole.Length - 11, whole.Length - 2 }.Where(cut => cut < whole.Length - 1).Distinct())
        {
            PipelineException failure = Fail(whole[..^cut]);
            failure.What.ShouldContain("rows.csv.gz");
            failure.What.ShouldContain("the gzip file ends in the middle", customMessage: $"{cut} of {whole.Length} bytes are cut off");
            failure.Next.ShouldContain("as a whole");
        }
    }

    [Fact]
    public void AMemberThatWasCutOff_BeforeAnother_IsToldAsDamage()
    {
        byte[] whole = Padded(9000);
        PipelineException failure = Fail([.. whole[..^30], .. whole]);
        failure.What.ShouldContain("rows.csv.gz");
        failure.What.ShouldContain("gzip");
    }

    [Fact]
    public void ContentThatIsDamaged_IsToldAsThat()
    {
        byte[] damaged = Padded(50_000);
        damaged[^6] ^= 1;
        Fail(damaged).What.ShouldContain("its gzip content is damaged: ");
        damaged[^6] ^= 1;
        damaged[60] ^= 0x10;
        Fail(damaged).What.ShouldContain("its gzip content is damaged: ");
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A row, behind a header whose other column makes the file as long as is asked for, where that is long enough.</summary>
    private static byte[] Padded(int size)
    {
        int length = size;
        while (true)
        {
            byte[] file = Stored($"OriginCity,Miles,{new string('n', length)}\nOslo,7,\n");
            if (size < 200 || file.Length == size)
            {
                return file;
            }

            length += size - file.Length;
        }
    }

    private static byte[] Stored(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private List<Leg> Read(byte[] bytes) => [.. _directory.ReadAll(new CsvFiles<Leg>(_directory.Write("rows.csv.gz", bytes)), LegContract.Instance).Select(row => row.Row)];

    private PipelineException Fail(byte[] bytes) => _directory.FailToRead(new CsvFiles<Leg>(_directory.Write("rows.csv.gz", bytes)), LegContract.Instance);
}
