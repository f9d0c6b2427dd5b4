namespace TypedPipelines.Compilation.Model;

/// <summary>How a value comes from another; each says more than the one before, and the runtime knows them by the same names.</summary>
internal enum OriginKind
{
    /// <summary>It is that value.</summary>
    Identity,

    /// <summary>It is computed from it.</summary>
    Expression,

    /// <summary>It is computed from it over several rows.</summary>
    Aggregate,

    /// <summary>It decides which value or row there is, and is no part of it.</summary>
    Filter,
}

/// <summary>Where a value comes from.</summary>
/// <param name="From">The node whose rows have it, or the table.</param>
/// <param name="IsTable">Whether that is a table.</param>
/// <param name="Path">The row's member, or a member of that, with points between; empty for the row as a whole.</param>
/// <param name="Kind">How it comes from there.</param>
internal readonly record struct Origin(string From, bool IsTable, string Path, OriginKind Kind)
{
    /// <summary>The same, as what it is in an expression of a kind.</summary>
    public Origin As(OriginKind kind) => Kind >= kind ? this : this with { Kind = kind };

    /// <summary>A member of the value.</summary>
    public Origin Member(string name) => Kind != OriginKind.Identity ? this : this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };
}
