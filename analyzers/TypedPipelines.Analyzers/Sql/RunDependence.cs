namespace TypedPipelines.Analyzers.Sql;

/// <summary>What a value that is another one on the next run depends on.</summary>
internal enum RunDependence
{
    /// <summary>When it is asked for.</summary>
    Clock,

    /// <summary>Nothing: an id that is made anew each time.</summary>
    Id,

    /// <summary>Nothing: a random number.</summary>
    Random,

    /// <summary>The process: a hash that another process computes differently.</summary>
    Hash,

    /// <summary>The machine, its user or its process.</summary>
    Machine,

    /// <summary>The order in which something without an order comes.</summary>
    Order,
}
