using System.Text;

namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>Records at fault as a whole: each is rejected exactly, and the good rows around it are read.</summary>
public sealed class CsvRecordFaultTests : IDisposable
{
    private const string Head = "OriginCity,Miles\n";

    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("Rome", "has 1 field where the header has 2")]
    [InlineData("Rome,2,3", "has 3 fields where the header has 2")]
    [InlineData("Rome,2,", "has 3 fields where the header has 2")]
    [InlineData("  ", "has 1 field where the header has 2")]
    [InlineData("Ro\"me,2", "has a quote inside a field that does not begin with one", "OriginCity", "Ro\"me")]
    [InlineData(" \"Rome\",2", "has a quote inside a field that does not begin with one", "OriginCity", " \"Rome\"")]
    [InlineData("\"Rome\"x,2", "has text after the quote that closes a field", "OriginCity", "\"Rome\"x")]
    [InlineData("\"Rome\" ,2", "has text after the quote that closes a field", "OriginCity", "\"Rome\" ")]
    [InlineData("\"Ro\"me\",2", "has text after the quote that closes a field", "OriginCity", "\"Ro\"me\"")]
    [InlineData("\"Ro,\"\"m\"\"e\",2\"", "has a quote inside a field that does not begin with one", "Miles", "2\"")]
    [InlineData("Rome,\"2\"\"\"x", "has text after the quote that closes a field", "Miles", "\"2\"\"\"x")]
    [InlineData("Rome,2,3\"", "has a quote inside a field that does not begin with one", null, "3\"")]
    public void ABadRecord_IsRejectedWithItsReason_BetweenGoodRows(string bad, string reason, string? column = null, string? value = null)
    {
        List<ReadRow<Leg>> rows = _directory.Read($"{Head}Oslo,1\n\n{bad}\nParis,3\n", LegContract.Instance);

        rows.ShouldBe([new(_directory.OriginOf("rows.csv"), 2, new Leg("Oslo", 1)), new(_directory.OriginOf("rows.csv"), 5, new Leg("Paris", 3))]);
        Reject reject = _directory.Rejects.ShouldHaveSingleItem();
        reject.Reason.ShouldStartWith(reason);
        reject.ShouldBe(new Reject("Landing", _directory.OriginOf("rows.csv"), 4, column, value, bad, reject.Reason));
    }

    [Fact]
    public void AFaultyQuoteInAFieldThatNoMemberAsksFor_IsRejectedWithTheNameInTheFile()
    {
        _directory.Read("Miles,Foot-note,OriginCity\n1,a\"b,Oslo\n2,c,Bonn\n", LegContract.Instance).ShouldHaveSingleItem().Row.ShouldBe(new Leg("Bonn", 2));
        Reject reject = _directory.Rejects.ShouldHaveSingleItem();
        (reject.Column, reject.Value).ShouldBe(("Foot-note", "a\"b"));
    }

    [Fact]
    public void AQuoteThatSwallowsLines_IsRejectedWithAllOfThem()
    {
        List<ReadRow<Leg>> rows = _directory.Read(Head + "\"Oslo,1\nRome,2\n\"Bonn\",3\nParis,4\n", LegContract.Instance);

        rows.ShouldHaveSingleItem().ShouldBe(new(_directory.OriginOf("rows.csv"), 5, new Leg("Paris", 4)));
        Reject reject = _directory.Rejects.ShouldHaveSingleItem();
        reject.Line.ShouldBe(2);
        reject.Raw.ShouldBe("\"Oslo,1\nRome,2\n\"Bonn\",3");
        reject.Reason.ShouldContain("text after the quote");
        (reject.Column, reject.Value).ShouldBe(("OriginCity", "\"Oslo,1\nRome,2\n\"Bonn\""));
        reject.Reason.ShouldEndWith("the record spans lines 2-4, which an extra quote may have joined; it counts as 3 rows");
        reject.Rows.ShouldBe(3);
    }

    [Fact]
    public void AQuoteThatSwallowsLinesAndTheirSeparators_ShowsInTheFieldCount()
    {
        _directory.Read(Head + "\"Oslo,1\r\nRome,2\r\nBonn\"\r\nParis,4\r\n", LegContract.Instance).ShouldHaveSingleItem().Line.ShouldBe(5);

        _directory.Rejects.ShouldHaveSingleItem().Reason.ShouldStartWith("has 1 field where the header has 2; the record spans lines 2-4");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void ARecordOfSeveralLinesThatCannotBeRead_CountsForEachOfThem_AndOneThatCanBeReadIsOneRow(string lineEnd)
    {
        _directory.Read($"{Head}\"Os\nlo\",1\n\"Ro\n\nme\",x\nParis,x\n".Replace("\n", lineEnd), LegContract.Instance).Select(row => row.Line).ShouldBe([2]);

        _directory.Rejects.Select(reject => (reject.Line, reject.Rows)).ShouldBe([(4, 3), (7, 1)]);
        _directory.Rejects[0].Reason.ShouldBe("is not a whole number of type Int32; the record spans lines 4-6, which an extra quote may have joined; it counts as 3 rows");
        _directory.Rejects[1].Reason.ShouldBe("is not a whole number of type Int32");
    }

    [Theory]
    [InlineData("Rome,2\nBonn,\"3\nParis,4\n", 4)]
    [InlineData("\"Ro\nme\",\"2\nParis,4\n", 4)]
    [InlineData("\"Rome\"x,\"2\nParis,4\n", 3)]
    [InlineData("Ro\"me,\"2\nParis,4\n", 3)]
    [InlineData("Rome,\"", 3)]
    [InlineData("Rome,\"2\"\"\n", 3)]
    public void AQuoteNeverClosed_FailsWithTheLineItOpenedOn(string rest, int line)
    {
        PipelineException failure = _directory.FailToRead($"{Head}Oslo,1\n{rest}", LegContract.Instance);

        failure.What.ShouldBe($"source Landing: {_directory.OriginOf("rows.csv")}:{line}: a quote opens a field on this line and is still open at the end of the file, so every row after it is lost in that field");
        failure.Next.ShouldStartWith("Close or remove the quote on that line");
        _directory.Rejects.ShouldBeEmpty();
    }

    [Fact]
    public void AQuoteNeverClosedAfterAnotherSeparator_FailsAlike()
    {
        string path = _directory.Write("rows.csv", "OriginCity;Miles\nRo\"me;\"2\nParis;4\n");

        _directory.FailToRead(new CsvFiles<Leg>(path) { Separator = ';' }, LegContract.Instance).What.ShouldContain("rows.csv:2: a quote opens a field on this line");
    }

    [Fact]
    public void AQuoteNeverClosedInALargeFile_FailsWithTheLineItOpenedOn()
    {
        var text = new StringBuilder("\uFEFF").Append(Head).Append("Oslo,1\n\"Ro\nme\",\"2\n"); // With a byte order mark, which offsets count.
        while (text.Length < CsvScanner.MostRecordBytes * 2.5)
        {
            text.Append("Paris,4\n");
        }

        _directory.FailToRead(text.ToString(), LegContract.Instance).What.ShouldContain("rows.csv:4: a quote opens a field on this line and is still open at 16 MiB further on");
    }

    [Fact]
    public void ARecordBeyondTheLimit_FailsWithItsLine()
    {
        string text = $"{Head}Oslo,1\n{new string('x', (int)(CsvScanner.MostRecordBytes * 2.5))},2\n";

        _directory.FailToRead(text, LegContract.Instance).What.ShouldEndWith("rows.csv:3: the record is longer than 16 MiB, the most that is read");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void ARecordOfSeveralLines_HasTheLineItBeginsOn_AndShiftsThoseAfterIt(string lineEnd)
    {
        string text = $"{Head}\"Ro\nme\",2\n\n\"a\n\n\"\"b\"\"\",3\nParis,4".Replace("\n", lineEnd);

        _directory.Read(text, LegContract.Instance).Select(row => (row.Line, row.Row.Miles)).ShouldBe([(2, 2), (5, 3), (8, 4)]);
        _directory.Rejects.ShouldBeEmpty();
    }

    [Fact]
    public void ALongFieldWithinTheLimit_IsRead()
    {
        string city = new('x', 10_000_000);

        _directory.Read($"{Head}{city},2\nOslo,1\n", LegContract.Instance).Select(row => row.Row).ShouldBe([new Leg(city, 2), new Leg("Oslo", 1)]);
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreRejected_WithTheColumn()
    {
        _directory.Read([.. Encoding.UTF8.GetBytes(Head + "Oslo,1\nK"), 0xF8, .. Encoding.UTF8.GetBytes("benhavn,2\nKøln,3\n")], LegContract.Instance)
            .Select(row => row.Row).ShouldBe([new Leg("Oslo", 1), new Leg("Køln", 3)]);

        _directory.Rejects.ShouldHaveSingleItem().ShouldBe(
            new Reject("Landing", _directory.OriginOf("rows.csv"), 3, "OriginCity", "K\uFFFDbenhavn", "K\uFFFDbenhavn,2", "is not valid UTF-8"));
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreRejected_EvenInAColumnThatIsNotRead()
    {
        _directory.Read([.. Encoding.UTF8.GetBytes("OriginCity,Miles,Extra\nOslo,1,"), 0xFF, (byte)'\n'], LegContract.Instance).ShouldBeEmpty();

        _directory.Rejects.ShouldHaveSingleItem().ShouldBe(
            new Reject("Landing", _directory.OriginOf("rows.csv"), 2, null, null, "Oslo,1,\uFFFD", "is not valid UTF-8"));
    }

    [Fact]
    public void AnEmptyQuotedField_InAFileOfOneColumn_IsARow_AndABlankLineIsNot() =>
        _directory.Read("V\n\"\"\n\nx\n", new OneColumn<string>((ref r, out v) => r.TryRead(0, out v)))
            .Select(row => (row.Line, row.Row)).ShouldBe([(2, ""), (4, "x")]);

    public void Dispose() => _directory.Dispose();
}
