namespace TypedPipelines;

/// <summary>What null in a key member means.</summary>
public enum NullKeys
{
    /// <summary>It is an error that stops the run.</summary>
    Fail,

    /// <summary>Null is a key value like any other: null equals null, at every destination.</summary>
    Match,
}
