using TypedPipelines.Destinations;
using TypedPipelines.Tests.Running;

namespace TypedPipelines.Tests.Destinations;

/// <summary>When rows are in the order of their keys, so that no duplicates need to be looked for.</summary>
public sealed class KeyOrderTests
{
    [Theory]
    [InlineData("a|b|c", true)]
    [InlineData("a,b,c", true)]
    [InlineData("a,b|c,d", true)]
    [InlineData("a", true)]
    [InlineData("a,a", false)]
    [InlineData("b,a", false)]
    [InlineData("a,b|b,c", false)]
    [InlineData("a,c|b,d", false)]
    [InlineData("b,a|c,d", false)]
    [InlineData("b|a|c", false)]
    public void Rows_ascend_within_a_batch_and_from_one_to_the_next(string batches, bool ascends)
    {
        var order = new KeyOrder<string>(new Lines("t") { Ordered = true });
        foreach (string batch in batches.Split('|'))
        {
            order.Add(batch.Split(','));
        }

        order.IsAscending.ShouldBe(ascends);
    }

    [Fact]
    public void Without_a_row_and_without_an_order_nothing_is_known()
    {
        new KeyOrder<string>(new Lines("t") { Ordered = true }).IsAscending.ShouldBeFalse();
        var unordered = new KeyOrder<string>(new Lines("t"));
        unordered.Add(["a", "b"]);
        unordered.IsAscending.ShouldBeFalse();
    }

    [Fact]
    public void Rows_that_can_change_are_not_relied_on()
    {
        var order = new KeyOrder<string>(new Lines("t") { Ordered = true, Mutable = true });
        order.Add(["a", "b"]);
        order.IsAscending.ShouldBeFalse();
    }
}
