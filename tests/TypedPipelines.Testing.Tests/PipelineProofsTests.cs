using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>All pipelines of an assembly are tried, with rows that nobody had to write.</summary>
public sealed class PipelineProofsTests
{
    private static readonly string[] Broken =
    [
        "broken-age", "broken-append", "broken-before", "broken-clock", "broken-counter", "broken-culture", "broken-first", "broken-first-count", "broken-first-day", "broken-guid", "broken-letters",
        "broken-lottery", "broken-number", "broken-overwrite", "broken-parse", "broken-random", "broken-seen", "broken-start", "broken-top", "broken-zone",
    ];

    private static readonly string[] Sound =
    [
        "sound-async", "sound-day", "sound-history", "sound-hours", "sound-latest", "sound-lookup", "sound-many", "sound-marker", "sound-months", "sound-ranks", "sound-run", "sound-snapshot", "sound-sql",
        "sound-sums", "sound-sync", "sound-table", "sound-version", "sound-late", "sound-words", "test-spending",
    ];

    [Fact]
    public async Task Of_all_pipelines_the_broken_ones_are_told_and_no_others()
    {
        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(
            PipelineProofs.Of(typeof(GuidPipeline).Assembly).Given<SeenPipeline>(Sell).Except<VersionPipeline>("it needs rows of its own").Except<OrdersPipeline>("it needs a service")
                .Except<AsyncPipeline>("it needs a service").HoldAsync());

        Regex.Matches(e.Message, "(?<name>[a-z-]+) (?:leaves other rows than loaded once|was not tried)").Select(match => match.Groups["name"].Value)
            .ShouldBe(OperatingSystem.IsWindows() ? Broken.Except(["broken-zone"]) : Broken, e.Message);
    }

    [Fact]
    public async Task Of_sound_ones_nothing_is_told()
    {
        PipelineProofs proofs = PipelineProofs.Of(typeof(GuidPipeline).Assembly).Given<VersionPipeline>(Sell, "2026-01-01").Given<AsyncPipeline>(test =>
        {
            test.Services.AddSingleton<PriceList>();
            Sell(test);
        }).Except<OrdersPipeline>("it needs a service");
        foreach (Type broken in PipelinesOf(typeof(GuidPipeline).Assembly).Where(type => Broken.Contains(NameOf(type))))
        {
            Except(proofs, broken);
        }

        IReadOnlyDictionary<string, IReadOnlyList<string>> tried = await proofs.HoldAsync();

        tried.Keys.ShouldBe(Sound.Append("test-lines"), ignoreOrder: true);
        tried.Values.ShouldAllBe(ways => ways.Count > 15);
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
        foreach (Type other in PipelinesOf(typeof(TPipeline).Assembly).Where(type => type != typeof(TPipeline)))
        {
            Except(all, other);
        }

        return all;
    }

    private static IEnumerable<Type> PipelinesOf(Assembly assembly) => assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IPipeline)));

    private static string NameOf(Type pipeline) => pipeline.GetCustomAttribute<PipelineAttribute>()!.Name;

    private static void Except(PipelineProofs proofs, Type pipeline) => typeof(PipelineProofs).GetMethod(nameof(PipelineProofs.Except))!.MakeGenericMethod(pipeline).Invoke(proofs, ["it is not meant here"]);

    private static void Sell(PipelineTest test)
    {
        test.Services.AddSingleton(new Seen());
        test.GivenSource(new RawSale(1, new DateOnly(2026, 1, 1), "Iris", 5m, default));
    }
}
