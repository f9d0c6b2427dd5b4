using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Types;

public enum Colour : byte { Red, Green }

[Table("every \"type\"", Schema = "lab")]
[ReplaceTable(OnInvalid = RowAction.Drop)]
public sealed record Everything(
    [property: Key] int Id,
    bool Flag, bool? FlagOrNull,
    byte Tiny, sbyte Signed, short Small, ushort Word, uint Wide, long Big, long? BigOrNull,
    float Real, double Precise, double? PreciseOrNull,
    [Precision(12, 3)] decimal Money, [property: Column(TypeName = "decimal(20, 2)")] decimal? MoneyOrNull,
    [Range(typeof(DateOnly), "2000-01-01", "2099-12-31")] DateOnly Day, DateOnly? DayOrNull, TimeOnly Time, TimeOnly? TimeOrNull,
    DateTime Utc, DateTime? UtcOrNull, DateTimeOffset Instant, DateTimeOffset? InstantOrNull,
    Guid Guid, Guid? GuidOrNull,
    [Required, MinLength(2), MaxLength(10)] string Text, [StringLength(10, MinimumLength = 1)] string? TextOrNull,
    [Length(1, 16)] byte[] Bytes, byte[]? BytesOrNull,
    Colour Colour, Colour? ColourOrNull,
    [Required] int? Demanded,
    [Range(0.5, 9.5)] double Share, [Range(0, 10)] int? Count,
    [property: Column("class")] string Keyword);

[Pipeline("types")]
public sealed partial class TypesPipeline
{
    [Source]
    static async IAsyncEnumerable<Everything> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }
}
