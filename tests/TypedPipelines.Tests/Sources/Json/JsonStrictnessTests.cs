using System.Text.Json.Serialization;

namespace TypedPipelines.Tests.Sources.Json;

/// <summary>What the serializer would take or change without a word, and what is rejected instead: as in a CSV file.</summary>
public sealed class JsonStrictnessTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("2026-01-02T03:04:05.1234567")]
    [InlineData("2026-01-02")]
    public void AMomentWithoutItsOffset_IsRejected_NotTakenForTheMachinesZone(string moment)
    {
        foreach (string member in new[] { "moment", "maybeMoment" })
        {
            Reject reject = RejectOf($$"""{"{{member}}":"{{moment}}"}""");
            reject.Column.ShouldBe($"$.{member}");
            reject.Value.ShouldBe(moment);
            reject.Reason.ShouldBe("is not a date and time with an offset of the form yyyy-MM-ddTHH:mm:ss+00:00 or …Z");
        }
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 3)]
    [InlineData("2026-01-02T03:04:05+02:00", 1)]
    [InlineData("2026-01-02T03:04:05\\u002B02:00", 1)]
    [InlineData("2026-01-02T03:04:05-02:00", 5)]
    public void AMomentWithItsOffset_IsReadAsItStands(string moment, int utcHour)
    {
        Strict row = RowOf($$"""{"moment":"{{moment}}","maybeMoment":"{{moment}}","clock":"{{moment}}"}""");
        row.Moment.UtcDateTime.ShouldBe(new DateTime(2026, 1, 2, utcHour, 4, 5, DateTimeKind.Utc));
        row.MaybeMoment.ShouldBe(row.Moment);
        row.Clock.ShouldBe(row.Moment.UtcDateTime);
        row.Clock.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void ATimeOfDayWithoutAnOffset_KeepsItsUnspecifiedKind() =>
        RowOf("""{"clock":"2026-01-02T03:04:05"}""").Clock.ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified));

    [Fact]
    public void NoDateAtAll_IsRejectedAsBefore() => RejectOf("""{"moment":"soon"}""").Column.ShouldBe("$.moment");

    [Theory]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("98765432109876543210.123456789")]
    [InlineData("1e-29")]
    [InlineData("1.5e-28")]
    [InlineData("-79228162514264337593543950334.9")]
    public void ANumberWithMoreDigitsThanADecimalHolds_IsRejected_NotRounded(string number)
    {
        foreach (string member in new[] { "amount", "maybeAmount" })
        {
            Reject reject = RejectOf($$"""{"{{member}}":{{number}}}""");
            reject.Column.ShouldBe($"$.{member}");
            reject.Value.ShouldBe(number);
            reject.Reason.ShouldBe("has more digits than a Decimal holds (up to 28)");
        }

        RejectOf($$"""{"amounts":[1,{{number}}]}""").Column.ShouldBe("$.amounts[1]");
    }

    [Theory]
    [InlineData("0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("0.123456789012345678901234567800", "0.1234567890123456789012345678")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1000000000000000000000000000e-28", "0.1")]
    [InlineData("1.50E+3", "1500")]
    [InlineData("0e-400", "0")]
    [InlineData("-0.000000000000000000000000000000000", "0")]
    [InlineData("12.50", "12.50")]
    public void ANumberThatADecimalHolds_IsRead(string number, string value)
    {
        decimal expected = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        RowOf($$"""{"amount":{{number}}}""").Amount.ShouldBe(expected);
        RowOf($$"""{"textAmount":"{{number}}","maybeTextAmount":"{{number}}"}""").ShouldBe(new Strict { TextAmount = expected, MaybeTextAmount = expected });
    }

    [Fact]
    public void ADecimalInQuotes_IsReadWhereItsMemberTakesOne_AndIsAsExact()
    {
        RejectOf("""{"amount":"1"}""").Column.ShouldBe("$.amount");
        foreach (string member in new[] { "textAmount", "maybeTextAmount" })
        {
            Reject reject = RejectOf($$"""{"{{member}}":"0.12345678901234567890123456789"}""");
            (reject.Column, reject.Value).ShouldBe(($"$.{member}", "0.12345678901234567890123456789"));
            RejectOf($$"""{"{{member}}":"1,5"}""").Column.ShouldBe($"$.{member}");
        }

        RowOf("""{"maybeTextAmount":null}""").MaybeTextAmount.ShouldBeNull();
    }

    [Fact]
    public void DecimalsInQuotes_InAList_AreReadWhereItsMemberTakesThem_AndAreAsExact()
    {
        Strict row = RowOf("""{"textAmounts":["1.10",2.5,"0"],"textAmountsByName":{"a":"3.30","b":null},"textAmountArray":["1e2"]}""");
        row.TextAmounts.ShouldBe([1.10m, 2.5m, 0m]);
        row.TextAmountsByName.ShouldBe(new Dictionary<string, decimal?> { ["a"] = 3.30m, ["b"] = null });
        row.TextAmountArray.ShouldBe([100m]);
        RowOf("""{"textAmounts":null}""").TextAmounts.ShouldBeNull();
        RowOf("""{"table":{"cells":[["1.5",2],[]]}}""").Table!.Cells.SelectMany(cells => cells).ShouldBe([1.5m, 2m], "the type says it of all its members");

        RejectOf("""{"amounts":["1"]}""").Column.ShouldBe("$.amounts[0]");
        foreach ((string member, string value) in new[] { ("textAmounts", """["0.12345678901234567890123456789"]"""), ("textAmountsByName", """{"a":"0.12345678901234567890123456789"}""") })
        {
            Reject reject = RejectOf($$"""{"{{member}}":{{value}}}""");
            (reject.Column, reject.Value).ShouldBe(($"$.{member}", "0.12345678901234567890123456789"));
            reject.Reason.ShouldBe("has more digits than a Decimal holds (up to 28)");
        }

        RejectOf("""{"textAmounts":["1,5"]}""").Reason.ShouldBe("is not a number of type Decimal");
        RejectOf("""{"textAmounts":[true]}""").Column.ShouldBe("$.textAmounts");
    }

    [Theory]
    [InlineData("level", "7")]
    [InlineData("level", "-1")]
    [InlineData("maybeLevel", "7")]
    [InlineData("named", "7")]
    [InlineData("named", "\"7\"")]
    [InlineData("small", "200")]
    [InlineData("parts", "8")]
    [InlineData("parts", "9")]
    public void ANumberThatNoMemberOfAnEnumHas_IsRejected(string member, string value)
    {
        Reject reject = RejectOf($$"""{"{{member}}":{{value}}}""");
        reject.Column.ShouldBe($"$.{member}");
        reject.Value.ShouldBe(value.Trim('"'));
        reject.Reason.ShouldStartWith("is not a member of ");
    }

    [Fact]
    public void WhereAnEnumIs_InAListOrAKeyOrAPart_ItIsHeldToItsMembers()
    {
        RejectOf("""{"levels":[1,7]}""").Column.ShouldBe("$.levels[1]");
        RejectOf("""{"byLevel":{"Low":1,"7":2}}""").Reason.ShouldContain("is not a member of Level (Low, High)");
        RejectOf("""{"inner":{"level":7}}""").Column.ShouldBe("$.inner.level");
        RowOf("""{"byLevel":{"Low":1,"2":2}}""").ByLevel!.ShouldBe([new(Level.Low, 1), new(Level.High, 2)]);
        RowOf("""{"byName":{"first":1}}""").ByName!.ShouldBe([new(Named.One, 1)]);
    }

    [Fact]
    public void TheMembersOfAnEnum_AreReadAsTheContextSays()
    {
        Strict row = RowOf("""{"level":2,"maybeLevel":null,"named":"first","small":255,"parts":3,"levels":[1,2]}""");
        (row.Level, row.MaybeLevel, row.Named, row.Small, row.Parts).ShouldBe((Level.High, null, Named.One, Small.Last, Parts.Left | Parts.Right));
        RejectOf("""{"named":"second"}""").Column.ShouldBe("$.named");
        RejectOf("""{"level":"Low"}""").Column.ShouldBe("$.level");
    }

    [Theory]
    [InlineData("""{"amount":1,"amount":2}""")]
    [InlineData("""{"inner":{"level":1,"level":1}}""")]
    [InlineData("""{"byLevel":{"Low":1,"Low":2}}""")]
    public void AMemberThatIsThereTwice_IsRejected_AndNeitherWins(string json)
    {
        RejectOf(json).Reason.ShouldContain("uplicate");
        RowOf("""{"unknown":1,"unknown":2,"amount":3}""").Amount.ShouldBe(3);
    }

    [Fact]
    public void EachPlaceInAnArray_IsHeldToTheSame()
    {
        _directory.ReadAll(Files("""[{"amount":1},{"level":7},{"moment":"2026-01-02"},{"amount":1,"amount":2},{"amount":2}]""")).Select(row => row.Line).ShouldBe([1, 5]);
        _directory.Rejects.Select(reject => reject.Line).ShouldBe([2, 3, 4]);
    }

    public void Dispose() => _directory.Dispose();

    private JsonFiles<Strict> Files(string text) => new(_directory.Write("rows.json", text), StrictJson.Default.Strict);

    private Strict RowOf(string json)
    {
        _directory.Rejects.Clear();
        List<ReadRow<Strict>> rows = _directory.ReadAll(Files(json));
        _directory.Rejects.ShouldBeEmpty();
        return rows.ShouldHaveSingleItem().Row;
    }

    private Reject RejectOf(string json)
    {
        _directory.Rejects.Clear();
        _directory.ReadAll(Files(json)).ShouldBeEmpty(json);
        return _directory.Rejects.ShouldHaveSingleItem();
    }
}

