using TypedPipelines.Destinations;
using TypedPipelines.Tests.Running;

namespace TypedPipelines.Tests.Destinations;

/// <summary>When it is known of rows that no two have one key, so that they need not be searched for duplicates.</summary>
public sealed class BatchKeysTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("a|b|c", true)]
    [InlineData("a,b|c,d", true)]
    [InlineData("a", true)]
    [InlineData("a,a", false)]
    [InlineData("a,b|b,c", false)]
    [InlineData("a,c|b,d", false)]
    public void Rows_in_the_order_of_their_keys_are_different(string batches, bool distinct) => AreDistinct(batches).ShouldBe(distinct);

    [Theory]
    [InlineData("b,a", true)]
    [InlineData("b,a|d,c", true)]
    [InlineData("b,a|c,a", false)]
    [InlineData("b,a|c,c", false)]
    [InlineData("b,a,b", false)]
    [InlineData("c,ab,b|d,a|bc,abc", true)]
    public void Keys_in_no_order_are_different_where_their_hashes_are(string batches, bool distinct) => AreDistinct(batches).ShouldBe(distinct);

    [Fact]
    public void Of_rows_that_can_change_only_the_hashes_are_relied_on()
    {
        AreDistinct("a,b", new Lines("t") { Ordered = true, Mutable = true }).ShouldBeTrue();
        AreDistinct("a,a", new Lines("t") { Ordered = true, Mutable = true }).ShouldBeFalse();
        AreDistinct("a,b", new Lines("t") { Mutable = true }).ShouldBeFalse("no key, nothing to hash");
    }

    [Fact]
    public void Without_a_key_nothing_is_known() => AreDistinct("a,b", new Lines("t")).ShouldBeFalse();

    [Fact]
    public void Of_more_keys_than_there_is_room_for_nothing_is_known()
    {
        var keys = new BatchKeys<string>(new Lines("t") { Ordered = true });
        var random = new Random(1);
        var rows = new string[100_000];
        for (int batch = 0; batch < 16; batch++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = $"{random.Next()}-{batch}-{i}";
            }

            keys.Add(rows, default);
            keys.AreDistinct.ShouldBe(batch < 15, $"after {batch + 1} batches");
        }
    }

    private static bool AreDistinct(string batches, Lines? contract = null)
    {
        var keys = new BatchKeys<string>(contract ?? new Lines("t") { Ordered = true });
        foreach (string batch in batches.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            keys.Add(batch.Split(','), default);
        }

        return keys.AreDistinct;
    }
}
