using System.Globalization;

namespace TypedPipelines.Testing;

/// <summary>Values that are known for trouble, of which each fits its member.</summary>
internal static class EdgeValues
{
    private const int Longest = 200;

    /// <summary>Empty, blank, quoted, with line breaks, like null or a number with zeros before it, of two code units a character, composed and not, of letters whose other case is another with the culture.</summary>
    private static readonly string[] Texts = ["", " ", "O'Brien, \"Jr\"; --", "a\r\nb\tc", "null", "007", "𝄞😀", "e\u0301", "\u00e9", "İıßſ"];

    /// <summary>The edges of a member's values; null where its type has none.</summary>
    internal static IReadOnlyList<object?>? Of(RowMember member, Partition? within)
    {
        if (member.KeepsDefault || member.Range is not null || member.Allowed is not null)
        {
            return null;
        }

        IEnumerable<object?>? edges = OfType(member, within is { HasWindow: true } ? within : null);
        return edges is null ? null : [.. member.IsNullable ? [null] : Array.Empty<object?>(), .. edges];
    }

    private static IEnumerable<object?>? OfType(RowMember member, Partition? within)
    {
        Type type = member.Type;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => null,
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 =>
                [Field(type, nameof(int.MinValue)), Field(type, nameof(int.MaxValue)), Convert.ChangeType(0, type, CultureInfo.InvariantCulture)],
            TypeCode.Single => [float.MinValue, float.MaxValue, float.Epsilon, 0.1f],
            TypeCode.Double => [double.MinValue, double.MaxValue, double.Epsilon, 0.1],
            TypeCode.Decimal => Decimals(member.Precision),
            TypeCode.String => [.. Texts.Append(new string('x', member.MaxLength ?? Longest)).Select(text => Cut(text, member.MaxLength ?? int.MaxValue))],
            TypeCode.DateTime => Instants(within).Select(instant => (object?)instant.UtcDateTime),
            _ when type == typeof(DateTimeOffset) => Instants(within).Select(instant => (object?)instant),
            _ when type == typeof(DateOnly) => within is null
                ? [new DateOnly(1, 1, 1), new DateOnly(9999, 12, 30), new DateOnly(2024, 2, 29)]
                : [within.Window.StartDate, within.Window.EndDate.AddDays(-1)],
            _ when type == typeof(TimeOnly) => [TimeOnly.MinValue, TimeOnly.MaxValue],
            _ when type == typeof(Guid) => [Guid.Empty, Guid.AllBitsSet],
            _ when type == typeof(byte[]) => [Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 0xFF }],
            _ => null,
        };
    }

    private static object? Field(Type type, string name) => type.GetField(name)!.GetValue(null);

    private static object?[] Decimals(PrecisionAttribute? precision)
    {
        if (precision is null)
        {
            return [decimal.MinValue, decimal.MaxValue, 0.1m];
        }

        int digits = Math.Min(precision.Precision, 28);
        decimal most = 0;
        for (int i = 0; i < digits; i++)
        {
            most = (most * 10) + 9;
        }

        int scale = Math.Min(precision.Scale, digits);
        most = new decimal(decimal.GetBits(most)[0], decimal.GetBits(most)[1], decimal.GetBits(most)[2], false, (byte)scale);
        return [-most, most, new decimal(1, 0, 0, false, (byte)scale)];
    }

    /// <summary>The two instants at which clocks of Berlin say half past two, the first and the last of all, and one of a tenth of a microsecond.</summary>
    private static DateTimeOffset[] Instants(Partition? within) => within is null
        ?
        [
            new(2024, 10, 27, 0, 30, 0, TimeSpan.Zero), new(2024, 10, 27, 1, 30, 0, TimeSpan.Zero),
            new(1, 1, 1, 0, 0, 0, TimeSpan.Zero), new(9999, 12, 30, 23, 59, 59, TimeSpan.Zero), new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999),
        ]
        : [within.Start, within.End.AddTicks(-1)];

    /// <summary>Never between the two code units of one character.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text
        : length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];
}
