namespace TypedPipelines.SqlServer.Tests;

/// <summary>Statement 18, of locks: two partitions never share a name, and a name is never cut.</summary>
public sealed class LockNames
{
    [Fact]
    public void A_name_is_the_same_on_every_machine() => LockName.OfPartition("flights", "2001-01-05")
        .ShouldBe("typed_pipelines:partition:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0, 0, 0, 7, .. "flights"u8, 0, 0, 0, 10, .. "2001-01-05"u8])));

    [Fact]
    public void S18_parts_do_not_run_together() => LockName.OfPartition("a", "bc").ShouldNotBe(LockName.OfPartition("ab", "c"));

    [Fact]
    public void Names_that_differ_in_case_or_in_their_end_are_different_and_none_is_longer_than_SQL_Server_keeps()
    {
        LockName.OfPartition("flights", "a").ShouldNotBe(LockName.OfPartition("Flights", "a"));
        string one = LockName.OfPartition(new string('x', 1000), "a");
        one.ShouldNotBe(LockName.OfPartition(new string('x', 1000), "b"));
        one.Length.ShouldBeLessThan(255);
    }
}
