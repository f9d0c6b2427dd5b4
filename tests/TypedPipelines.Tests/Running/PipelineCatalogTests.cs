using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

public sealed class PipelineCatalogTests
{
    private static readonly Lines A = new("a");
    private static readonly Lines B = new("b");
    private static readonly Lines C = new("c");

    [Fact]
    public void Pipelines_FollowThoseWhoseTablesTheyRead_AndElseTheirNames()
    {
        PipelineRegistration[] all = [Whole("1", A, B, C), Whole("2", B, C), Whole("3", C), Whole("0", null), Whole("9", null)];

        foreach (PipelineRegistration[] order in new[] { all, [.. all.Reverse()], [all[2], all[0], all[4], all[1], all[3]] })
        {
            string.Join(' ', new PipelineCatalog(order).Pipelines.Select(pipeline => pipeline.Descriptor.Name)).ShouldBe("0 3 2 1 9");
        }
    }

    [Fact]
    public void ATableIsTheSame_WhateverObjectDescribesIt() =>
        new PipelineCatalog([Whole("1", A, new Lines("b")), Whole("2", B)]).Pipelines[0].Descriptor.Name.ShouldBe("2");

    [Fact]
    public void ACircle_IsRefused_WithItsPipelines()
    {
        PipelineException refused = Should.Throw<PipelineException>(() => new PipelineCatalog([Whole("1", A, B), Whole("2", B, C), Whole("3", C, A), Whole("4", null)]));

        (refused.Kind, refused.What).ShouldBe((FailureKind.Usage, "the pipelines 1, 2, 3 read each other's tables in a circle"));
    }

    [Fact]
    public void TwoPipelinesOfOneName_AreRefused() => Should.Throw<PipelineException>(() => new PipelineCatalog([Whole("1", A), Whole("1", B)]))
        .What.ShouldBe("2 pipelines are named '1'");

    [Theory]
    [InlineData(5, "5")]
    [InlineData(-0.01, "-0.01")]
    [InlineData(double.NaN, "NaN")]
    public void AShareOfRejectsThatIsNone_IsRefused(double share, string shown)
    {
        PipelineRegistration pipeline = Pipelines.Copying("1", PartitionScheme.None, A);
        var descriptor = new PipelineDescriptor
        {
            Name = "1",
            Partitions = PartitionScheme.None,
            Nodes = [new NodeDescriptor("Rows", NodeKind.Source, "string", MaxRejectedShare: share)],
            Loads = [],
        };

        PipelineException refused = Should.Throw<PipelineException>(() => new PipelineCatalog([pipeline with { Descriptor = descriptor }]));

        (refused.Kind, refused.What).ShouldBe((FailureKind.Usage, $"source Rows of the pipeline 1 accepts a share of {shown} rejected rows"));
    }

    [Fact]
    public void TwoLoadersOfOneTable_AreRefused() => Should.Throw<PipelineException>(() => new PipelineCatalog([Whole("1", A), Whole("2", new Lines("a"))]))
        .What.ShouldBe("2 pipelines load the table 'a': 1, 2");

    [Fact]
    public void TheLoaderOfATable_IsFoundByTheTablesName()
    {
        var catalog = new PipelineCatalog([Whole("1", A), Whole("2", B)]);

        catalog.LoaderOf(new Lines("b"))!.Descriptor.Name.ShouldBe("2");
        catalog.LoaderOf(C).ShouldBeNull();
    }

    [Fact]
    public void APipelineThatIsNotThere_IsRefused_WithThoseThatAre()
    {
        Should.Throw<PipelineException>(() => new PipelineCatalog([Whole("2", A), Whole("1", B)]).Find("3")).Message.ShouldBe("there is no pipeline named '3'. There are: 1, 2.");
        Should.Throw<PipelineException>(() => new PipelineCatalog([]).Find("3")).Next.ShouldBe("No pipeline is registered: call AddPipelines() in Program.cs.");
    }

    private static PipelineRegistration Whole(string name, TableContract? loads, params TableContract[] reads) => Pipelines.Named(name, PartitionScheme.None, loads, reads);
}
