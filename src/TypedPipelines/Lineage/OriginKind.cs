namespace TypedPipelines;

/// <summary>How a value comes from another.</summary>
public enum OriginKind
{
    /// <summary>It is that value.</summary>
    Identity,

    /// <summary>It is computed from it.</summary>
    Expression,

    /// <summary>It is computed from it over several rows.</summary>
    Aggregate,

    /// <summary>It decides which value or row there is, and is no part of it: a condition, the key of a join or a group.</summary>
    Filter,
}
