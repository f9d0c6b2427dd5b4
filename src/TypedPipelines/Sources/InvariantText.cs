using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedPipelines;

/// <summary>
/// A text that is the same on every machine: an interpolated string passed for it is formatted with the invariant
/// culture. A plain string converts to it as it is.
/// </summary>
[InterpolatedStringHandler]
public ref struct InvariantText
{
    private readonly string? _text;
    private DefaultInterpolatedStringHandler _handler;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    /// <param name="literalLength">The length of the literal parts.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public InvariantText(int literalLength, int formattedCount) =>
        _handler = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    private InvariantText(string text) => _text = text;

    /// <summary>Called by the compiler for a literal part.</summary>
    /// <param name="value">The part.</param>
    public void AppendLiteral(string value) => _handler.AppendLiteral(value);

    /// <summary>Called by the compiler for a hole.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format.</param>
    public void AppendFormatted<T>(T value, string? format = null) => _handler.AppendFormatted(value, format);

    /// <summary>A plain string, as it is.</summary>
    /// <param name="text">The string.</param>
    public static implicit operator InvariantText(string text) => new(text);

    /// <summary>Gives the text, once.</summary>
    internal string ToTextAndClear() => _text ?? _handler.ToStringAndClear();
}
