namespace TypedPipelines.Destinations;

/// <summary>Preparing tables that no pipeline loads, as tests of a destination do.</summary>
internal static class DestinationPreparation
{
    internal static Task PrepareAsync(this IDestination destination, IReadOnlyList<TableContract> tables, CancellationToken cancellationToken) =>
        destination.PrepareAsync(tables, static _ => null, cancellationToken);
}
