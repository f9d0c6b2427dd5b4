using System.Text;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Sources;

/// <summary>What a reject counts for, and how much of it is kept.</summary>
public sealed class RejectTests
{
    [Fact]
    public void AShare_CountsTheRowsThatARejectStandsFor()
    {
        var rejects = new List<Reject>();
        var sink = new RejectSink(Source(0.02), rejects);

        sink.Add(Bad("x") with { Rows = 2_901 });

        sink.Rows.ShouldBe(2_901);
        PipelineException failure = Should.Throw<PipelineException>(() => sink.CheckShare(8_099));
        failure.Kind.ShouldBe(FailureKind.RejectLimit);
        failure.What.ShouldStartWith("source Landing rejected 2901 of 11000 rows (26.37");
        rejects.ShouldHaveSingleItem();
    }

    [Fact]
    public void AShare_ThatIsNotExceeded_Passes()
    {
        var sink = new RejectSink(Source(0.02), []);
        sink.Add(Bad("x") with { Rows = 2 });

        Should.NotThrow(() => sink.CheckShare(98));
    }

    [Fact]
    public void TheMostThatARunKeeps_IsOfRecords_NotOfTheRowsTheyStandFor()
    {
        var sink = new RejectSink(Source(1), []);

        Should.NotThrow(() => sink.Add(Bad("x") with { Rows = RejectSink.Most + 1 }));
    }

    [Fact]
    public void ALongReject_IsKeptWithoutItsMiddle()
    {
        var rejects = new List<Reject>();
        string text = "start" + new string('x', 3 * Reject.MostText) + "end";

        new RejectSink(Source(1), rejects).Add(Bad(text) with { Value = text });
        new QuarantineSink(rejects).Add(Bad(text));

        rejects.Count.ShouldBe(2);
        foreach (string kept in new[] { rejects[0].Raw, rejects[0].Value!, rejects[1].Raw })
        {
            kept.ShouldStartWith("startx");
            kept.ShouldEndWith("xend");
            kept.ShouldContain($" [… {text.Length - Reject.MostText} characters left out …] ");
            kept.Length.ShouldBeLessThan(Reject.MostText + 100);
        }
    }

    [Fact]
    public void ATextThatIsNotLonger_IsKeptWhole()
    {
        Reject reject = Bad(new string('x', Reject.MostText));

        reject.Abridged().ShouldBeSameAs(reject);
    }

    [Fact]
    public void NoPairOfSurrogates_IsSplit()
    {
        string pairs = string.Concat(Enumerable.Repeat("😀", Reject.MostText));

        foreach (string text in new[] { pairs, "x" + pairs, pairs + "x", "x" + pairs + "x" })
        {
            string kept = Bad(text).Abridged().Raw;
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)).ShouldBe(kept);
        }
    }

    private static Reject Bad(string raw) => new("Landing", "rows.csv", 100, null, null, raw, "is bad");

    private static NodeDescriptor Source(double share) => new("Landing", NodeKind.Source, "Leg", null, share);
}
