using System.Globalization;

namespace TypedPipelines;

/// <summary>
/// Numbers with a decimal point from UTF-8. One scan decides whether the text is a number and computes the common short ones
/// exactly; the base library computes the rest, and so never sees what it would take and must not: NaN, trailing NULs,
/// thousands separators. Each gives the reason it failed.
/// </summary>
internal static class CsvDecimalNumber
{
    private const int DigitsThatAlwaysFit = 19;
    private const int MostDecimals = 28;
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private const ulong DoubleIsExactUpTo = 1ul << 53;
    private const ulong FloatIsExactUpTo = 1ul << 24;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static ReadOnlySpan<float> FloatPowersOfTen => [1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f];

    internal static string? Read(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (!Scan(text, out Number number) || number.HasExponent)
        {
            return "is not a number of type Decimal";
        }

        if (number.Digits <= DigitsThatAlwaysFit)
        {
            value = new decimal((int)number.Mantissa, (int)(number.Mantissa >> 32), 0, number.Negative, (byte)number.Decimals);
            return null;
        }

        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
        {
            return number.Negative ? "is too small for Decimal" : "is too large for Decimal";
        }

        // The base library rounds what does not fit, and a load that changes an amount must not go unnoticed.
        int decimals = number.Decimals == 0 ? 0 : number.Decimals - (text.Length - text.TrimEnd((byte)'0').Length);
        return decimals <= value.Scale ? null : $"has more digits than a Decimal holds (up to {MostDecimals})";
    }

    internal static string? Read(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (!Scan(text, out Number number))
        {
            return "is not a number of type Double";
        }

        // One division of two exactly represented numbers is correctly rounded (Clinger's fast path).
        if (number is { Digits: <= DigitsThatAlwaysFit, HasExponent: false, Mantissa: <= DoubleIsExactUpTo })
        {
            value = number.Mantissa / PowersOfTen[number.Decimals];
            value = number.Negative ? -value : value;
            return null;
        }

        return double.TryParse(text, Style | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
            ? null
            : number.Negative ? "is too small for Double" : "is too large for Double";
    }

    internal static string? Read(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        if (!Scan(text, out Number number))
        {
            return "is not a number of type Single";
        }

        if (number is { Digits: <= DigitsThatAlwaysFit, HasExponent: false, Mantissa: <= FloatIsExactUpTo, Decimals: <= 10 })
        {
            value = number.Mantissa / FloatPowersOfTen[number.Decimals];
            value = number.Negative ? -value : value;
            return null;
        }

        return float.TryParse(text, Style | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && float.IsFinite(value)
            ? null
            : number.Negative ? "is too small for Single" : "is too large for Single";
    }

    /// <summary>Scans sign, digits, point, digits, exponent. The mantissa is meaningful up to 19 digits.</summary>
    private static bool Scan(ReadOnlySpan<byte> text, out Number number)
    {
        number = default;
        int at = 0;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            number.Negative = text[0] == '-';
            at = 1;
        }

        ulong mantissa = 0;
        int point = -1;
        int start = at;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)text[at] - '0';
            if (digit <= 9)
            {
                mantissa = unchecked((mantissa * 10) + digit);
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        number.Mantissa = mantissa;
        number.Digits = at - start - (point < 0 ? 0 : 1);
        number.Decimals = point < 0 ? 0 : at - point - 1;
        if (at == text.Length || number.Digits == 0)
        {
            return number.Digits > 0;
        }

        number.HasExponent = true;
        return text[at] is (byte)'e' or (byte)'E' && CsvWholeNumber.TryScan(text[(at + 1)..], out _, out _, out _);
    }

    private struct Number
    {
        internal ulong Mantissa;
        internal int Digits;
        internal int Decimals;
        internal bool Negative;
        internal bool HasExponent;
    }
}
