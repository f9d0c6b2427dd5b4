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
    [property: Column("class")] string Keyword,
    [Range(typeof(TimeOnly), "08:00", "17:30:00.5", MaximumIsExclusive = true)] TimeOnly? Begin = null,
    [Range(typeof(DateTime), "2000-01-01", "2099-12-31T23:59:59.9999999Z")] DateTime? Stamp = null,
    [Range(typeof(DateTimeOffset), "2000-01-01T00:00+01:00", "2100-01-01", MaximumIsExclusive = true)] DateTimeOffset? Seen = null,
    [Range(typeof(decimal), "0.01", "1e6"), Precision(12, 2)] decimal? Price = null,
    [Range(0, int.MaxValue)] byte? Octet = null, [Range(0, 1)] Colour? Ranged = null,
    [AllowedValues("a", "b", null)] string? Grade = null, [DeniedValues(0, 13)] int Odd = 1,
    [AllowedValues(Colour.Red, Colour.Green)] Colour Listed = Colour.Red, [AllowedValues(0.5f)] float Half = 0.5f,
    [RegularExpression("[A-Z]{3}\\d?", MatchTimeoutInMilliseconds = 500)] string? Iata = null,
    [EmailAddress] string? Mail = null, [Even(2, Names = new[] { "x", null })] int? Even = null);

public sealed class EvenAttribute(object divisor) : ValidationAttribute
{
    public string?[]? Names { get; set; }

    public override bool IsValid(object? value) => value is null || (int)value % (int)divisor == 0;
}

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
