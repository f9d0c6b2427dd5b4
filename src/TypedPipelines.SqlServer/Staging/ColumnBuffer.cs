namespace TypedPipelines.SqlServer;

/// <summary>One column of the rows that wait for their bulk copy.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Which of the values are null.</summary>
    internal bool[] Nulls { get; private protected set; } = [];

    /// <summary>The type of the values, as the client takes them.</summary>
    internal abstract Type FieldType { get; }

    /// <summary>A value as an object, which the client asks for: see <see cref="StagedRows.GetValue"/>.</summary>
    internal abstract object Box(int row);

    /// <summary>Makes room.</summary>
    internal abstract void Grow(int rows);

    /// <summary>Lets go of the objects that the rows hold.</summary>
    internal abstract void Clear(int rows);

    /// <summary>The buffer for a column of a contract.</summary>
    internal static ColumnBuffer For(ColumnType type) => type switch
    {
        ColumnType.Boolean => new ColumnBuffer<bool>(static value => value ? True : False),
        ColumnType.Int16 => new ColumnBuffer<short>(static value => value),
        ColumnType.Int32 => new ColumnBuffer<int>(static value => value),
        ColumnType.Int64 => new ColumnBuffer<long>(static value => value),
        ColumnType.Single => new ColumnBuffer<float>(static value => value),
        ColumnType.Double => new ColumnBuffer<double>(static value => value),

        // The client would make one of it, which is a second box.
        ColumnType.Decimal => new ColumnBuffer<decimal>(static value => new System.Data.SqlTypes.SqlDecimal(value)),
        ColumnType.Date => new ColumnBuffer<DateTime>(static value => value),
        ColumnType.Time => new ColumnBuffer<TimeSpan>(static value => value),
        ColumnType.Instant => new ColumnBuffer<DateTimeOffset>(static value => value),
        ColumnType.Guid => new ColumnBuffer<Guid>(static value => value),
        ColumnType.Bytes => new ColumnBuffer<byte[]>(static value => value),
        _ => new ColumnBuffer<string>(static value => value),
    };

    private static readonly object True = true;
    private static readonly object False = false;
}

/// <summary>A column whose values are of one type, side by side.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="box">Makes an object of a value.</param>
internal sealed class ColumnBuffer<T>(Func<T, object> box) : ColumnBuffer
{
    internal T[] Values { get; private set; } = [];

    internal override Type FieldType => typeof(T);

    internal override object Box(int row) => box(Values[row]);

    internal override void Grow(int rows)
    {
        T[] values = Values;
        bool[] nulls = Nulls;
        Array.Resize(ref values, rows);
        Array.Resize(ref nulls, rows);
        Values = values;
        Nulls = nulls;
    }

    internal override void Clear(int rows)
    {
        if (!typeof(T).IsValueType)
        {
            Array.Clear(Values, 0, rows);
        }
    }
}
