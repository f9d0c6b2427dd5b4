using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>Rows are made up that keep to what their type says, the same for the same seed.</summary>
public sealed class SampleTests
{
    private static readonly Partition Day = PartitionScheme.Daily("2026-01-01", timeZone: "Europe/Berlin").Parse("2026-03-29");

    [Fact]
    public void The_same_seed_gives_the_same_rows_and_another_others()
    {
        Sample.Of<Everything>(30).Select(Text).ShouldBe(Sample.Of<Everything>(30).Select(Text));
        Sample.Of<Everything>(30, new() { Seed = 2 }).Select(Text).ShouldNotBe(Sample.Of<Everything>(30).Select(Text));
        Text(Sample.Of<RawSale>(3)[2]).ShouldBe("RawSale { Id = 4, Day = 01/05/2024, Shop = Ci, Price = 4.04, At = 01/01/2024 02:28:00 +00:00, Version = 1 }");
    }

    [Fact]
    public void No_key_comes_twice() => Sample.Of<Everything>(500).Select(row => (row.Id, row.Code)).Distinct().Count().ShouldBe(500);

    [Fact]
    public void Lengths_digits_ranges_and_lists_are_kept_to_at_the_edges_too()
    {
        foreach (Everything row in Sample.Of<Everything>(200, new() { Edges = true }))
        {
            row.Code.Length.ShouldBeLessThanOrEqualTo(3);
            Math.Abs(row.Price).ShouldBeLessThanOrEqualTo(9999.99m);
            (row.Price * 100 % 1).ShouldBe(0);
            row.Share.ShouldBeInRange(1, 5);
            row.Currency.ShouldBeOneOf("EUR", "USD");
            row.Picture?.Length.ShouldBeLessThanOrEqualTo(2);
            (row.Note is null || !char.IsHighSurrogate(row.Note.LastOrDefault())).ShouldBeTrue();
        }
    }

    [Fact]
    public void The_edges_are_there()
    {
        IReadOnlyList<Everything> rows = Sample.Of<Everything>(30, new() { Edges = true });
        rows.ShouldContain(row => row.Id == int.MinValue);
        rows.ShouldContain(row => row.Id == int.MaxValue);
        rows.ShouldContain(row => row.Price == -9999.99m);
        rows.ShouldContain(row => row.Note == null);
        rows.ShouldContain(row => row.Note == "");
        rows.ShouldContain(row => row.Note != null && row.Note.Length > 1 && char.IsSurrogatePair(row.Note, 0));
        rows.Count(row => TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") is var zone && zone.IsAmbiguousTime(row.At)).ShouldBe(2);
        rows.ShouldContain(row => row.Colour == ConsoleColor.Black);
    }

    [Fact]
    public void Days_and_instants_lie_in_the_window_that_is_asked_for()
    {
        foreach (Everything row in Sample.Of<Everything>(100, new() { Within = Day, Edges = true }))
        {
            row.Day.ShouldBe(new DateOnly(2026, 3, 29));
            row.At.ShouldBeInRange(Day.Start, Day.End.AddTicks(-1));
        }
    }

    [Fact]
    public void Keys_are_repeated_with_other_values_when_that_is_asked_for()
    {
        IReadOnlyList<Everything> rows = Sample.Of<Everything>(20, new() { DuplicateKeys = 5, Distinct = true });
        rows.Select(row => (row.Id, row.Code)).Distinct().Count().ShouldBe(15);
        rows[15].Id.ShouldBe(rows[0].Id);
        rows[15].Price.ShouldNotBe(rows[0].Price);
        Should.Throw<PipelineAssertionException>(() => Sample.Of<RawSale>(3, new() { DuplicateKeys = 1 })).Message.ShouldContain("none of its members is marked [Key]");
    }

    [Fact]
    public void No_value_comes_twice_when_that_is_asked_for()
    {
        IReadOnlyList<RawSale> rows = Sample.Of<RawSale>(40, new() { Distinct = true });
        rows.Select(row => row.Id).Distinct().Count().ShouldBe(40);
        rows.Select(row => row.Shop).Distinct().Count().ShouldBe(40);
        rows.Select(row => row.At).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public void Too_few_keys_are_said() => Should.Throw<PipelineAssertionException>(() => Sample.Of<Switch>(3))
        .Message.ShouldBe("Switch has fewer different keys than 3, in what its members say and can be made up: ask for fewer rows.");

    [Fact]
    public void What_cannot_be_made_up_is_named()
    {
        Should.Throw<PipelineAssertionException>(() => Sample.Of<Stubborn>(1)).Message.ShouldBe("A value of type Stream cannot be made up, as Body needs one. Give rows of your own.");
        Should.Throw<PipelineAssertionException>(() => Sample.Of<Refusing>(1)).Message.ShouldContain("its constructor refuses values. No. Give rows of your own.");
    }

    [Fact]
    public void Members_beside_the_constructor_and_rows_within_rows_are_made_up()
    {
        Order row = Sample.Of<Order>(1)[0];
        row.Number.ShouldBeGreaterThan(0);
        row.Customer.Name.ShouldNotBeNullOrEmpty();
        row.Total.ShouldBe(0);
    }

    private static string Text<TRow>(TRow row) => string.Create(CultureInfo.InvariantCulture, $"{row}");

    private sealed record Everything(
        [property: Key] int Id, [property: Key, MaxLength(3)] string Code, [Precision(6, 2)] decimal Price, [Range(1, 5)] int Share, [AllowedValues("EUR", "USD")] string Currency,
        [MaxLength(2)] byte[]? Picture, string? Note, DateOnly Day, DateTimeOffset At, ConsoleColor Colour, bool? Flag, Guid Token, double Weight, TimeOnly Time)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Code} {Price} {Share} {Currency} {Note} {Day:O} {At:O} {Colour} {Flag} {Token} {Weight} {Time:O}");
    }

    private sealed record Switch([property: Key] bool On);

    private sealed record Stubborn(Stream Body);

    private sealed class Refusing
    {
        public Refusing(int number) => throw new ArgumentException(number > int.MinValue ? "No." : "");
    }

    private sealed class Order
    {
        public required int Number { get; init; }

        public Customer Customer { get; set; } = new("");

        public decimal Total { get; private set; }

        public bool IsDone => Total > 0;
    }

    private sealed record Customer(string Name);
}
