using System.Globalization;

namespace TypedPipelines.Sqlite;

/// <summary>How a decimal is kept.</summary>
internal enum DecimalStorage
{
    /// <summary>As an integer: there are no digits after the point.</summary>
    Integer,

    /// <summary>As a double, which gives back fifteen digits unchanged.</summary>
    Real,

    /// <summary>As text with all digits of the scale, so that one number has one text.</summary>
    Text,
}

/// <summary>The form that decimals of a column take.</summary>
internal sealed class DecimalForm
{
    private const int ExactDigits = 15;
    private const int MostDigits = 28;

    private readonly int? _scale;
    private readonly decimal? _limit;

    internal DecimalForm(Column column)
    {
        _scale = column.Precision is null ? null : column.Scale ?? 0;
        int? wholeDigits = column.Precision - _scale;
        _limit = wholeDigits <= MostDigits ? PowerOfTen(wholeDigits.Value) : null;
        Storage = column.Precision switch
        {
            <= ExactDigits when _scale == 0 => DecimalStorage.Integer,
            <= ExactDigits => DecimalStorage.Real,
            _ => DecimalStorage.Text,
        };
        Format = _scale is null ? "0.############################" : string.Create(CultureInfo.InvariantCulture, $"F{_scale}");
    }

    internal DecimalStorage Storage { get; }

    internal string Format { get; }

    /// <summary>Brings a value to the column's scale.</summary>
    /// <returns>Whether that changes no digit.</returns>
    internal bool Fits(decimal value, out decimal rescaled)
    {
        rescaled = _scale <= MostDigits ? decimal.Round(value, _scale.Value) : value;
        if (rescaled == 0)
        {
            rescaled = 0; // Without the sign that a decimal zero can have.
        }

        return rescaled == value && (_limit is null || Math.Abs(rescaled) < _limit);
    }

    private static decimal PowerOfTen(int exponent)
    {
        decimal power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
