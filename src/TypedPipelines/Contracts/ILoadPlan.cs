namespace TypedPipelines;

/// <summary>The load SQL of one table for one destination, written by the source generator. Each destination has its own kind.</summary>
public interface ILoadPlan
{
    /// <summary>The destination's name, such as <c>sqlite</c>.</summary>
    string Destination { get; }
}
