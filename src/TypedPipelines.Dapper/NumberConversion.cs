using System.Globalization;
using System.Numerics;

namespace TypedPipelines.Queries;

/// <summary>Numbers of a database as numbers of C#: in range and, but for the rounding that is the nature of floating point, exact.</summary>
internal static class NumberConversion
{
    internal static string? Whole<T>(object value, out object? converted)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        converted = null;
        if (value is T same)
        {
            converted = same;
            return null;
        }

        if (ToWhole(value, out Int128 number) is { } reason)
        {
            return reason;
        }

        if (number < Int128.CreateChecked(T.MinValue))
        {
            return $"is too small for {typeof(T).Name}";
        }

        if (number > Int128.CreateChecked(T.MaxValue))
        {
            return $"is too large for {typeof(T).Name}";
        }

        converted = T.CreateChecked(number);
        return null;
    }

    /// <summary>A whole number of any type, or a text of one.</summary>
    internal static string? ToWhole(object value, out Int128 number)
    {
        number = 0;
        switch (value)
        {
            case long or int or short or sbyte:
                number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                return null;
            case ulong or uint or ushort or byte:
                number = Convert.ToUInt64(value, CultureInfo.InvariantCulture);
                return null;
            case decimal fraction when decimal.Truncate(fraction) == fraction:
                number = (Int128)fraction;
                return null;
            case double fraction when Math.Truncate(fraction) == fraction && Math.Abs(fraction) < 1e30:
                number = (Int128)fraction;
                return null;
            case float fraction when MathF.Truncate(fraction) == fraction && Math.Abs(fraction) < 1e30f:
                number = (Int128)fraction;
                return null;
            case decimal or double or float:
                return "is not a whole number";
            case string text:
                if (!CsvWholeNumber.TryScan(ValueConversion.Utf8(text), out ulong magnitude, out bool negative, out bool tooLarge))
                {
                    return "is not a whole number";
                }

                number = negative ? -(Int128)magnitude : magnitude;
                return tooLarge ? "is too large for a whole number" : null;
            default:
                return ValueConversion.IsOfType(value, "a whole number");
        }
    }

    internal static string? Decimal(object value, out object? converted)
    {
        decimal read = 0;
        string? reason = value switch
        {
            decimal given => Take(given, out read),
            string text => CsvDecimalNumber.Read(ValueConversion.Utf8(text), out read),
            // The shortest text that is this very number: 0.1 is 0.1, not the fraction that its bits stand for.
            double or float => decimal.TryParse(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out read)
                && (value is float single ? (float)read == single : (double)read == (double)value) ? null : "is not a number that a Decimal holds",
            _ => ToWhole(value, out Int128 number) ?? (Int128.Abs(number) > (Int128)decimal.MaxValue ? "is too large for Decimal" : Take((decimal)number, out read)),
        };
        converted = read;
        return reason;
    }

    internal static string? Double(object value, out object? converted)
    {
        double read = 0;
        string? reason = value switch
        {
            double given => Take(given, out read),
            float given => Take(given, out read),
            decimal given => Take((double)given, out read),
            string text => CsvDecimalNumber.Read(ValueConversion.Utf8(text), out read),
            _ => ToWhole(value, out Int128 number) ?? ((Int128)(double)number == number ? Take((double)number, out read) : "has more digits than a Double holds"),
        };
        converted = read;
        return reason;
    }

    internal static string? Single(object value, out object? converted)
    {
        converted = null;
        if (value is float same)
        {
            converted = same;
            return null;
        }

        if (Double(value, out object? wide) is { } reason)
        {
            return reason;
        }

        var number = (double)wide!;
        float read = (float)number;
        converted = read;
        return float.IsInfinity(read) && !double.IsInfinity(number) ? "is too large for Single" : null;
    }

    private static string? Take<T>(T given, out T read)
    {
        read = given;
        return null;
    }
}
