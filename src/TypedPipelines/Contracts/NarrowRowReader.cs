using System.ComponentModel;
using System.Globalization;

namespace TypedPipelines;

/// <summary>For generated code: the integers that no database has, from the columns of a wider type in which they are stored.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowRowReader
{
    /// <summary>A stored number as what the row holds.</summary>
    /// <param name="value">The number.</param>
    /// <param name="contract">The contract of its row.</param>
    /// <param name="column">The position of its column.</param>
    /// <exception cref="PipelineException">It is out of range: something else wrote it, or a statement made it.</exception>
    public static byte ToByte(short value, IRowContract contract, int column) => unchecked((byte)value) == value ? (byte)value : throw OutOfRange(value, contract, column, "byte");

    /// <inheritdoc cref="ToByte"/>
    public static sbyte ToSByte(short value, IRowContract contract, int column) => unchecked((sbyte)value) == value ? (sbyte)value : throw OutOfRange(value, contract, column, "sbyte");

    /// <inheritdoc cref="ToByte"/>
    public static ushort ToUInt16(int value, IRowContract contract, int column) => unchecked((ushort)value) == value ? (ushort)value : throw OutOfRange(value, contract, column, "ushort");

    /// <inheritdoc cref="ToByte"/>
    public static uint ToUInt32(long value, IRowContract contract, int column) => unchecked((uint)value) == value ? (uint)value : throw OutOfRange(value, contract, column, "uint");

    /// <inheritdoc cref="ToByte"/>
    public static ulong ToUInt64(decimal value, IRowContract contract, int column) =>
        value is >= 0 and <= ulong.MaxValue && decimal.IsInteger(value) ? (ulong)value : throw OutOfRange(value, contract, column, "ulong");

    private static PipelineException OutOfRange(IFormattable value, IRowContract contract, int column, string type)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return new PipelineException(
            FailureKind.Schema,
            $"column {contract.Columns[column].Name} of {contract.DisplayName} holds {value.ToString(null, CultureInfo.InvariantCulture)}, which is no {type}",
            contract is TableContract ? "Something else wrote it. Correct the row, or load its partition again." : "Nothing was changed. Correct the statement, or let the member be of a type that holds it.");
    }
}
