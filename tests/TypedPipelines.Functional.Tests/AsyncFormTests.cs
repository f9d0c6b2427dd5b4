using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Asynchronous steps that drop rows, and that make several of one: in order, counted, tried again, and named where they fail.</summary>
public sealed class AsyncFormTests
{
    [Fact]
    public async Task An_asynchronous_filter_and_expansions_keep_the_order_and_every_row_is_accounted_for()
    {
        using Stage stage = With(new Register());
        Feed.Give(Enumerable.Range(1, 20).Select(id => new Trip(id, id % 4)).ToArray());

        PartitionResult result = await stage.RunAsync("trips");

        result.Failure.ShouldBeNull();
        Trip[] driven = [.. Enumerable.Range(1, 20).Where(id => id % 5 != 0).Select(id => new Trip(id, id % 4))];
        TripStop[] stops = [.. driven.SelectMany(trip => Enumerable.Range(1, trip.Stops).Select(stop => new TripStop(trip.Id, stop)))];
        stage.Query<(long, long)>("select trip, number from trip_stop order by rowid").ShouldBe(stops.Select(stop => ((long)stop.Trip, (long)stop.Number)));
        stage.Query<(long, long, string)>("select trip, number, name from stop_name order by rowid")
            .ShouldBe(stops.Where(stop => stop.Number % 2 == 1).SelectMany(stop => new[] { "a", "b" }.Select(name => ((long)stop.Trip, (long)stop.Number, name))));
        result.Counts.Read.ShouldBe(20);
        result.Counts.Loaded.ShouldBe(stops.Length + (stops.Count(stop => stop.Number % 2 == 1) * 2));
    }

    [Fact]
    public async Task What_one_row_becomes_may_be_more_than_a_batch_holds()
    {
        using Stage stage = With(new Register());
        Feed.Give(new Trip(2, 9000), new Trip(4, 1), new Trip(6, 5000));
        (await stage.RunAsync("trips")).Failure.ShouldBeNull();
        stage.Query<(long, long, long)>("select trip, count(*), sum(number) from trip_stop group by trip order by trip")
            .ShouldBe([(2, 9000, 9000 * 9001 / 2), (4, 1, 1), (6, 5000, 5000 * 5001 / 2)]);
    }

    [Fact]
    public async Task Null_instead_of_rows_is_named_with_the_row_it_was_given_for()
    {
        using Stage stage = With(new Register());
        Feed.Give(new Trip(77, 1), new Trip(7, 1), new Trip(1, 0));
        (await stage.RunAsync("trips")).Failure!.What.ShouldBe("step Names failed at All:1 on the row TripStop { Trip = 77, Number = 1 }: it gave null, where rows were expected");
    }

    [Fact]
    public async Task Many_rows_of_each_of_many_pass_through()
    {
        using Stage stage = With(new Register());
        Feed.Give(Enumerable.Range(1, 500).Select(id => new Trip(id * 2, 50)).ToArray());
        (await stage.RunAsync("trips")).Failure.ShouldBeNull();
        stage.Query<(long, long)>("select count(*), sum(trip * 1000 + number) from trip_stop").ShouldBe(
            [(20_000, Enumerable.Range(1, 500).Where(id => id * 2 % 5 != 0).Sum(id => Enumerable.Range(1, 50).Sum(stop => ((long)id * 2 * 1000) + stop)))]);
    }

    [Fact]
    public async Task What_fails_once_is_tried_again_and_what_fails_twice_is_named_with_its_row()
    {
        var register = new Register { Fails = 1 };
        using Stage stage = With(register);
        Feed.Give(new Trip(1, 1), new Trip(2, 1));
        (await stage.RunAsync("trips")).Failure.ShouldBeNull();

        Feed.Give(new Trip(1, 1), new Trip(2, -1), new Trip(3, -1));
        PartitionResult result = await stage.RunAsync("trips");
        result.Failure!.What.ShouldBe("step Stops failed at All:2 on the row Trip { Id = 2, Stops = -1 }: InvalidOperationException: no such stop");
        (await stage.Ledger.FindPartitionAsync("trips", "all", CancellationToken.None))!.State.ShouldBe(PartitionState.Failed);

        register.Fails = int.MaxValue;
        (await stage.RunAsync("trips")).Failure!.What.ShouldBe("step IsDriven failed at All:1 on the row Trip { Id = 1, Stops = 1 }: TimeoutException: the register is asleep");
    }

    private static Stage With(Register register)
    {
        var stage = new Stage();
        stage.Services.AddSingleton<ITripRegister>(register);
        stage.AddPipeline<TripsPipeline>();
        return stage;
    }

    private sealed class Register : ITripRegister
    {
        internal int Fails { get; set; }

        public async Task<bool> IsDrivenAsync(int trip, CancellationToken cancellationToken)
        {
            await Task.Delay(trip % 3, cancellationToken);
            if (trip == 1 && Fails-- > 0)
            {
                throw new TimeoutException("the register is asleep");
            }

            return trip % 5 != 0;
        }
    }
}
