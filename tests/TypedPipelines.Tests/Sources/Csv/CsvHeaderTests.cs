using System.Text;

namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>How columns are found in a header, and what a header that does not fit says.</summary>
public sealed class CsvHeaderTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("OriginCity,Miles")]
    [InlineData("origin_city,MILES")]
    [InlineData("Origin City,miles")]
    [InlineData("origin-city,Miles")]
    [InlineData("\"ORIGIN_CITY\",\" Miles \"")]
    public void AColumn_IsFoundWhateverItsCaseAndJoints(string header) =>
        _directory.Read($"{header}\nOslo,7\n", LegContract.Instance).ShouldHaveSingleItem().Row.ShouldBe(new Leg("Oslo", 7));

    [Fact]
    public void ColumnsThatTheRowDoesNotHave_ArePassedOver_EvenTwice() =>
        _directory.Read("X,Miles,X,OriginCity,\n1,7,2,Oslo,3\n", LegContract.Instance).ShouldHaveSingleItem().Row.ShouldBe(new Leg("Oslo", 7));

    [Fact]
    public void AMissingColumn_FailsWithTheColumnsFound_AndANearName()
    {
        PipelineException failure = _directory.FailToRead("orgin_city,Miles,Tail\nOslo,7,x\n", LegContract.Instance);

        failure.What.ShouldBe($"source Landing: {_directory.OriginOf("rows.csv")}:1: the header has no column OriginCity; its columns are 'orgin_city', 'Miles', 'Tail'");
        failure.Next.ShouldContain("Did you mean 'orgin_city' for OriginCity?");
    }

    [Fact]
    public void SeveralMissingColumns_AreAllNamed_WithoutAFarFetchedHint()
    {
        PipelineException failure = _directory.FailToRead("a,b\n1,2\n", LegContract.Instance);

        failure.What.ShouldContain("has no column OriginCity, Miles;");
        failure.Next.ShouldNotContain("Did you mean");
    }

    [Fact]
    public void AHeaderWithAnotherSeparator_HintsAtIt() =>
        _directory.FailToRead("OriginCity;Miles\nOslo;7\n", LegContract.Instance).Next.ShouldContain("separated by ';'");

    [Fact]
    public void TwoHeaderColumnsForOneColumn_FailNamingBoth() =>
        _directory.FailToRead("origin_city,Miles,OriginCity\nOslo,7,Rome\n", LegContract.Instance)
            .What.ShouldContain(":1: columns 1 ('origin_city') and 3 ('OriginCity') both match column OriginCity");

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\uFEFF")]
    public void AFileWithoutAHeader_FailsAsEmpty(string text) =>
        _directory.FailToRead(text, LegContract.Instance).What.ShouldBe($"source Landing: {_directory.OriginOf("rows.csv")} is empty: it has not even a header");

    [Theory]
    [InlineData("OriginCity,Miles")]
    [InlineData("OriginCity,Miles\r\n\r\n")]
    public void AFileWithOnlyAHeader_HasNoRows(string text)
    {
        _directory.Read(text, LegContract.Instance).ShouldBeEmpty();
        _directory.Rejects.ShouldBeEmpty();
    }

    [Fact]
    public void BlankLinesBeforeTheHeader_AreCountedAsLines()
    {
        _directory.Read("\n\nOriginCity,Miles\nOslo,7\n", LegContract.Instance).ShouldHaveSingleItem().Line.ShouldBe(4);
        _directory.FailToRead("\n\na,Miles\n", LegContract.Instance).What.ShouldContain("rows.csv:3:");
    }

    [Theory]
    [InlineData("sep=,\nOriginCity,Miles\nOslo,7\n")]
    [InlineData("sep=;\nOriginCity;Miles\nOslo;7\n")]
    public void ANoteOfTheSeparator_IsNoHeader_AndChangesNothing(string text)
    {
        PipelineException failure = _directory.FailToRead(text, LegContract.Instance);

        failure.What.ShouldContain("rows.csv:1: the header has no column OriginCity, Miles");
        failure.Next.ShouldStartWith("The first line is a note to a spreadsheet program, and no header: remove it. ");
    }

    [Fact]
    public void AByteOrderMark_IsNotPartOfTheFirstName() =>
        _directory.Read("\uFEFFOriginCity,Miles\r\nOslo,7\r\n", LegContract.Instance).ShouldHaveSingleItem().Line.ShouldBe(2);

    [Fact]
    public void AHeaderThatIsNotUtf8_Fails()
    {
        string path = _directory.Write("rows.csv", Encoding.Latin1.GetBytes("OriginCity,Miles,Größe\nOslo,7,x\n"));

        _directory.FailToRead(new CsvFiles<Leg>(path), LegContract.Instance).What.ShouldContain(":1: the header is not valid UTF-8");
    }

    [Fact]
    public void AMalformedHeader_Fails() =>
        _directory.FailToRead("OriginCity,Mi\"les\nOslo,7\n", LegContract.Instance).What.ShouldContain(":1: the header has a quote inside a field");

    [Fact]
    public void AQuoteLeftOpenInTheHeader_FailsAsUnclosed() =>
        _directory.FailToRead("OriginCity,\"Miles\nOslo,7\n", LegContract.Instance).What.ShouldContain(":1: a quote opens a field on this line and is still open");

    public void Dispose() => _directory.Dispose();
}
