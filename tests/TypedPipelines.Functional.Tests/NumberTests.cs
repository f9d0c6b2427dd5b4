using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Numbers that the destination keeps in a wider type, there and back.</summary>
public sealed class NumberTests
{
    private static readonly Numbers Low = new(0, 0, sbyte.MinValue, 0, 0, null, Mask.None, null, -1234567890123456789.0123456789m, null);
    private static readonly Numbers High = new(
        ulong.MaxValue, 255, sbyte.MaxValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue, Mask.All, Mask.All, 7922816251426433759.3543950335m, 0.0000000000000000000000000001m);

    private static readonly Numbers Longest = Low with { Id = 1, Long = 7922816251426433759354395033.5m, Fine = 7.9228162514264337593543950335m };

    [Fact]
    public async Task Whole_numbers_of_every_width_and_long_decimals_come_back_as_they_were()
    {
        using Stage stage = NewStage();
        Feed.Give(Low, Longest, High);
        (await stage.RunAsync("numbers")).Failure.ShouldBeNull();
        Feed.Give(Low, Longest, High);
        (await stage.RunAsync("numbers")).Tables.Single().ShouldBe(new LoadedTable("numbers", 3, 0, 0, 0, 0), "nothing differs");
        (await stage.RunAsync("numbers-again")).Failure.ShouldBeNull();
        stage.Table("numbers_again", "shown").ShouldBe($"{Low}\n{Longest}\n{High}");
    }

    [Theory]
    [InlineData("tiny = 256", "column tiny of numbers holds 256, which is no byte")]
    [InlineData("tiny = -1", "column tiny of numbers holds -1, which is no byte")]
    [InlineData("signed = 128", "column signed of numbers holds 128, which is no sbyte")]
    [InlineData("word = 65536", "column word of numbers holds 65536, which is no ushort")]
    [InlineData("wide = 4294967296", "column wide of numbers holds 4294967296, which is no uint")]
    [InlineData("most = '-1'", "column most of numbers holds -1, which is no ulong")]
    [InlineData("mask = '18446744073709551616'", "column mask of numbers holds 18446744073709551616, which is no ulong")]
    public async Task A_number_out_of_range_is_an_error_that_names_it_and_never_another_number(string set, string message)
    {
        using Stage stage = NewStage();
        Feed.Give(Low);
        await stage.RunAsync("numbers");
        stage.Execute($"update numbers set {set}");
        (await stage.RunAsync("numbers-again")).Failure!.What.ShouldContain(message);
    }

    [Fact]
    public async Task A_decimal_of_more_digits_than_dotnet_has_is_an_error_and_never_rounded()
    {
        using Stage stage = NewStage();
        Feed.Give(Low);
        await stage.RunAsync("numbers");
        stage.Execute("update numbers set fine = '1234567890.0000000000000000000000000001'");
        (await stage.RunAsync("numbers-again")).Failure!.What.ShouldContain("column fine of numbers holds ");
        stage.Execute("update numbers set fine = null, \"long\" = '1234567890123456789012345678.0123456789'");
        (await stage.RunAsync("numbers-again")).Failure!.What.ShouldContain("column long of numbers holds ");
    }

    [Fact]
    public async Task S25_unsigned_versions_and_enums_of_them_compare_as_numbers()
    {
        using Stage stage = NewStage();
        foreach (ulong sequence in new ulong[] { 9, 10, 9, ulong.MaxValue, 100 })
        {
            Feed.Give(new Numbered(1, sequence, $"version {sequence}", false));
            (await stage.RunAsync("versions")).Failure.ShouldBeNull();
        }

        stage.Table("numbered", "name").ShouldBe("version 18446744073709551615");
        stage.Table("ranked", "name").ShouldBe("version 18446744073709551615");
    }

    [Fact]
    public async Task S27_a_marker_with_a_newer_unsigned_version_deletes_and_one_with_an_older_does_not()
    {
        using Stage stage = NewStage();
        Feed.Give(new Numbered(1, 9, "a", false), new Numbered(2, 10, "b", false));
        await stage.RunAsync("versions");
        Feed.Give(new Numbered(1, 10, "a", true), new Numbered(2, 9, "b", true));
        (await stage.RunAsync("versions")).Failure.ShouldBeNull();
        stage.Table("numbered", "id").ShouldBe("2");
    }

    private static Stage NewStage()
    {
        var stage = new Stage();
        stage.AddPipeline<NumbersPipeline>();
        stage.AddPipeline<NumbersAgainPipeline>();
        stage.AddPipeline<VersionsPipeline>();
        return stage;
    }
}
