namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>Reads of text, booleans, GUIDs and enums, and what a rejected value says.</summary>
public sealed class CsvTextTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    private enum Status
    {
        None = 0,
        Shipped = 1,
        shipped = 2,
        Größe = -5,
    }

    private enum Big : ulong
    {
        Most = ulong.MaxValue,
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("  x ", "  x ")]
    [InlineData("\"a, \"\"b\"\"\r\nc\"", "a, \"b\"\r\nc")]
    [InlineData("\"\"", "")]
    [InlineData("a\0b", "a\0b")]
    [InlineData("Łódź 東京 🚂", "Łódź 東京 🚂")]
    [InlineData("NULL", "NULL")]
    public void Text_IsReadAsItStands(string text, string value)
    {
        ReadOne<string>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(value);
        ReadOne<string?>(text, (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBe(value.Length == 0 ? null : value);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    public void ABool_IsRead(string text, bool value)
    {
        ReadOne<bool>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(value);
        ReadOne<bool?>(text, (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBe(value);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("t")]
    [InlineData("01")]
    [InlineData(" true")]
    public void NotABool_IsRejected(string text)
    {
        Refuse<bool>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe("is neither true, false, 1 nor 0");
        Refuse<bool?>(text, (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBe("is neither true, false, 1 nor 0");
    }

    [Theory]
    [InlineData("6F9619FF-8B86-D011-B42D-00CF4FC964FF")]
    [InlineData("6f9619ff8b86d011b42d00cf4fc964ff")]
    [InlineData("{6f9619ff-8b86-d011-b42d-00cf4fc964ff}")]
    [InlineData("(6f9619ff-8b86-d011-b42d-00cf4fc964ff)")]
    public void AGuid_IsRead(string text)
    {
        Guid value = new("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        ReadOne<Guid>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(value);
        ReadOne<Guid?>(text, (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBe(value);
    }

    [Theory]
    [InlineData("6F9619FF-8B86-D011-B42D-00CF4FC964F")]
    [InlineData("6F9619FF-8B86-D011-B42D-00CF4FC964FFF")]
    [InlineData(" 6F9619FF-8B86-D011-B42D-00CF4FC964FF")]
    [InlineData("6F9619FF-8B86-D011-B42D-00CF4FC964FG")]
    [InlineData("{0x6F9619FF,0x8B86}")]
    public void NotAGuid_IsRejected(string text)
    {
        Refuse<Guid>($"\"{text}\"", (ref r, out v) => r.TryRead(0, out v)).ShouldBe("is not a GUID");
        Refuse<Guid?>($"\"{text}\"", (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBe("is not a GUID");
    }

    [Fact]
    public void AnEnum_IsReadByNameOrNumber()
    {
        ReadOne<Status>("NONE", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Status.None);
        ReadOne<Status>("Shipped", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Status.Shipped);
        ReadOne<Status>("shipped", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Status.shipped);
        ReadOne<Status>("größe", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Status.Größe);
        ReadOne<Status>("-5", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Status.Größe);
        ReadOne<Big>("18446744073709551615", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe(Big.Most);
        ReadOne<Status?>("1", (ref r, out v) => r.TryReadNullableEnum(0, out v)).ShouldBe(Status.Shipped);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("Lost")]
    [InlineData("None, Shipped")]
    [InlineData(" None")]
    [InlineData("99999999999999999999999")]
    public void NotAMember_IsRejected(string text)
    {
        Refuse<Status>($"\"{text}\"", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe("is not a member of Status (None, Shipped, shipped, Größe)");
        Refuse<Status?>($"\"{text}\"", (ref r, out v) => r.TryReadNullableEnum(0, out v)).ShouldStartWith("is not a member of Status");
    }

    [Fact]
    public void ATextLongerThanAnyName_IsNoMember() =>
        Refuse<Status>(new string('x', 10_000), (ref r, out v) => r.TryReadEnum(0, out v)).ShouldStartWith("is not a member of Status");

    [Fact]
    public void EmptyFields_AreNullOrRejected()
    {
        ReadOne<bool?>("\"\"", (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBeNull();
        ReadOne<Guid?>("\"\"", (ref r, out v) => r.TryReadNullable(0, out v)).ShouldBeNull();
        ReadOne<Status?>("\"\"", (ref r, out v) => r.TryReadNullableEnum(0, out v)).ShouldBeNull();
        Refuse<bool>("\"\"", (ref r, out v) => r.TryRead(0, out v)).ShouldBe("is empty, and the column holds no nulls");
        Refuse<Guid>("\"\"", (ref r, out v) => r.TryRead(0, out v)).ShouldBe("is empty, and the column holds no nulls");
        Refuse<Status>("\"\"", (ref r, out v) => r.TryReadEnum(0, out v)).ShouldBe("is empty, and the column holds no nulls");
    }

    [Fact]
    public void ARejectedValue_KeepsItsColumnItsTextAndTheRecord()
    {
        _directory.Read("Miles,Extra,origin_city\n1,x,Oslo\n\"12\"\"000\",\"a,b\",\"Rome\"\n3,x,Bonn\n", LegContract.Instance)
            .Select(row => row.Row).ShouldBe([new Leg("Oslo", 1), new Leg("Bonn", 3)]);

        _directory.Rejects.ShouldHaveSingleItem().ShouldBe(new Reject(
            "Landing", _directory.OriginOf("rows.csv"), 3, "Miles", "12\"000", "\"12\"\"000\",\"a,b\",\"Rome\"", "is not a whole number of type Int32"));
    }

    [Fact]
    public void ARejectedValueInARecordOfSeveralLines_NamesThem()
    {
        _directory.Read("OriginCity,Miles\n\"Os\nlo\",x\n", LegContract.Instance).ShouldBeEmpty();

        _directory.Rejects.ShouldHaveSingleItem().Reason
            .ShouldBe("is not a whole number of type Int32; the record spans lines 2-3, which an extra quote may have joined; it counts as 2 rows");
    }

    [Fact]
    public void OnlyTheFirstFailure_IsRemembered()
    {
        var contract = new OneColumn<int>((ref record, out value) =>
        {
            bool first = record.TryRead(0, out value);
            bool second = record.TryRead(0, out bool _);
            return first && second;
        });
        _directory.Read("V\nx\n", contract).ShouldBeEmpty();

        _directory.Rejects.ShouldHaveSingleItem().Reason.ShouldBe("is not a whole number of type Int32");
    }

    [Fact]
    public void AContractThatRefusesWithoutAReason_RejectsTheRecord()
    {
        _directory.Read("V\nx\n", new OneColumn<int>((ref _, out value) => (value = 0) != 0)).ShouldBeEmpty();

        _directory.Rejects.ShouldHaveSingleItem().ShouldBe(new Reject("Landing", _directory.OriginOf("rows.csv"), 2, null, null, "x", "cannot be parsed"));
    }

    private T ReadOne<T>(string text, ReadOne<T> read) => _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldHaveSingleItem().Row;

    private string Refuse<T>(string text, ReadOne<T> read)
    {
        _directory.Rejects.Clear();
        _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldBeEmpty();
        return _directory.Rejects.ShouldHaveSingleItem().Reason;
    }

    public void Dispose() => _directory.Dispose();
}
