namespace TypedPipelines;

/// <summary>What the columns are that rows are read from: those of a table or, where the rows have none, of a statement's result.</summary>
public interface IRowContract
{
    /// <summary>What the rows are called, for people: by their table, or by their type.</summary>
    string DisplayName { get; }

    /// <summary>The columns, in the order in which rows are read.</summary>
    IReadOnlyList<Column> Columns { get; }
}

/// <summary>Makes rows of type <typeparamref name="TRow"/> of columns, without boxing a value. The source generator writes it.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
public interface IRowContract<TRow> : IRowContract
{
    /// <summary>Reads the current row, whose columns stand in the order of <see cref="IRowContract.Columns"/>.</summary>
    /// <typeparam name="TReader">The destination's reader: a struct, so that its calls are direct.</typeparam>
    /// <param name="reader">The reader, positioned on a row.</param>
    TRow Read<TReader>(ref TReader reader)
        where TReader : struct, IRowReader, allows ref struct;
}
