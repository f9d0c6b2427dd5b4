using System.Globalization;

namespace TypedPipelines;

/// <summary>Where a row came from.</summary>
/// <param name="Origin">The file, table or method.</param>
/// <param name="Line">The line it began on, or its number where there are no lines, from 1; null where that is not known.</param>
public readonly record struct RowPosition(string Origin, long? Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line is null ? Origin : string.Create(CultureInfo.InvariantCulture, $"{Origin}:{Line}");
}
