namespace TypedPipelines;

/// <summary>Knows where the rows of a batch came from.</summary>
public interface IRowPositions
{
    /// <summary>Where a row came from.</summary>
    /// <param name="row">Its position in the batch.</param>
    RowPosition PositionOf(int row);
}
