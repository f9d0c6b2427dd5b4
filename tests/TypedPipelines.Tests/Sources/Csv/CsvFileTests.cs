namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>Which files are read, in which order, and what a missing one says.</summary>
public sealed class CsvFileTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Fact]
    public void APattern_ReadsItsFilesInOrdinalOrder_AndNoOthers()
    {
        foreach (string name in new[] { "day-b.csv", "day-B.csv", "day-C.csv", "day-10.csv", "day-9.csv", "day-a.txt", "other.csv", ".day-hidden.csv" })
        {
            _directory.Write(name, $"OriginCity,Miles\n{name},1\n");
        }

        List<ReadRow<Leg>> rows = _directory.ReadAll(new CsvFiles<Leg>(_directory.PathOf("day-*.csv")), LegContract.Instance);

        rows.Select(row => row.Row.OriginCity).ShouldBe(["day-10.csv", "day-9.csv", "day-B.csv", "day-C.csv", "day-b.csv"]);
        rows.Select(row => row.Origin).ShouldBe(rows.Select(row => _directory.OriginOf(row.Row.OriginCity)));
        rows.ShouldAllBe(row => row.Line == 2);
    }

    [Fact]
    public void AQuestionMark_MatchesOneCharacter()
    {
        _directory.Write("d1.csv", "OriginCity,Miles\none,1\n");
        _directory.Write("d12.csv", "OriginCity,Miles\ntwo,1\n");

        _directory.ReadAll(new CsvFiles<Leg>(_directory.PathOf("d?.csv")), LegContract.Instance).ShouldHaveSingleItem().Row.OriginCity.ShouldBe("one");
    }

    [Fact]
    public void ARelativePath_IsTheOriginAsDeclared()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _directory.Write("rows.csv", "OriginCity,Miles\nOslo,1\n"));

        _directory.ReadAll(new CsvFiles<Leg>(relative), LegContract.Instance).ShouldHaveSingleItem().Origin.ShouldBe(relative.Replace('\\', '/'));
        _directory.ReadAll(new CsvFiles<Leg>(relative.Replace("rows", "row*")), LegContract.Instance).ShouldHaveSingleItem().Origin.ShouldBe(relative.Replace('\\', '/'));
    }

    [Fact]
    public void FilesWithDifferentColumnOrders_AreEachReadByTheirOwnHeader()
    {
        _directory.Write("1.csv", "OriginCity,Miles\nOslo,1\n");
        _directory.Write("2.csv", "Miles,Extra,OriginCity\n2,x,Rome\n");

        _directory.ReadAll(new CsvFiles<Leg>(_directory.PathOf("*.csv")), LegContract.Instance)
            .Select(row => row.Row).ShouldBe([new Leg("Oslo", 1), new Leg("Rome", 2)]);
    }

    [Fact]
    public async Task ABatch_NeverSpansTwoFiles()
    {
        _directory.Write("1.csv", "OriginCity,Miles\nOslo,1\n");
        _directory.Write("2.csv", "OriginCity,Miles\nRome,2\n");
        await using CsvSource<Leg> source = _directory.Open(new CsvFiles<Leg>(_directory.PathOf("*.csv")), LegContract.Instance);
        var batch = new RowBatch<Leg>();

        (await source.ReadAsync(batch, default)).ShouldBeTrue();
        batch.Rows.ToArray().ShouldBe([new Leg("Oslo", 1)]);
        batch.Origin.ShouldBe(_directory.OriginOf("1.csv"));
        (await source.ReadAsync(batch, default)).ShouldBeFalse();
        batch.Rows.ToArray().ShouldBe([new Leg("Rome", 2)]);
        batch.Origin.ShouldBe(_directory.OriginOf("2.csv"));
    }

    [Fact]
    public void AMissingFile_FailsWithBothPaths()
    {
        PipelineException failure = _directory.FailToRead(new CsvFiles<Leg>("no-such-directory/2001-01-01.csv"), LegContract.Instance);

        failure.What.ShouldBe($"source Landing found no file no-such-directory/2001-01-01.csv (looked for {Path.GetFullPath("no-such-directory/2001-01-01.csv")})");
        failure.Next.ShouldContain("Optional = true");
    }

    [Theory]
    [InlineData("*.csv")]
    [InlineData("none/*.csv")]
    public void APatternWithoutAMatch_Fails_UnlessOptional(string pattern)
    {
        string path = _directory.PathOf(pattern);

        _directory.FailToRead(new CsvFiles<Leg>(path), LegContract.Instance).What.ShouldContain($"no file that matches {path}");
        _directory.ReadAll(new CsvFiles<Leg>(path) { Optional = true }, LegContract.Instance).ShouldBeEmpty();
    }

    [Fact]
    public void AMissingFile_GivesNoRows_WhenOptional() =>
        _directory.ReadAll(new CsvFiles<Leg>(_directory.PathOf("none.csv")) { Optional = true }, LegContract.Instance).ShouldBeEmpty();

    [Fact]
    public void ADirectoryInPlaceOfTheFile_SaysSo()
    {
        Directory.CreateDirectory(_directory.PathOf("rows.csv"));

        _directory.FailToRead(new CsvFiles<Leg>(_directory.PathOf("rows.csv")), LegContract.Instance).What.ShouldContain("found a directory instead of the file");
    }

    [Theory]
    [InlineData("a*/rows.csv", "directory")]
    [InlineData("rows/", "names no file")]
    public void APathThatCannotName_Files_SaysWhy(string path, string why) =>
        _directory.FailToRead(new CsvFiles<Leg>(path), LegContract.Instance).What.ShouldContain(why);

    [Fact]
    public void AFileHeldOpenByItsWriter_FailsWithItsName()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\nOslo,1\n");
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        PipelineException failure = _directory.FailToRead(new CsvFiles<Leg>(path), LegContract.Instance);

        failure.What.ShouldStartWith($"source Landing cannot read {_directory.OriginOf("rows.csv")}");
        failure.InnerException.ShouldBeOfType<IOException>();
    }

    [Fact]
    public void AnIOErrorWhileReading_FailsWithTheFilesName()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file that opens and cannot be read");

        PipelineException failure = _directory.FailToRead(new CsvFiles<Leg>("/proc/self/mem"), LegContract.Instance);

        failure.What.ShouldStartWith("source Landing cannot read /proc/self/mem");
        failure.InnerException.ShouldBeOfType<IOException>();
    }

    [Fact]
    public void ADirectoryThatMayNotBeListed_Fails_EvenWhenOptional()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs a Unix account that permissions apply to");
            return;
        }

        DirectoryInfo closed = Directory.CreateDirectory(_directory.PathOf("closed"), UnixFileMode.None);
        try
        {
            _directory.FailToRead(new CsvFiles<Leg>(_directory.PathOf("closed/*.csv")) { Optional = true }, LegContract.Instance)
                .What.ShouldStartWith("source Landing cannot look for");
        }
        finally
        {
            closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute; // Or it cannot be deleted.
        }
    }

    [Fact]
    public void AFileReadToItsEnd_IsClosed()
    {
        string path = _directory.Write("rows.csv", "OriginCity,Miles\nOslo,1\n");

        _directory.ReadAll(new CsvFiles<Leg>(path), LegContract.Instance).Count.ShouldBe(1);

        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        exclusive.CanWrite.ShouldBeTrue();
    }

    [Theory]
    [InlineData('§')]
    [InlineData('"')]
    [InlineData('\n')]
    public void ASeparatorThatCannotSeparate_Fails(char separator) =>
        _directory.FailToRead(new CsvFiles<Leg>(_directory.Write("rows.csv", "a\n")) { Separator = separator }, LegContract.Instance)
            .What.ShouldContain("as the separator");

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void ADeclaredSeparator_Separates(char separator)
    {
        string path = _directory.Write("rows.csv", $"OriginCity{separator}Miles\n\"Oslo, N{separator}\"{separator}1\n");

        _directory.ReadAll(new CsvFiles<Leg>(path) { Separator = separator }, LegContract.Instance)
            .ShouldHaveSingleItem().Row.ShouldBe(new Leg($"Oslo, N{separator}", 1));
    }

    public void Dispose() => _directory.Dispose();
}
