namespace TypedPipelines;

/// <summary>
/// How a batch of rows becomes table content. A row type that carries a load strategy is a row contract: whatever
/// produces it in a pipeline is loaded into its table. docs/strategies.md says when to use which.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public abstract class LoadStrategyAttribute : Attribute
{
    private protected LoadStrategyAttribute()
    {
    }

    /// <summary>
    /// The table's name, unquoted. Without it, and without the BCL's <c>[Table]</c> (which goes on classes only), it is the
    /// type's own name in snake case: <c>FlightDelay</c> is <c>flight_delay</c>.
    /// </summary>
    public string? Table { get; set; }

    /// <summary>The name of the table's schema, unquoted; without it the destination's default.</summary>
    public string? Schema { get; set; }

    /// <summary>
    /// What happens to a row that does not pass what validation attributes declare of its values: lengths, <c>[Range]</c>, the
    /// blank text that <c>[Required]</c> refuses, and the others of docs/strategies.md. The default, <see cref="RowAction.Fail"/>,
    /// stops the run before anything changes. A null where there must be a value, and a value that its column cannot hold, always do.
    /// </summary>
    public RowAction OnInvalid { get; set; }
}