/// <summary>A row with a member of each kind.</summary>
public sealed record Strict
{
    public DateTimeOffset Moment { get; set; }

    public DateTimeOffset? MaybeMoment { get; set; }

    public DateTime Clock { get; set; }

    public decimal Amount { get; set; }

    public decimal? MaybeAmount { get; set; }

    public IReadOnlyList<decimal>? Amounts { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal TextAmount { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal? MaybeTextAmount { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public IReadOnlyList<decimal>? TextAmounts { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public Dictionary<string, decimal?>? TextAmountsByName { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal[]? TextAmountArray { get; set; }

    public StrictTable? Table { get; set; }

    public Level Level { get; set; } = Level.Low;

    public Level? MaybeLevel { get; set; }

    public IReadOnlyList<Level>? Levels { get; set; }

    public Dictionary<Level, int>? ByLevel { get; set; }

    public Named Named { get; set; } = Named.One;

    public Dictionary<Named, int>? ByName { get; set; }

    public Small Small { get; set; } = Small.Last;

    public Parts Parts { get; set; }

    public StrictPart? Inner { get; set; }
}

/// <summary>Numbers in quotes, whatever holds them.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record StrictTable(IReadOnlyList<decimal[]> Cells);

/// <summary>A part of a row.</summary>
public sealed record StrictPart(Level Level);

/// <summary>Read by number.</summary>
public enum Level
{
    Low = 1,
    High = 2,
}

/// <summary>Read by a name of its own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Named>))]
public enum Named
{
    [JsonStringEnumMemberName("first")]
    One = 1,
}

/// <summary>Of another underlying type.</summary>
public enum Small : byte
{
    Last = 255,
}

/// <summary>Members that are combined.</summary>
[Flags]
public enum Parts
{
    None = 0,
    Left = 1,
    Right = 2,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Strict))]
internal sealed partial class StrictJson : JsonSerializerContext;
