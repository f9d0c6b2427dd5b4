using System.Collections;
using System.Data.Common;

namespace TypedPipelines.SqlServer;

/// <summary>
/// The rows of a buffer as the reader that SqlBulkCopy takes. Its typed getters box nothing; but of a reader that is not its own the
/// client, as of version 6.1, asks for <see cref="GetValue"/> only, whatever the column's type. So each value that is no text, no byte
/// string and no truth is boxed once, on its way out and for no longer than it takes to write it to the network's buffer.
/// </summary>
internal sealed class StagedRows(RowBuffer buffer) : DbDataReader
{
    private int _row = -1;

    public override int FieldCount => buffer.Columns.Length;

    public override bool HasRows => buffer.Count > 0;

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ++_row < buffer.Count;

    public override bool NextResult() => false;

    public override bool IsDBNull(int ordinal) => buffer.Columns[ordinal].Nulls[_row];

    public override object GetValue(int ordinal)
    {
        ColumnBuffer column = buffer.Columns[ordinal];
        return column.Nulls[_row] ? DBNull.Value : column.Box(_row);
    }

    public override int GetValues(object[] values)
    {
        int count = Math.Min(values.Length, FieldCount);
        for (int i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override T GetFieldValue<T>(int ordinal) => Get<T>(ordinal);

    public override bool GetBoolean(int ordinal) => Get<bool>(ordinal);

    public override byte GetByte(int ordinal) => Get<byte>(ordinal);

    public override char GetChar(int ordinal) => Get<char>(ordinal);

    public override short GetInt16(int ordinal) => Get<short>(ordinal);

    public override int GetInt32(int ordinal) => Get<int>(ordinal);

    public override long GetInt64(int ordinal) => Get<long>(ordinal);

    public override float GetFloat(int ordinal) => Get<float>(ordinal);

    public override double GetDouble(int ordinal) => Get<double>(ordinal);

    public override decimal GetDecimal(int ordinal) => Get<decimal>(ordinal);

    public override DateTime GetDateTime(int ordinal) => Get<DateTime>(ordinal);

    public override Guid GetGuid(int ordinal) => Get<Guid>(ordinal);

    public override string GetString(int ordinal) => Get<string>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Part<byte>(Get<byte[]>(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Part(Get<string>(ordinal).AsSpan(), dataOffset, buffer, bufferOffset, length);

    public override string GetName(int ordinal) => buffer.Contract[ordinal].Name;

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override Type GetFieldType(int ordinal) => buffer.Columns[ordinal].FieldType;

    public override int GetOrdinal(string name)
    {
        for (int i = 0; i < buffer.Contract.Count; i++)
        {
            if (buffer.Contract[i].Name == name)
            {
                return i;
            }
        }

        throw new IndexOutOfRangeException(name);
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    private T Get<T>(int ordinal) => buffer.Columns[ordinal] is ColumnBuffer<T> column && !column.Nulls[_row]
        ? column.Values[_row]
        : throw new InvalidCastException($"column {GetName(ordinal)} holds {(IsDBNull(ordinal) ? "null" : GetFieldType(ordinal).Name)}, and not {typeof(T).Name}");

    private static long Part<T>(ReadOnlySpan<T> value, long from, T[]? target, int at, int length)
    {
        if (target is null)
        {
            return value.Length;
        }

        int count = (int)Math.Min(length, Math.Max(0, value.Length - from));
        value.Slice((int)Math.Min(from, value.Length), count).CopyTo(target.AsSpan(at));
        return count;
    }
}
