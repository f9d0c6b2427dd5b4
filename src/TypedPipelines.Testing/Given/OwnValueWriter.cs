namespace TypedPipelines.Testing;

/// <summary>Writes a row as its contract does, but for the columns that a load fills in: those are the row's own.</summary>
internal ref struct OwnValueWriter<TRow, TWriter> : IRowWriter
    where TWriter : struct, IRowWriter, allows ref struct
{
    private readonly TableContract<TRow> _table;
    private readonly bool[] _own;
    private TWriter _writer;
    private TRow _row;
    private int _column;

    /// <param name="writer">The destination's writer: a value, which is given back by <see cref="Writer"/>.</param>
    /// <param name="table">The table's contract.</param>
    /// <param name="own">Which columns are the row's own.</param>
    internal OwnValueWriter(TWriter writer, TableContract<TRow> table, bool[] own)
    {
        _writer = writer;
        _table = table;
        _own = own;
        _row = default!;
    }

    /// <summary>The destination's writer, as far as rows have been written.</summary>
    internal readonly TWriter Writer => _writer;

    /// <summary>Says which row is written next.</summary>
    internal void Next(TRow row) => _row = row;

    public void BeginRow()
    {
        _column = 0;
        _writer.BeginRow();
    }

    public void EndRow() => _writer.EndRow();

    public void WriteNull()
    {
        if (!IsOwn())
        {
            _writer.WriteNull();
        }
    }

    public void Write(bool value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(short value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(int value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(long value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(float value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(double value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(decimal value, int precision, int scale)
    {
        _column++;
        _writer.Write(value, precision, scale);
    }

    public void Write(DateOnly value)
    {
        if (!IsOwn())
        {
            _writer.Write(value);
        }
    }

    public void Write(TimeOnly value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(DateTime value)
    {
        if (!IsOwn())
        {
            _writer.Write(value);
        }
    }

    public void Write(DateTimeOffset value)
    {
        if (!IsOwn())
        {
            _writer.Write(value);
        }
    }

    public void Write(Guid value)
    {
        _column++;
        _writer.Write(value);
    }

    public void Write(string value)
    {
        if (!IsOwn())
        {
            _writer.Write(value);
        }
    }

    public void Write(byte[] value)
    {
        _column++;
        _writer.Write(value);
    }

    /// <summary>Writes the row's own value where the next column is filled in by loads.</summary>
    private bool IsOwn()
    {
        int column = _column++;
        if (!_own[column])
        {
            return false;
        }

        switch (_table.Value(_row, column))
        {
            case null when _table.Columns[column].Nullable:
                _writer.WriteNull();
                break;
            case DateOnly date:
                _writer.Write(date);
                break;
            case DateTime instant:
                _writer.Write(instant);
                break;
            case DateTimeOffset instant:
                _writer.Write(instant);
                break;
            case string text:
                _writer.Write(text);
                break;
            default:
                throw new PipelineAssertionException(
                    $"A row given for {_table.DisplayName} says nothing in {_table.Columns[column].Member}, which a load fills in and a given row must say itself: {_table.Show(_row)}.");
        }

        return true;
    }
}
