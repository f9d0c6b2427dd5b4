namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>An edit of the shop's project.</summary>
/// <param name="Name">What is done.</param>
/// <param name="From">The text that is replaced, which must be there.</param>
/// <param name="To">What it becomes.</param>
internal sealed record Edit(string Name, string From, string To)
{
    internal (string Pipeline, string Rules) Apply()
    {
        (Shop.Pipeline.Contains(From, StringComparison.Ordinal) || Shop.Rules.Contains(From, StringComparison.Ordinal)).ShouldBeTrue($"'{From}' is not there to be replaced");
        return (Shop.Pipeline.Replace(From, To, StringComparison.Ordinal), Shop.Rules.Replace(From, To, StringComparison.Ordinal));
    }
}
