namespace TypedPipelines;

/// <summary>
/// Thrown by a destination's staging for a value that it cannot hold exactly. The engine turns it into a
/// <see cref="PipelineException"/> that names the row, the column and the value.
/// </summary>
/// <param name="row">The position of the row among those given.</param>
/// <param name="column">The position of the column in the contract.</param>
/// <param name="reason">What is wrong, as the end of a sentence that begins with the column and its value.</param>
public sealed class RowWriteException(int row, int column, string reason) : Exception(reason)
{
    /// <summary>The position of the row among those given.</summary>
    public int Row { get; } = row;

    /// <summary>The position of the column in the contract.</summary>
    public int Column { get; } = column;
}
