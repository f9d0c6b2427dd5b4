using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedPipelines;

/// <summary>
/// An address that is the same on every machine: an interpolated string passed for it is formatted with the invariant culture, and what
/// stands in its query is escaped, so that <c>$"events?from={day.Start:O}"</c> arrives as it is meant. A plain string, or a
/// <see cref="Uri"/>, converts to it as it is.
/// </summary>
[InterpolatedStringHandler]
public ref struct UriText
{
    private readonly string? _text;
    private DefaultInterpolatedStringHandler _handler;
    private bool _inQuery;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    /// <param name="literalLength">The length of the literal parts.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public UriText(int literalLength, int formattedCount) =>
        _handler = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    private UriText(string text) => _text = text;

    /// <summary>Called by the compiler for a literal part.</summary>
    /// <param name="value">The part.</param>
    public void AppendLiteral(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _handler.AppendLiteral(value);
        _inQuery |= value.Contains('?', StringComparison.Ordinal);
    }

    /// <summary>Called by the compiler for a hole.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format.</param>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        if (!_inQuery)
        {
            _handler.AppendFormatted(value, format);
            return;
        }

        string? text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString();
        _handler.AppendLiteral(Uri.EscapeDataString(text ?? ""));
    }

    /// <summary>A plain string, as it is.</summary>
    /// <param name="text">The string.</param>
    public static implicit operator UriText(string text) => new(text);

    /// <summary>An address, as it is.</summary>
    /// <param name="address">The address.</param>
    public static implicit operator UriText(Uri address) => new(address?.OriginalString ?? "");

    /// <summary>Gives the text, once.</summary>
    internal string ToTextAndClear() => _text ?? _handler.ToStringAndClear();
}
