namespace TypedPipelines.Compilation.Model;

/// <summary>How generated code asks whether a value passes a check.</summary>
internal enum CheckForm
{
    /// <summary>The value lies between two bounds.</summary>
    Range,

    /// <summary>The value is one of a list.</summary>
    Allowed,

    /// <summary>The value is none of a list.</summary>
    Denied,

    /// <summary>The text matches a regular expression as a whole.</summary>
    Pattern,

    /// <summary>An instance of the attribute, made once, says whether the value is valid.</summary>
    Attribute,
}

/// <summary>A value that an annotation names.</summary>
/// <param name="Literal">As C# source writes it for a member of the column's type.</param>
/// <param name="Shown">As a message shows it.</param>
internal sealed record ValueModel(string Literal, string Shown);

/// <summary>A check that an annotation declares on a column, beyond nulls and lengths.</summary>
/// <param name="Form">How it is asked.</param>
/// <param name="Name">The attribute's name, as it is written.</param>
internal sealed record CheckModel(CheckForm Form, string Name)
{
    /// <summary>The least value of a range; null for none.</summary>
    public ValueModel? Minimum { get; init; }

    /// <summary>Whether the least value itself is out of range.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>The greatest value of a range; null for none.</summary>
    public ValueModel? Maximum { get; init; }

    /// <summary>Whether the greatest value itself is out of range.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>The values of a list, but null.</summary>
    public EquatableArray<ValueModel> Values { get; init; } = EquatableArray<ValueModel>.Empty;

    /// <summary>Whether null is in the list.</summary>
    public bool ListsNull { get; init; }

    /// <summary>What a static field holds for the check: an expression; null where it needs none.</summary>
    public string? Instance { get; init; }
}
