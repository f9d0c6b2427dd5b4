namespace TypedPipelines;

/// <summary>The kinds of failure. The names are stable: they stand in the ledger and in <c>--json</c> output.</summary>
public enum FailureKind
{
    /// <summary>A source cannot be read: a missing file, a header without a needed column, a quote that never closes.</summary>
    Source,

    /// <summary>More rows were rejected than the source declares it accepts.</summary>
    RejectLimit,

    /// <summary>
    /// A row breaks its contract: outside the window, a null key or partition column, a check, a value that the destination cannot hold. Or a
    /// rule of the table refuses it that is not the contract's: a unique index, a check, a foreign key, a trigger.
    /// </summary>
    Row,

    /// <summary>A declared check of the rows that were to be loaded is not passed.</summary>
    Check,

    /// <summary>Two rows of one batch have the same key.</summary>
    DuplicateKey,

    /// <summary>A row has the key and version of one that is in the table, and is another.</summary>
    VersionConflict,

    /// <summary>More rows would be deleted, because the batch does not have them, than the contract allows.</summary>
    DeleteLimit,

    /// <summary>A step or source method threw.</summary>
    Step,

    /// <summary>The rows counted going in and coming out do not add up: a defect of the engine or of a custom source.</summary>
    Accounting,

    /// <summary>The destination's table does not have the shape of the row contract.</summary>
    Schema,

    /// <summary>Another run holds the partition.</summary>
    Locked,

    /// <summary>This run lost its hold of the partition before it could publish.</summary>
    LockLost,

    /// <summary>A table that this pipeline reads has not been loaded.</summary>
    Upstream,

    /// <summary>The partition's window has not ended yet, or lies outside the pipeline's range.</summary>
    Window,

    /// <summary>The destination refused or cannot be reached.</summary>
    Destination,

    /// <summary>The command line or the configuration asks for something that does not exist.</summary>
    Usage,

    /// <summary>The run was cancelled.</summary>
    Cancelled,

    /// <summary>Anything else: an exception that no part of the engine expected.</summary>
    Unexpected,
}
