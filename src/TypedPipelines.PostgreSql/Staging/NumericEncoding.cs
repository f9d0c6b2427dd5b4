using System.Buffers.Binary;

namespace TypedPipelines.PostgreSql;

/// <summary>Decimals in the form of PostgreSQL's numeric: digits to the base 10,000, exactly.</summary>
internal static class NumericEncoding
{
    /// <summary>Four numbers before the digits, and no decimal has more digits than the nine that hold 28 decimal places and a remainder either side.</summary>
    internal const int Longest = 8 + (2 * 16);

    private const uint Base = 10_000;
    private const int DigitsPerGroup = 4;

    /// <summary>No mantissa of 96 bits reaches ten to this power.</summary>
    private const int MostDigits = 29;

    private static readonly UInt128[] PowersOfTen = MakePowers();

    /// <summary>Writes a value.</summary>
    /// <returns>How many bytes it took; -1 where the value does not fit without rounding.</returns>
    internal static int Write(decimal value, int precision, int scale, Span<byte> target)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        int places = (bits[3] >> 16) & 0xff;
        bool negative = bits[3] < 0;
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return mantissa <= ulong.MaxValue / (Base / 10)
            ? Write((ulong)mantissa, places, negative, precision, scale, target)
            : Write(mantissa, places, negative, precision, scale, target);
    }

    /// <summary>The usual case, in the processor's own numbers.</summary>
    private static int Write(ulong mantissa, int places, bool negative, int precision, int scale, Span<byte> target)
    {
        for (; places > scale; places--)
        {
            (ulong shorter, ulong lost) = Math.DivRem(mantissa, 10);
            if (lost != 0)
            {
                return -1;
            }

            mantissa = shorter;
        }

        int most = precision - scale + places;
        if (most < MostDigits && mantissa >= PowersOfTen[most])
        {
            return -1;
        }

        for (; places % DigitsPerGroup != 0; places++)
        {
            mantissa *= 10;
        }

        Span<ushort> groups = stackalloc ushort[16];
        int count = 0;
        for (; mantissa != 0; count++)
        {
            (mantissa, ulong group) = Math.DivRem(mantissa, Base);
            groups[count] = (ushort)group;
        }

        return Write(groups[..count], places / DigitsPerGroup, negative, scale, target);
    }

    private static int Write(UInt128 mantissa, int places, bool negative, int precision, int scale, Span<byte> target)
    {
        if (places > scale)
        {
            (UInt128 shorter, UInt128 lost) = UInt128.DivRem(mantissa, PowersOfTen[places - scale]);
            if (lost != 0)
            {
                return -1;
            }

            mantissa = shorter;
            places = scale;
        }

        int most = precision - scale + places;
        if (most < MostDigits && mantissa >= PowersOfTen[most])
        {
            return -1;
        }

        for (; places % DigitsPerGroup != 0; places++)
        {
            mantissa *= 10;
        }

        Span<ushort> groups = stackalloc ushort[16];
        int count = 0;
        for (; mantissa != 0; count++)
        {
            (mantissa, UInt128 group) = UInt128.DivRem(mantissa, Base);
            groups[count] = (ushort)group;
        }

        return Write(groups[..count], places / DigitsPerGroup, negative, scale, target);
    }

    /// <summary>Writes the groups, which come the least first, <paramref name="fraction"/> of them from behind the point.</summary>
    private static int Write(ReadOnlySpan<ushort> groups, int fraction, bool negative, int scale, Span<byte> target)
    {
        int zeros = 0;
        while (zeros < groups.Length && groups[zeros] == 0)
        {
            zeros++;
        }

        int count = groups.Length - zeros;
        BinaryPrimitives.WriteInt16BigEndian(target, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(count == 0 ? 0 : groups.Length - fraction - 1));
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], (ushort)(negative && count > 0 ? 0x4000 : 0));
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)scale);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[(8 + (2 * i))..], groups[groups.Length - 1 - i]);
        }

        return 8 + (2 * count);
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
