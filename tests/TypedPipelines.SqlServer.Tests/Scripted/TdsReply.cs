using System.Buffers.Binary;
using System.Text;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>What a server answers, token by token, in the form of the TDS protocol 7.4.</summary>
internal sealed class TdsReply
{
    private static readonly byte[] Collation = [0x09, 0x04, 0xd0, 0x00, 0x34];

    private readonly MemoryStream _bytes = new();

    internal byte[] Bytes => _bytes.ToArray();

    internal TdsReply LoggedIn()
    {
        // The collation of the database, which the client gives to the texts that it sends.
        Byte(0xe3).Short(8).Byte(7).Byte(5).Raw(Collation).Byte(0);
        byte[] name = Encoding.Unicode.GetBytes("scripted");
        return Byte(0xad).Short(10 + name.Length).Byte(1).Raw(0x74, 0, 0, 4).Byte(8).Raw(name).Raw(15, 0, 0, 0).Done();
    }

    /// <summary>The end of a statement, with the rows that it touched.</summary>
    internal TdsReply Done(long rows = 0, bool more = false) => Byte(0xfd).Short(0x10 | (more ? 1 : 0)).Short(0xc3).Long(rows);

    /// <summary>That a statement was given up, as the client had asked.</summary>
    internal TdsReply Cancelled() => Byte(0xfd).Short(0x20).Short(0).Long(0);

    internal TdsReply Error(int number, string message, byte severity = 16)
    {
        byte[] text = Encoding.Unicode.GetBytes(message);
        return Byte(0xaa).Short(text.Length + 14).Int(number).Byte(1).Byte(severity).Short(message.Length).Raw(text).Byte(0).Byte(0).Int(1)
            .Byte(0xfd).Short(2).Short(0xc3).Long(0);
    }

    /// <summary>A result: columns by name and type, and rows of values of the types bool, short, int, long, string, Guid or null.</summary>
    internal TdsReply Rows((string Name, TdsType Type)[] columns, IEnumerable<object?[]> rows, bool more = false)
    {
        Byte(0x81).Short(columns.Length);
        foreach ((string name, TdsType type) in columns)
        {
            Int(0).Short(0x09).Raw(type.Description(Collation)).Byte((byte)name.Length).Raw(Encoding.Unicode.GetBytes(name));
        }

        long count = 0;
        foreach (object?[] row in rows)
        {
            count++;
            Byte(0xd1);
            for (int i = 0; i < columns.Length; i++)
            {
                Raw(columns[i].Type.Value(row[i]));
            }
        }

        return Done(count, more);
    }

    private TdsReply Byte(byte value) => Raw(value);

    private TdsReply Short(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Raw(bytes);
    }

    private TdsReply Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private TdsReply Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private TdsReply Raw(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }
}
