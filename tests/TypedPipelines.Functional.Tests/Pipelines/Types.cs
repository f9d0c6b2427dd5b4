using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public enum Colour : byte
{
    Red = 1,
    Green = 200,
}

[Table("every \"type\"; drop table x")]
[ReplaceTable]
public sealed record Everything(
    [property: Key] int Id,
    bool Flag,
    bool? FlagOrNull,
    byte Tiny,
    sbyte Signed,
    short Small,
    ushort Word,
    uint Wide,
    long Big,
    long? BigOrNull,
    float Real,
    double Precise,
    double? PreciseOrNull,
    [Precision(12, 3)] decimal Money,
    [Precision(28, 6)] decimal? MoneyOrNull,
    DateOnly Day,
    DateOnly? DayOrNull,
    TimeOnly Time,
    TimeOnly? TimeOrNull,
    DateTime Utc,
    DateTime? UtcOrNull,
    DateTimeOffset Instant,
    DateTimeOffset? InstantOrNull,
    Guid Guid,
    Guid? GuidOrNull,
    string Text,
    string? TextOrNull,
    Colour Colour,
    Colour? ColourOrNull,
    [Required] int? Demanded,
    [property: Column("select")] string Keyword);

/// <summary>Reads back what was loaded and loads it elsewhere: both ways through the database.</summary>
[ReplaceTable]
public sealed record EverythingAgain([property: Key] int Id, string Shown);

/// <summary>Every way to say how long a text may be, and that it must say something.</summary>
[Merge(OnInvalid = RowAction.Quarantine)]
public sealed record Label(
    [property: Key, MaxLength(100)] string Code,
    [Required] string Name,
    [Required(AllowEmptyStrings = true)] string Note = "",
    [MinLength(2)] string? Short = null,
    [StringLength(4, MinimumLength = 1)] string? Text = null,
    [Length(2, 3)] byte[]? Bytes = null);

[Pipeline("labels")]
public sealed partial class LabelsPipeline
{
    [Source]
    static IEnumerable<Label> All(Partition partition) => Feed.Take<Label>(partition);
}

[Pipeline("types")]
public sealed partial class TypesPipeline
{
    [Source]
    static async IAsyncEnumerable<Everything> All(Partition partition)
    {
        await Task.Yield();
        foreach (Everything row in Feed.Take<Everything>(partition))
        {
            yield return row;
        }
    }
}

[Pipeline("types-again")]
public sealed partial class TypesAgainPipeline
{
    [Source]
    static Table<Everything> Loaded() => Table<Everything>.All;

    [Step]
    static EverythingAgain Show(Everything row) => new(row.Id, row.ToString());
}
