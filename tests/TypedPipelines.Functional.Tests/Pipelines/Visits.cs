using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public readonly record struct Trip(int Id, int Stops);

[ReplaceTable]
public sealed record TripStop([property: Key] int Trip, [property: Key] int Number);

[ReplaceTable]
public sealed record StopName([property: Key] int Trip, [property: Key] int Number, [property: Key, MaxLength(10)] string Name);

/// <summary>A register that answers after a while, and now and then not at the first time.</summary>
public interface ITripRegister
{
    Task<bool> IsDrivenAsync(int trip, CancellationToken cancellationToken);
}

/// <summary>An asynchronous filter of structs, and two asynchronous steps that make several rows of each.</summary>
[Pipeline("trips")]
public sealed partial class TripsPipeline(ITripRegister register)
{
    [Source]
    static IEnumerable<Trip> All(Partition all) => Feed.Take<Trip>(all);

    [Step(MaxConcurrency = 3), Retry(1, DelayMilliseconds = 1)]
    async Task<bool> IsDriven(Trip trip, CancellationToken cancellationToken) => await register.IsDrivenAsync(trip.Id, cancellationToken);

    [Step(MaxConcurrency = 2), Retry(1, DelayMilliseconds = 1)]
    static async IAsyncEnumerable<TripStop> Stops([From(nameof(IsDriven))] Trip trip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int stop = 1; stop <= trip.Stops; stop++)
        {
            await Task.Delay(trip.Id % 2, cancellationToken);
            yield return new TripStop(trip.Id, stop);
        }

        if (trip.Stops < 0)
        {
            throw new InvalidOperationException("no such stop");
        }
    }

    [Step]
    static async ValueTask<List<StopName>> Names(TripStop stop)
    {
        await Task.Yield();
        return stop.Trip == 77 ? null! : stop.Number % 2 == 0 ? [] : [new StopName(stop.Trip, stop.Number, "a"), new StopName(stop.Trip, stop.Number, "b")];
    }
}
