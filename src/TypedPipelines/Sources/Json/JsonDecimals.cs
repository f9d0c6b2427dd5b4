using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedPipelines;

/// <summary>Decimals that are what was written: the serializer rounds a number that has more digits than a decimal holds.</summary>
internal sealed class JsonDecimals(bool inQuotesToo) : JsonConverter<decimal>
{
    /// <summary>So many digits always fit, wherever the point stands among them.</summary>
    private const int LengthThatAlwaysFits = 28;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        decimal value;
        ReadOnlySpan<byte> text;
        if (reader.TokenType == JsonTokenType.String && inQuotesToo)
        {
            text = Encoding.UTF8.GetBytes(reader.GetString()!);
            if (!Utf8Parser.TryParse(text, out value, out int length, text.IndexOfAny("eE"u8) < 0 ? 'G' : 'E') || length != text.Length)
            {
                throw new JsonValueException(reader.GetString()!, "is not a number of type Decimal");
            }
        }
        else
        {
            value = reader.GetDecimal();
            text = reader.ValueSpan;
        }

        return IsExact(text, value)
            ? value
            : throw new JsonValueException(JsonValueException.ValueAt(ref reader), $"has more digits than a Decimal holds (up to {LengthThatAlwaysFits})");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static bool IsExact(ReadOnlySpan<byte> text, decimal value)
    {
        if (text.Length <= LengthThatAlwaysFits && !text.ContainsAny("eE"u8))
        {
            return true;
        }

        Span<byte> shortest = stackalloc byte[64];
        value.TryFormat(shortest, out int length, default, CultureInfo.InvariantCulture);
        return Significant(text) == Significant(shortest[..length]);
    }

    /// <summary>The digits between the first and the last that are not zero, and the power of ten of the last.</summary>
    private static (string Digits, long Power) Significant(ReadOnlySpan<byte> text)
    {
        int exponent = text.IndexOfAny("eE"u8);
        ReadOnlySpan<byte> number = exponent < 0 ? text : text[..exponent];
        var digits = new StringBuilder(number.Length);
        int decimals = 0;
        bool afterPoint = false;
        foreach (byte one in number)
        {
            afterPoint |= one == '.';
            if (char.IsAsciiDigit((char)one))
            {
                digits.Append((char)one);
                decimals += afterPoint ? 1 : 0;
            }
        }

        string all = digits.ToString().TrimStart('0');
        string significant = all.TrimEnd('0');

        // An exponent that no long holds is that of a zero, for the number was read as a decimal.
        return significant.Length == 0
            ? ("", 0)
            : (significant, all.Length - significant.Length - decimals + (exponent < 0 ? 0 : long.TryParse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long power) ? power : long.MinValue / 2));
    }
}
