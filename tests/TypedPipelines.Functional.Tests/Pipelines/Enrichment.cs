using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Place(int Id, string Name);

public sealed record Located(int Id, string Name, int Zip);

[ReplaceTable]
public sealed record PlaceRow([property: Key] int Id, [MaxLength(50)] string Name, int Zip, int Came);

[ReplaceTable]
public sealed record PlaceTotal([property: Key] int Parity, int Places);

/// <summary>A service that answers a while after it is asked, and knows how often at a time it was.</summary>
public interface IGeocoder
{
    Task<int> ZipAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Two asynchronous steps one behind the other on an object with a service, and a whole-set step that takes what came of them.</summary>
[Pipeline("places")]
public sealed partial class PlacesPipeline(IGeocoder geocoder, IFormatProvider? culture = null)
{
    private int _came;

    [Source]
    static IEnumerable<Place> Landing(Partition all) => Feed.Take<Place>(all);

    [Step]
    static bool HasName(Place place) => place.Name.Length > 0;

    [Step(MaxConcurrency = 4), Retry(2, DelayMilliseconds = 1)]
    async ValueTask<Located?> Locate([From(nameof(HasName))] Place place, CancellationToken cancellationToken) =>
        await geocoder.ZipAsync(place.Name, cancellationToken) is > 0 and var zip ? new Located(place.Id, place.Name, zip) : null;

    [Step]
    PlaceRow Write(Located located) => new(located.Id, located.Name.ToUpper((CultureInfo?)culture ?? CultureInfo.InvariantCulture), located.Zip, ++_came);

    [Step]
    static async IAsyncEnumerable<PlaceTotal> Total(IAsyncEnumerable<Located> places)
    {
        var counts = new SortedDictionary<int, int>();
        await foreach (Located place in places)
        {
            counts[place.Id % 2] = counts.GetValueOrDefault(place.Id % 2) + 1;
        }

        foreach ((int parity, int count) in counts)
        {
            yield return new PlaceTotal(parity, count);
        }
    }
}

public interface IHasText
{
    string Text { get; }
}

public sealed record Remark(int Id, string Text) : IHasText;

public sealed record Comment(int Id, string Text) : IHasText;

[ReplaceTable]
public sealed record RemarkRow([property: Key] int Id, [MaxLength(50)] string Text);

[ReplaceTable]
public sealed record CommentRow([property: Key] int Id, [MaxLength(50)] string Text);

/// <summary>Steps that pipelines share; each takes those for its rows.</summary>
internal static class TextSteps
{
    [Step]
    internal static RemarkRow OfRemark(Remark remark) => new(remark.Id, remark.Text.Trim());

    [Step]
    internal static CommentRow OfComment([From("IsLongEnough")] Comment comment) => new(comment.Id, comment.Text.Trim());
}

/// <summary>A step written once for every row that has a text.</summary>
internal static class LongEnough<T>
    where T : IHasText
{
    [Step]
    internal static bool IsLongEnough(T row) => row.Text.Length > 3;
}

[Pipeline("remarks"), StepsFrom(typeof(TextSteps))]
public sealed partial class RemarksPipeline
{
    [Source]
    static IEnumerable<Remark> Landing(Partition all) => Feed.Take<Remark>(all);
}

[Pipeline("comments"), StepsFrom(typeof(TextSteps)), StepsFrom(typeof(LongEnough<Comment>))]
public sealed partial class CommentsPipeline
{
    [Source]
    static IEnumerable<Comment> Landing(Partition all) => Feed.Take<Comment>(all);
}
