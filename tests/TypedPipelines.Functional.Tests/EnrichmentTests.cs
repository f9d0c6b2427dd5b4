using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Steps that wait, steps on objects, and steps that pipelines share.</summary>
public sealed class EnrichmentTests
{
    private readonly Geocoder _geocoder = new();

    [Fact]
    public async Task An_asynchronous_step_is_called_for_several_rows_at_a_time_and_gives_them_back_in_order()
    {
        using Stage stage = New();
        Feed.Give(Enumerable.Range(1, 40).Select(id => new Place(id, id % 10 == 0 ? "" : $"p{id}")));
        _geocoder.Unknown.Add("p7");

        PartitionResult result = await stage.RunAsync("places");

        result.Failure.ShouldBeNull();
        _geocoder.MostAtATime.ShouldBe(4);
        stage.Table("place_row", "came, id, name, zip").Split('\n').ShouldBe(
            Enumerable.Range(1, 40).Where(id => id % 10 != 0 && id != 7).Select((id, i) => $"{i + 1}|{id}|P{id}|{1000 + id}"), ignoreOrder: true);
        stage.Table("place_total").ShouldBe("0|16\n1|19");
        result.Counts.ShouldBe(new RowCounts(Read: 40, Loaded: 37, Dropped: 5, Rejected: 0));
    }

    [Fact]
    public async Task More_rows_than_a_batch_holds_keep_their_order()
    {
        using Stage stage = New();
        Feed.Give(Enumerable.Range(1, 10_000).Select(id => new Place(id, $"p{id}")));
        _geocoder.Pause = false;

        (await stage.RunAsync("places")).Failure.ShouldBeNull();

        stage.Table("place_total").ShouldBe("0|5000\n1|5000");
        stage.Table("place_row", "came, id").Split('\n').ShouldBe(Enumerable.Range(1, 10_000).Select(id => $"{id}|{id}"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_row_for_which_it_throws_is_tried_again_and_then_named()
    {
        using Stage stage = New();
        Feed.Give(Enumerable.Range(1, 9).Select(id => new Place(id, $"p{id}")));
        _geocoder.Failures["p3"] = 2;

        (await stage.RunAsync("places")).Failure.ShouldBeNull("two failures and then an answer");
        _geocoder.Asked["p3"].ShouldBe(3);

        _geocoder.Failures["p4"] = 9;
        PartitionResult result = await stage.RunAsync("places");
        result.Failure!.Kind.ShouldBe(FailureKind.Step);
        result.Failure.What.ShouldStartWith("step Locate failed at Landing:4 on the row Place { Id = 4, Name = p4 }: HttpRequestException: no answer");
        stage.Table("place_row", "id").Split('\n').Length.ShouldBe(9, "the rows of the good run");
    }

    [Fact]
    public async Task A_cancelled_run_stops_the_calls_that_are_under_way()
    {
        using Stage stage = New();
        Feed.Give(Enumerable.Range(1, 9).Select(id => new Place(id, "forever")));
        using var cancel = new CancellationTokenSource();
        Task<PartitionResult> run = stage.RunAsync("places", null, cancel.Token);
        await _geocoder.Waiting.Task;

        await cancel.CancelAsync();

        (await run).Status.ShouldBe(PartitionStatus.Cancelled);
    }

    [Fact]
    public async Task A_service_that_is_not_registered_is_named()
    {
        using var stage = new Stage();
        stage.AddPipeline<PlacesPipeline>();
        Feed.Give(new Place(1, "a"));

        PartitionResult result = await stage.RunAsync("places");

        result.Failure!.What.ShouldBe("the constructor of pipeline places asks for TypedPipelines.Functional.Tests.Pipelines.IGeocoder, which is not registered");
        result.Failure.Next.ShouldContain("app.Services.Add...<IGeocoder>()");
    }

    [Fact]
    public async Task Pipelines_share_steps_and_each_takes_those_for_its_rows()
    {
        using var stage = new Stage();
        stage.AddPipeline<RemarksPipeline>().AddPipeline<CommentsPipeline>();
        Feed.Give(new Remark(1, " a "));
        Feed.Give(new Comment(1, " a "), new Comment(2, " bcd "));

        (await stage.RunAsync("remarks")).Failure.ShouldBeNull();
        (await stage.RunAsync("comments")).Failure.ShouldBeNull();

        stage.Table("remark_row").ShouldBe("1|a");
        stage.Table("comment_row").ShouldBe("2|bcd");
        stage.Catalog.Find("remarks").Descriptor.Nodes.Select(node => node.Name).ShouldBe(["Landing", "OfRemark"]);
        stage.Catalog.Find("comments").Descriptor.Nodes.Select(node => node.Name).ShouldBe(["Landing", "IsLongEnough", "OfComment"]);
    }

    private Stage New()
    {
        var stage = new Stage();
        stage.AddPipeline<PlacesPipeline>();
        stage.Services.AddSingleton<IGeocoder>(_geocoder);
        return stage;
    }

    private sealed class Geocoder : IGeocoder
    {
        private int _now;

        internal int MostAtATime { get; private set; }

        internal bool Pause { get; set; } = true;

        internal HashSet<string> Unknown { get; } = [];

        internal ConcurrentDictionary<string, int> Failures { get; } = new();

        internal ConcurrentDictionary<string, int> Asked { get; } = new();

        internal TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<int> ZipAsync(string name, CancellationToken cancellationToken)
        {
            Asked.AddOrUpdate(name, 1, (_, asked) => asked + 1);
            if (name == "forever")
            {
                Waiting.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            lock (this)
            {
                MostAtATime = Math.Max(MostAtATime, ++_now);
            }

            int number = int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture);
            if (Pause)
            {
                // Later rows answer first.
                await Task.Delay(TimeSpan.FromMilliseconds(10 - (number % 10)), cancellationToken);
            }

            lock (this)
            {
                _now--;
            }

            if (Failures.TryGetValue(name, out int left) && left > 0)
            {
                Failures[name] = left - 1;
                throw new HttpRequestException("no answer");
            }

            return Unknown.Contains(name) ? 0 : 1000 + number;
        }
    }
}
