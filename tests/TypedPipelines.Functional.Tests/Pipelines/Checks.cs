using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>Every check that DataAnnotations can declare on a member. A row of defaults passes all of them.</summary>
[Merge(OnInvalid = RowAction.Quarantine)]
public sealed record Checked([property: Key] int Id)
{
    [Range(0, 9, MaximumIsExclusive = true)]
    public int Below { get; init; }

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double? Above { get; init; }

    [Range(0, int.MaxValue)]
    public byte Octet { get; init; }

    [Range(typeof(decimal), "0.01", "99.99"), Precision(9, 2)]
    public decimal? Price { get; init; }

    [Range(typeof(DateOnly), "2020-01-01", "2029-12-31")]
    public DateOnly? Day { get; init; }

    [Range(typeof(TimeOnly), "08:00", "09:00")]
    public TimeOnly? Begin { get; init; }

    [Range(typeof(DateTime), "2020-01-01", "2021-01-01", MaximumIsExclusive = true)]
    public DateTime? Utc { get; init; }

    [Range(typeof(DateTimeOffset), "2020-01-01T01:00+01:00", "2020-12-31T23:59:59.5Z")]
    public DateTimeOffset? At { get; init; }

    [AllowedValues("a", "b", null)]
    public string? Grade { get; init; }

    [DeniedValues(13, -1)]
    public long Lucky { get; init; }

    [AllowedValues(Colour.Green, null)]
    public Colour? Light { get; init; }

    [RegularExpression("a|ab")]
    public string? Code { get; init; }

    [EmailAddress]
    public string? Mail { get; init; }

    [Base64String]
    public string? Data { get; init; }

    [Even]
    public int Pairs { get; init; }
}

[AttributeUsage(AttributeTargets.Property)]
public sealed class EvenAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is int number && number % 2 == 0;
}

[Merge(OnInvalid = RowAction.Drop)]
public sealed record Slow([property: Key] int Id, [RegularExpression("(a+)+b", MatchTimeoutInMilliseconds = 50)] string Text);

[Pipeline("checked")]
public sealed partial class CheckedPipeline
{
    [Source]
    static IEnumerable<Checked> All(Partition partition) => Feed.Take<Checked>(partition);
}

[Pipeline("slow")]
public sealed partial class SlowPipeline
{
    [Source]
    static IEnumerable<Slow> All(Partition partition) => Feed.Take<Slow>(partition);
}
