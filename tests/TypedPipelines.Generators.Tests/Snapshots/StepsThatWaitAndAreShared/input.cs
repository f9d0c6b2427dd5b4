using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using TypedPipelines;

namespace Geo;

public sealed record Place(int Id, string Name);

public sealed record Located(int Id, string Name, int Zip);

[ReplaceTable]
public sealed record PlaceRow([property: Key] int Id, [MaxLength(50)] string Name, int Zip);

public readonly record struct Visit(int Place, int Day);

[Merge]
public sealed record VisitDay([property: Key] int Place, [property: Key] int Day, bool Guessed);

public interface IGeocoder
{
    Task<int> ZipAsync(string name, CancellationToken cancellationToken);
}

internal static class Shared
{
    [Step]
    internal static PlaceRow Write(Located located) => new(located.Id, located.Name, located.Zip);
}

/// <summary>A step that waits for a service, tried again, between steps that do not; and one that another class has.</summary>
[Pipeline("places"), StepsFrom(typeof(Shared))]
public sealed partial class PlacesPipeline(IGeocoder? geocoder, TimeProvider? clock = null)
{
    [Source]
    static IEnumerable<Place> Landing() => [new Place(1, "a")];

    [Step]
    bool IsNew(Place place) => place.Id > (clock?.GetUtcNow().Year ?? 0);

    [Step, Retry(1)]
    static ValueTask<bool> IsOpen(PlaceRow row, CancellationToken cancellationToken) => new(row.Zip > 0);

    [Step(MaxConcurrency = 2)]
    static async IAsyncEnumerable<Visit> Visits([From(nameof(IsOpen))] PlaceRow row, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new Visit(row.Id, 1);
    }

    [Step]
    async Task<VisitDay[]> Days(Visit visit)
    {
        await Task.Yield();
        return [new VisitDay(visit.Place, visit.Day, geocoder is null)];
    }

    [Step(MaxConcurrency = 4), Retry(2)]
    async Task<Located?> Locate([From(nameof(IsNew))] Place place, CancellationToken cancellationToken) =>
        new(place.Id, place.Name, geocoder is null ? 0 : await geocoder.ZipAsync(place.Name, cancellationToken));
}
