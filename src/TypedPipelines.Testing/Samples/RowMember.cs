using System.ComponentModel.DataAnnotations;

namespace TypedPipelines.Testing;

/// <summary>A member of a row, and what its type says of its values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, without <see cref="Nullable{T}"/>.</param>
internal sealed record RowMember(string Name, Type Type)
{
    internal bool IsNullable { get; init; }

    internal bool IsKey { get; init; }

    /// <summary>The longest text or byte string; null for no limit.</summary>
    internal int? MaxLength { get; init; }

    internal PrecisionAttribute? Precision { get; init; }

    internal RangeAttribute? Range { get; init; }

    internal object?[]? Allowed { get; init; }

    /// <summary>Whether it has the value that its parameter has when nothing is said.</summary>
    internal bool KeepsDefault { get; init; }

    internal object? Default { get; init; }
}
