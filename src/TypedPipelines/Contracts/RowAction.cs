namespace TypedPipelines;

/// <summary>What happens to a row that breaks its contract.</summary>
public enum RowAction
{
    /// <summary>The run stops before anything changes, naming the row, the column and the value.</summary>
    Fail,

    /// <summary>The row is not loaded, and counted as dropped.</summary>
    Drop,

    /// <summary>The row is not loaded, and kept as a reject with its file, line and reason.</summary>
    Quarantine,
}
