namespace TypedPipelines;

/// <summary>The forms of a source or step.</summary>
public enum NodeKind
{
    /// <summary>Brings rows in.</summary>
    Source,

    /// <summary>One row in, one row out.</summary>
    Map,

    /// <summary>One row in, one row or none out.</summary>
    FilterMap,

    /// <summary>One row in, the same row or none out.</summary>
    Filter,

    /// <summary>One row in, any number out.</summary>
    Expand,

    /// <summary>All rows in, any number out.</summary>
    WholeSet,

    /// <summary>Brings in the rows of a statement that the destination runs.</summary>
    SqlStep,
}
