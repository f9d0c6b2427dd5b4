namespace TypedPipelines.SqlServer;

/// <summary>Whether a decimal keeps its value in a column: the client would round it, and say nothing.</summary>
internal static class DecimalForm
{
    /// <summary>No mantissa of 96 bits reaches ten to this power.</summary>
    private const int MostDigits = 29;

    private static readonly UInt128[] PowersOfTen = MakePowers();

    /// <summary>Whether a value has at most so many digits behind the point, zeros at the end not counted, and the others before it.</summary>
    internal static bool Fits(decimal value, int precision, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        int places = (bits[3] >> 16) & 0xff;
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (places > scale)
        {
            (UInt128 shorter, UInt128 lost) = UInt128.DivRem(mantissa, PowersOfTen[places - scale]);
            if (lost != 0)
            {
                return false;
            }

            mantissa = shorter;
            places = scale;
        }

        int most = precision - scale + places;
        return most >= MostDigits || (most < 0 ? mantissa == 0 : mantissa < PowersOfTen[most]);
    }

    private static UInt128[] MakePowers()
    {
        var powers = new UInt128[MostDigits];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
