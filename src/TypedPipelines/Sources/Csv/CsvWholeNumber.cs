using System.Runtime.CompilerServices;

namespace TypedPipelines;

/// <summary>
/// Whole numbers from UTF-8: an optional sign and digits. The parsers of the base library also take what must not pass here,
/// such as trailing NUL characters, and do not tell a number that is too large from no number. Each gives the reason it failed.
/// </summary>
internal static class CsvWholeNumber
{
    private const int DigitsThatAlwaysFit = 19;

    internal static string? Read(ReadOnlySpan<byte> text, out byte value)
    {
        string? reason = ReadUnsigned(text, byte.MaxValue, "Byte", out ulong number);
        value = (byte)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out sbyte value)
    {
        string? reason = ReadSigned(text, sbyte.MaxValue, "SByte", out long number);
        value = (sbyte)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out short value)
    {
        string? reason = ReadSigned(text, short.MaxValue, "Int16", out long number);
        value = (short)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out ushort value)
    {
        string? reason = ReadUnsigned(text, ushort.MaxValue, "UInt16", out ulong number);
        value = (ushort)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out int value)
    {
        string? reason = ReadSigned(text, int.MaxValue, "Int32", out long number);
        value = (int)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out uint value)
    {
        string? reason = ReadUnsigned(text, uint.MaxValue, "UInt32", out ulong number);
        value = (uint)number;
        return reason;
    }

    internal static string? Read(ReadOnlySpan<byte> text, out long value) => ReadSigned(text, long.MaxValue, "Int64", out value);

    internal static string? Read(ReadOnlySpan<byte> text, out ulong value) => ReadUnsigned(text, ulong.MaxValue, "UInt64", out value);

    /// <summary>Scans a whole number of any size.</summary>
    /// <param name="text">The text.</param>
    /// <param name="magnitude">The number without its sign.</param>
    /// <param name="negative">Whether there is a minus.</param>
    /// <param name="tooLarge">Whether the number does not even fit 64 bits.</param>
    /// <returns>Whether the text is a number.</returns>
    internal static bool TryScan(ReadOnlySpan<byte> text, out ulong magnitude, out bool negative, out bool tooLarge)
    {
        magnitude = 0;
        negative = false;
        tooLarge = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        if (text.Length > DigitsThatAlwaysFit)
        {
            return TryScanLong(text, out magnitude, out tooLarge);
        }

        ulong number = 0;
        foreach (byte c in text)
        {
            uint digit = (uint)c - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        magnitude = number;
        return true;
    }

    private static bool TryScanLong(ReadOnlySpan<byte> digits, out ulong magnitude, out bool tooLarge)
    {
        UInt128 number = 0;
        foreach (byte c in digits)
        {
            uint digit = (uint)c - '0';
            if (digit > 9)
            {
                magnitude = 0;
                tooLarge = false;
                return false;
            }

            // Past 64 bits only the fact matters, and the next digits must not wrap it away.
            number = number > ulong.MaxValue ? number : (number * 10) + digit;
        }

        tooLarge = number > ulong.MaxValue;
        magnitude = tooLarge ? 0 : (ulong)number;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static string? ReadSigned(ReadOnlySpan<byte> text, long max, string type, out long value)
    {
        if (TryScan(text, out ulong magnitude, out bool negative, out bool tooLarge)
            && !tooLarge
            && magnitude <= (ulong)max + (negative ? 1u : 0u))
        {
            value = negative ? -(long)magnitude : (long)magnitude;
            return null;
        }

        value = 0;
        return Why(text, type);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static string? ReadUnsigned(ReadOnlySpan<byte> text, ulong max, string type, out ulong value)
    {
        if (TryScan(text, out value, out bool negative, out bool tooLarge)
            && !tooLarge
            && value <= (negative ? 0 : max))
        {
            return null;
        }

        value = 0;
        return Why(text, type);
    }

    private static string Why(ReadOnlySpan<byte> text, string type) =>
        !TryScan(text, out _, out bool negative, out _) ? $"is not a whole number of type {type}"
        : negative ? $"is too small for {type}"
        : $"is too large for {type}";
}
