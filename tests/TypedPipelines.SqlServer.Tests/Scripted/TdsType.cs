using System.Buffers.Binary;
using System.Text;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>A column's type as the protocol describes it, by the name that a contract's definition gives it.</summary>
internal sealed class TdsType(string definition)
{
    private readonly string _name = definition.Split(' ', '(')[0];

    private int[] Numbers => [.. definition.Split(' ')[0].Split('(', ',', ')').Skip(1).Where(part => part.Length > 0).Select(part => part == "max" ? -1 : int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];

    internal byte[] Description(byte[] collation) => _name switch
    {
        "bit" => [0x68, 1],
        "smallint" => [0x26, 2],
        "int" => [0x26, 4],
        "bigint" => [0x26, 8],
        "real" => [0x6d, 4],
        "float" => [0x6d, 8],
        "decimal" => [0x6a, 17, (byte)Numbers[0], (byte)Numbers[1]],
        "date" => [0x28],
        "time" => [0x29, 7],
        "datetimeoffset" => [0x2b, 7],
        "uniqueidentifier" => [0x24, 16],
        "varbinary" => [0xa5, .. Length(1)],
        _ => [0xe7, .. Length(2), .. collation],
    };

    /// <summary>A value, where it is one of those that scripts answer with.</summary>
    internal byte[] Value(object? value) => value switch
    {
        null when _name is "nvarchar" or "varbinary" => [0xff, 0xff],
        null => [0],
        bool flag => Number(1, flag ? 1 : 0),
        short number => Number(2, number),
        int number => Number(4, number),
        long number => Number(8, number),
        Guid id => [16, .. id.ToByteArray()],
        string text => Text(text),
        _ => throw new ArgumentException($"no form for {value.GetType()}"),
    };

    private byte[] Length(int bytesEach)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(Numbers[0] < 0 ? 0xffff : Numbers[0] * bytesEach));
        return bytes;
    }

    private static byte[] Number(byte length, long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return [length, .. bytes[..length]];
    }

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(text);
        return [(byte)bytes.Length, (byte)(bytes.Length >> 8), .. bytes];
    }
}
