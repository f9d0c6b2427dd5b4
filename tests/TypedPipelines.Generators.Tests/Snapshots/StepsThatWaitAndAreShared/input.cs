using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Geo;

public sealed record Place(int Id, string Name);

public sealed record Located(int Id, string Name, int Zip);

[ReplaceTable]
public sealed record PlaceRow([property: Key] int Id, [MaxLength(50)] string Name, int Zip);

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

    [Step(MaxConcurrency = 4), Retry(2)]
    async Task<Located?> Locate([From(nameof(IsNew))] Place place, CancellationToken cancellationToken) =>
        new(place.Id, place.Name, geocoder is null ? 0 : await geocoder.ZipAsync(place.Name, cancellationToken));
}
