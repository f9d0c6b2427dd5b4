using System.Globalization;

namespace TypedPipelines.Tests.Contracts;

public class DeleteLimitTests
{
    /// <summary>Many products of a share and a count are a little less, or more, than they are on paper.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(17)]
    [InlineData(12_345)]
    [InlineData(3_000_000_007)]
    public void S28_exactly_the_share_that_is_written_may_be_deleted_and_not_one_row_more(long inScope)
    {
        for (int thousandths = 0; thousandths <= 1_000; thousandths++)
        {
            double share = double.Parse((thousandths / 1_000m).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Holds(share, inScope, thousandths * inScope / 1_000);
        }
    }

    [Fact]
    public void S28_a_share_may_be_written_as_a_quotient()
    {
        for (int parts = 1; parts <= 300; parts++)
        {
            for (int taken = 0; taken <= parts; taken++)
            {
                Holds((double)taken / parts, parts * 7, taken * 7);
            }
        }
    }

    private static void Holds(double share, long inScope, long allowed)
    {
        var limits = new DeleteLimits(false, share);
        Should.NotThrow(() => limits.Check("t", 1, inScope, allowed), $"{allowed} of {inScope} at {share}");
        if (allowed < inScope)
        {
            Should.Throw<PipelineException>(() => limits.Check("t", 1, inScope, allowed + 1), $"{allowed + 1} of {inScope} at {share}").Kind.ShouldBe(FailureKind.DeleteLimit);
        }
    }
}
