namespace TypedPipelines.Testing;

/// <summary>Something that holds of every pipeline that can be run again.</summary>
/// <param name="Name">What is done, as the beginning of a sentence.</param>
/// <param name="Cause">What is mostly wrong where it does not hold.</param>
/// <param name="TryAsync">Does it, after which the tables are to hold what one undisturbed load leaves.</param>
/// <param name="Asks">Whether it says anything of these partitions and rows; null where it always does.</param>
internal sealed record ProofProperty(string Name, string Cause, Func<ProofStage, Task> TryAsync, Func<IReadOnlyList<string>, Arrangement, bool>? Asks = null)
{
    internal bool CanBeTried(ProofStage stage, Arrangement given) => Asks?.Invoke(stage.Partitions, given) ?? true;
}
