using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>All pipelines of an assembly are tried, with rows that nobody had to write.</summary>
public sealed class PipelineProofsTests
{
    private static readonly string[] Broken =
    [
        "broken-append", "broken-before", "broken-clock", "broken-culture", "broken-first", "broken-guid", "broken-letters", "broken-number", "broken-overwrite", "broken-random",
        "broken-seen", "broken-start", "broken-top", "broken-zone",
    ];

    [Fact]
    public async Task Of_all_pipelines_the_broken_ones_are_told_and_no_others()
    {
        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(
            PipelineProofs.Of(typeof(GuidPipeline).Assembly).Given<SeenPipeline>(Sell).Except<VersionPipeline>("below").Except<OrdersPipeline>("below").HoldAsync());

        e.Message.ShouldStartWith("Of 20 pipelines 14 cannot be shown to survive being run again.");
        Regex.Matches(e.Message, "(?<name>[a-z-]+) leaves other rows than loaded once").Select(match => match.Groups["name"].Value)
            .ShouldBe(OperatingSystem.IsWindows() ? Broken.Except(["broken-zone"]) : Broken, e.Message);
    }

    [Fact]
    public async Task What_made_up_rows_do_not_do_for_asks_for_rows_of_ones_own()
    {
        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(Only<VersionPipeline>().HoldAsync());
        e.Message.ShouldContain("sound-version was not tried: rows made up for it do not load. Partition 2026-01-02 of sound-version was not loaded: a row for current_sale has the key");
        e.Message.ShouldEndWith("Give rows that it loads: Given<VersionPipeline>(test => ...).");

        e = await Should.ThrowAsync<PipelineAssertionException>(Only<OrdersPipeline>().HoldAsync());
        e.Message.ShouldContain("test-orders was not tried: rows made up for it do not load. ");
        e.Message.ShouldContain("ITariff, which is not registered");
    }

    [Fact]
    public async Task With_rows_of_ones_own_it_is_tried() =>
        (await Only<VersionPipeline>().Given<VersionPipeline>(Sell, "2026-01-01").HoldAsync())["sound-version"].ShouldContain("Loaded twice");

    [Fact]
    public void A_pipeline_of_another_assembly_is_refused() =>
        Should.Throw<PipelineAssertionException>(() => PipelineProofs.Of(typeof(PipelineTest).Assembly).Except<VersionPipeline>("it is none of them")).Message.ShouldStartWith("VersionPipeline is none of the pipelines that are tried: ");

    private static PipelineProofs Only<TPipeline>()
        where TPipeline : IPipeline
    {
        PipelineProofs all = PipelineProofs.Of(typeof(TPipeline).Assembly);
        foreach (Type other in typeof(TPipeline).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IPipeline)) && type != typeof(TPipeline)))
        {
            typeof(PipelineProofs).GetMethod(nameof(PipelineProofs.Except))!.MakeGenericMethod(other).Invoke(all, ["only one is tried here"]);
        }

        return all;
    }

    private static void Sell(PipelineTest test)
    {
        test.Services.AddSingleton(new Seen());
        test.GivenSource(new RawSale(1, new DateOnly(2026, 1, 1), "Iris", 5m, default));
    }
}
