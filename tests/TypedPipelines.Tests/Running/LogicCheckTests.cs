using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

/// <summary>What is said of a partition that was loaded by other logic than today's.</summary>
public sealed class LogicCheckTests
{
    private static readonly LogicPart Way = new("how fingerprints are taken", "2");

    [Fact]
    public void PartsThatChanged_AreNamed() =>
        LogicCheck.Describe([Way, new("a", "1"), new("b", "1")], [Way, new("a", "2"), new("c", "1")]).ShouldBe("a changed, c was added, b was removed after it was loaded");

    [Fact]
    public void WhereFingerprintsAreTakenInAnotherWay_NoPartIsSaidToHaveChanged()
    {
        const string expected = "this version of TypedPipelines takes fingerprints in another way than the one that loaded it, so that what changed, if anything, cannot be told";
        LogicCheck.Describe([new("a", "1")], [Way, new("a", "2")]).ShouldBe(expected);
        LogicCheck.Describe([new("how fingerprints are taken", "1"), new("a", "1")], [Way, new("a", "1")]).ShouldBe(expected);
    }

    [Fact]
    public void LogicThatNobodyKept_HasNoParts() => LogicCheck.Describe(null, [Way]).ShouldBe("its pipeline's logic changed after it was loaded");
}
