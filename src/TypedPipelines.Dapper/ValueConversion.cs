using System.Reflection;
using System.Text;

namespace TypedPipelines.Queries;

/// <summary>Makes a value of a database one of a member's type.</summary>
/// <param name="value">The value; never null.</param>
/// <param name="converted">The value for the member.</param>
/// <returns>Null for success, else the reason, as it follows the value in a sentence.</returns>
internal delegate string? Conversion(object value, out object? converted);

/// <summary>
/// Conversions that lose nothing: databases have fewer types than C#, SQLite has five. Text is read by the rules of CSV files.
/// </summary>
internal static class ValueConversion
{
    private static readonly MethodInfo EnumMethod = typeof(ValueConversion).GetMethod(nameof(EnumOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly Dictionary<Type, Conversion> Known = new()
    {
        [typeof(byte)] = NumberConversion.Whole<byte>,
        [typeof(sbyte)] = NumberConversion.Whole<sbyte>,
        [typeof(short)] = NumberConversion.Whole<short>,
        [typeof(ushort)] = NumberConversion.Whole<ushort>,
        [typeof(int)] = NumberConversion.Whole<int>,
        [typeof(uint)] = NumberConversion.Whole<uint>,
        [typeof(long)] = NumberConversion.Whole<long>,
        [typeof(ulong)] = NumberConversion.Whole<ulong>,
        [typeof(decimal)] = NumberConversion.Decimal,
        [typeof(double)] = NumberConversion.Double,
        [typeof(float)] = NumberConversion.Single,
        [typeof(bool)] = Boolean,
        [typeof(string)] = Text,
        [typeof(char)] = Character,
        [typeof(Guid)] = GuidOf,
        [typeof(DateOnly)] = MomentConversion.Date,
        [typeof(TimeOnly)] = MomentConversion.Time,
        [typeof(TimeSpan)] = MomentConversion.Span,
        [typeof(DateTime)] = MomentConversion.DateAndTime,
        [typeof(DateTimeOffset)] = MomentConversion.Moment,
    };

    internal static Conversion To(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Known.TryGetValue(type, out Conversion? known) ? known
            : type.IsEnum ? EnumMethod.MakeGenericMethod(type).CreateDelegate<Conversion>()
            : (object value, out object? converted) => Same(type, value, out converted);
    }

    /// <summary>The text in the encoding that the readers of CSV take.</summary>
    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal static string IsOfType(object value, string wanted) => $"is of type {value.GetType().Name}, which is not read as {wanted}";

    private static string? Same(Type type, object value, out object? converted)
    {
        converted = value;
        return type.IsInstanceOfType(value) ? null : IsOfType(value, type.Name);
    }

    private static string? Text(object value, out object? converted)
    {
        converted = value is char character ? character.ToString() : value as string;
        return converted is null ? IsOfType(value, "text") : null;
    }

    private static string? Character(object value, out object? converted)
    {
        converted = value is string { Length: 1 } text ? text[0] : value as char?;
        return converted is not null ? null : value is string ? "is not one character" : IsOfType(value, nameof(Char));
    }

    private static string? Boolean(object value, out object? converted)
    {
        bool read = false;
        string? reason = value switch
        {
            bool given => (read = given, (string?)null).Item2,
            string text => CsvRecord.ReadBoolean(Utf8(text), out read),
            _ when NumberConversion.ToWhole(value, out Int128 number) is null => (read = number == 1, number == 0 || number == 1 ? null : "is neither true, false, 1 nor 0").Item2,
            _ => IsOfType(value, nameof(Boolean)),
        };
        converted = read;
        return reason;
    }

    private static string? GuidOf(object value, out object? converted)
    {
        Guid read = default;
        string? reason = value switch
        {
            Guid given => (read = given, (string?)null).Item2,
            string text => CsvRecord.ReadGuid(Utf8(text), out read),
            _ => IsOfType(value, nameof(Guid)),
        };
        converted = read;
        return reason;
    }

    private static string? EnumOf<TEnum>(object value, out object? converted)
        where TEnum : struct, Enum
    {
        TEnum read = default;
        string? reason = value switch
        {
            TEnum given => (read = given, (string?)null).Item2,
            string text => CsvEnum<TEnum>.Read(Utf8(text), out read),
            _ when NumberConversion.ToWhole(value, out Int128 number) is null => CsvEnum<TEnum>.Read(Utf8(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), out read),
            _ => IsOfType(value, typeof(TEnum).Name),
        };
        converted = read;
        return reason;
    }
}
