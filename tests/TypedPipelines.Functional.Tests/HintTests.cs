using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;

namespace TypedPipelines.Functional.Tests;

/// <summary>A failed row's hint offers only what this contract can say of such a row.</summary>
public sealed class HintTests
{
    private const string Mend = "Nothing was changed. Mend the row at its source, or mend it or leave it out in a step.";

    private static readonly DateOnly Day = new(2026, 1, 1);

    public static TheoryData<Hinted, string> Rows => new()
    {
        { new(Day, null!, 1, 1), Mend },
        { new(Day, "n", 1, 1.23m), Mend },
        { new(Day, "n", 1, 1234), Mend },
        { new(Day.AddDays(1), "n", 1, 1), "Nothing was changed. Mend the row at its source or in a step, or set OutOfWindow on [ReplacePartition] of Hinted: such rows are then dropped or quarantined." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_hint_fits_what_is_wrong(Hinted row, string hint)
    {
        using var stage = new Stage();
        stage.AddPipeline<HintedPipeline>();
        Feed.Give(row);
        (await stage.RunAsync("hinted", "2026-01-01")).Failure!.Next.ShouldBe(hint);
    }

    [Fact]
    public async Task The_hint_at_an_invalid_row_names_the_option_for_those()
    {
        using var stage = new Stage();
        stage.AddPipeline<HintingPipeline>();
        Feed.Give(new Hinting(Day, 10));
        (await stage.RunAsync("hinting", "2026-01-01")).Failure!.Next.ShouldBe(
            "Nothing was changed. Mend the row at its source or in a step, or set OnInvalid on [ReplacePartition] of Hinting: such rows are then dropped or quarantined.");
    }
}
