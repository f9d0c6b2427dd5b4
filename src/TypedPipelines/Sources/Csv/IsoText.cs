namespace TypedPipelines;

/// <summary>The forms of ISO 8601 that a file may write a date or a time in, and no others.</summary>
internal static class IsoText
{
    private const int DateLength = 10;
    private const int MostDecimals = 7;

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    internal static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        if (text.Length == DateLength && text[4] == '-' && text[7] == '-'
            && TryTwoDigits(text, 0, out int century) && TryTwoDigits(text, 2, out int yearOfCentury)
            && TryTwoDigits(text, 5, out int month) && TryTwoDigits(text, 8, out int day)
            && (century | yearOfCentury) != 0 && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth((century * 100) + yearOfCentury, month))
        {
            date = new DateOnly((century * 100) + yearOfCentury, month, day);
            return true;
        }

        date = default;
        return false;
    }

    /// <summary><c>HH:mm</c>, <c>HH:mm:ss</c>, or <c>HH:mm:ss.f</c> with one to seven decimals.</summary>
    internal static bool TryTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':'
            || !TryTwoDigits(text, 0, out int hour) || !TryTwoDigits(text, 3, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        int second = 0;
        long fraction = 0;
        if (text.Length > 5 && (text.Length < 8 || text[5] != ':' || !TryTwoDigits(text, 6, out second) || second > 59))
        {
            return false;
        }

        if (text.Length > 8 && (text[8] != '.' || !TryFraction(text[9..], out fraction)))
        {
            return false;
        }

        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    /// <summary>A date, or a date, <c>T</c> or a space, a time and perhaps an offset.</summary>
    internal static bool TryMoment(ReadOnlySpan<byte> text, out DateTime written, out TimeSpan? offset)
    {
        written = default;
        offset = null;
        if (text.Length < DateLength || !TryDate(text[..DateLength], out DateOnly date))
        {
            return false;
        }

        if (text.Length == DateLength)
        {
            written = date.ToDateTime(TimeOnly.MinValue);
            return true;
        }

        if (text[DateLength] is not ((byte)'T' or (byte)' '))
        {
            return false;
        }

        ReadOnlySpan<byte> time = text[(DateLength + 1)..];
        int zone = time.IndexOfAny((byte)'Z', (byte)'+', (byte)'-');
        if (zone >= 0)
        {
            if (!TryOffset(time[zone..], out TimeSpan value))
            {
                return false;
            }

            offset = value;
            time = time[..zone];
        }

        if (!TryTime(time, out long ticks))
        {
            return false;
        }

        written = date.ToDateTime(new TimeOnly(ticks));
        return true;
    }

    /// <summary><c>Z</c>, <c>+HH:mm</c>, <c>+HHmm</c> or <c>+HH</c>.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text[0] == 'Z')
        {
            return text.Length == 1;
        }

        int minute = 0;
        bool read = text.Length switch
        {
            3 => true,
            5 => TryTwoDigits(text, 3, out minute),
            6 => text[3] == ':' && TryTwoDigits(text, 4, out minute),
            _ => false,
        };
        if (!read || !TryTwoDigits(text, 1, out int hour) || minute > 59)
        {
            return false;
        }

        offset = new TimeSpan(hour, minute, 0);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> digits, out long ticks)
    {
        ticks = 0;
        if (digits.IsEmpty || digits.Length > MostDecimals)
        {
            return false;
        }

        for (int i = 0; i < MostDecimals; i++)
        {
            uint digit = i < digits.Length ? (uint)digits[i] - '0' : 0;
            if (digit > 9)
            {
                return false;
            }

            ticks = (ticks * 10) + digit;
        }

        return true;
    }

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }
}
