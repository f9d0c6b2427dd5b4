using System.Buffers;
using System.Globalization;
using System.Text;

namespace TypedPipelines;

/// <summary>A value that a statement takes as a parameter.</summary>
/// <param name="Type">Its type: that of the columns which hold such values.</param>
/// <param name="Value">
/// The value in the CLR type behind <paramref name="Type"/>, an instant as a <see cref="DateTimeOffset"/> with offset zero; or null.
/// </param>
public readonly record struct SqlValue(ColumnType Type, object? Value)
{
    /// <summary>The value of a hole.</summary>
    /// <exception cref="PipelineException">No column holds values of its type, or it is a time that names no instant.</exception>
    internal static SqlValue Of<TValue>(TValue value)
    {
        Type type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        Type stored = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        ColumnType column = ColumnOf(stored) ?? throw new PipelineException(
            FailureKind.Step,
            $"a hole holds a {type.Name}, which no column holds",
            "A hole takes a table that the method takes as a parameter, or a value of a type that a column can have.");
        return new SqlValue(column, value is null ? null : Canonical(column, type.IsEnum ? Convert.ChangeType(value, stored, CultureInfo.InvariantCulture) : value));
    }

    private static ColumnType? ColumnOf(Type type) => System.Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => ColumnType.Boolean,
        TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 => ColumnType.Int16,
        TypeCode.UInt16 or TypeCode.Int32 => ColumnType.Int32,
        TypeCode.UInt32 or TypeCode.Int64 => ColumnType.Int64,
        TypeCode.Single => ColumnType.Single,
        TypeCode.Double => ColumnType.Double,
        TypeCode.Decimal or TypeCode.UInt64 => ColumnType.Decimal,
        TypeCode.DateTime => ColumnType.Instant,
        TypeCode.String => ColumnType.String,
        _ when type == typeof(DateTimeOffset) => ColumnType.Instant,
        _ when type == typeof(DateOnly) => ColumnType.Date,
        _ when type == typeof(TimeOnly) => ColumnType.Time,
        _ when type == typeof(Guid) => ColumnType.Guid,
        _ when type == typeof(byte[]) => ColumnType.Bytes,
        _ => null,
    };

    private static object Canonical(ColumnType type, object value) => (type, value) switch
    {
        (ColumnType.Int16, not short) => Convert.ToInt16(value, CultureInfo.InvariantCulture),
        (ColumnType.Int32, not int) => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        (ColumnType.Int64, not long) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (ColumnType.Decimal, not decimal) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        (_, string text) when !IsWhole(text) => throw new PipelineException(
            FailureKind.Step, $"a hole holds the text {Quote.Text(text)} with half of a surrogate pair, which is no text", "Leave it out, or mend it where it comes from."),
        (_, DateTime { Kind: not DateTimeKind.Utc } local) => throw new PipelineException(
            FailureKind.Step, $"a hole holds a DateTime of kind {local.Kind}, which names no instant", "Make it UTC, or use a DateTimeOffset."),
        (_, DateTime utc) => new DateTimeOffset(utc),
        (_, DateTimeOffset instant) => instant.ToUniversalTime(),
        _ => value,
    };

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        for (int length; !text.IsEmpty; text = text[length..])
        {
            if (Rune.DecodeFromUtf16(text, out _, out length) != OperationStatus.Done)
            {
                return false;
            }
        }

        return true;
    }
}
