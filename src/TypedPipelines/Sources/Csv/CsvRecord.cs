using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace TypedPipelines;

/// <summary>
/// One record of a CSV file, with typed reads that allocate nothing but the strings a row asks for. No read depends on the
/// culture of the machine, and none trims white space. A read that fails says so, and the record remembers the first failure.
/// </summary>
public ref partial struct CsvRecord
{
    private const string Empty = "is empty, and the column holds no nulls";

    private readonly CsvReader _reader;
    private readonly int[] _fields;
    private readonly byte[][] _nameFields;

    /// <summary>A record as the scanner has it now.</summary>
    /// <param name="reader">The scanner, on the record.</param>
    /// <param name="fields">For every column of the contract, the position of its field in the file.</param>
    /// <param name="nameFields">The fields that are not in the file but in its name, which have the complements of their positions.</param>
    internal CsvRecord(CsvReader reader, int[] fields, byte[][] nameFields)
    {
        _nameFields = nameFields;
        _reader = reader;
        _fields = fields;
    }

    /// <summary>The position in <see cref="CsvContract{TRow}.Columns"/> of the first column that could not be read; -1 while there is none.</summary>
    public int FailedColumn { get; private set; } = -1;

    /// <summary>Why <see cref="FailedColumn"/> could not be read, as it follows the value in a sentence; null while there is none.</summary>
    public string? FailedReason { get; private set; }

    /// <summary>Reads text as it stands, without its quotes; an empty field is an empty text.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The text.</param>
    public readonly bool TryRead(int column, out string value)
    {
        value = Encoding.UTF8.GetString(Field(column)); // The source has made sure that the record is valid UTF-8.
        return true;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>, in any case, or <c>1</c> or <c>0</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out bool value) => Succeeds(column, ReadBoolean(Field(column), out value));

    /// <summary>Reads a GUID of 32 hexadecimal digits: with hyphens, in braces or parentheses with hyphens, or digits only.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out Guid value) => Succeeds(column, ReadGuid(Field(column), out value));

    /// <summary>Reads the name of an enum member, in any case, or the number of a defined one.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The member.</param>
    public bool TryReadEnum<TEnum>(int column, out TEnum value)
        where TEnum : struct, Enum =>
        Succeeds(column, CsvEnum<TEnum>.Read(Field(column), out value));

    /// <summary>The value of a field, unquoted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Field(int column)
    {
        int field = _fields[column];
        return field >= 0 ? _reader.GetSpan(field) : _nameFields[~field];
    }

    /// <summary>Passes a parser's verdict on: null is success, and anything else the reason it failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Succeeds(int column, string? reason) => reason is null || Fail(column, reason);

    private bool Fail(int column, string reason)
    {
        if (FailedColumn < 0)
        {
            FailedColumn = column;
            FailedReason = Field(column).IsEmpty ? Empty : reason;
        }

        return false;
    }

    internal static string? ReadBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || text is [(byte)'0'] || Ascii.EqualsIgnoreCase(text, "false"u8) ? null : "is neither true, false, 1 nor 0";
    }

    internal static string? ReadGuid(ReadOnlySpan<byte> text, out Guid value)
    {
        char form = text switch
        {
            { Length: 36 } => 'D',
            { Length: 32 } => 'N',
            [(byte)'(', ..] => 'P',
            _ => 'B',
        };
        return Utf8Parser.TryParse(text, out value, out int consumed, form) && consumed == text.Length ? null : "is not a GUID";
    }
}
