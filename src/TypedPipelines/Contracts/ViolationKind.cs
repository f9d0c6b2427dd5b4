namespace TypedPipelines;

/// <summary>The kinds of <see cref="RowViolation"/>.</summary>
public enum ViolationKind
{
    /// <summary>The row lies outside the run's window: <see cref="TableContract.OutOfWindow"/> decides.</summary>
    OutOfWindow,

    /// <summary>A value that must be there is not, or cannot be understood: always an error.</summary>
    Null,

    /// <summary>A check of the contract failed: <see cref="TableContract.OnInvalid"/> decides.</summary>
    Invalid,
}
