namespace TypedPipelines;

/// <summary>
/// How many digits a <see cref="decimal"/> column holds. A value that does not fit exactly stops the run; nothing is
/// rounded.
/// </summary>
/// <param name="precision">Digits in all, 1 to 38. A <see cref="decimal"/> has 28 of them; the column may have been made for more.</param>
/// <param name="scale">Digits after the decimal point, 0 to <paramref name="precision"/>, and at most 28.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PrecisionAttribute(int precision, int scale) : Attribute
{
    /// <summary>Digits in all.</summary>
    public int Precision { get; } = precision;

    /// <summary>Digits after the decimal point.</summary>
    public int Scale { get; } = scale;
}
