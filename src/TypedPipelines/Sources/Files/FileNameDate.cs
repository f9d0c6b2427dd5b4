using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TypedPipelines;

/// <summary>
/// The form of a date or time in a file name: digits at fixed places, nothing else. The base library's formats also know names of months,
/// short forms and time zones, which leave open where a value ends or what it means.
/// </summary>
internal sealed class FileNameDate
{
    private readonly List<(char Part, int Length)> _parts;

    private FileNameDate(List<(char Part, int Length)> parts, string form) => (_parts, Form) = (parts, form);

    /// <summary>It as a regular expression.</summary>
    internal string Form { get; }

    internal bool HasYear => _parts.Exists(part => part.Part == 'y');

    private bool HasHour => _parts.Exists(part => part.Part == 'H');

    /// <summary>Understands a format; null where it is none.</summary>
    internal static FileNameDate? Parse(string format)
    {
        var parts = new List<(char Part, int Length)>();
        var form = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c == '\'')
            {
                int end = format.IndexOf('\'', i + 1);
                if (end < 0)
                {
                    return null;
                }

                Literal(format[(i + 1)..end]);
                i = end;
            }
            else if (c is 'y' or 'M' or 'd' or 'H' or 'm' or 's' or 'f')
            {
                int length = format.AsSpan(i).IndexOfAnyExcept(c) is >= 0 and var other ? other : format.Length - i;
                if ((c != 'f' && length != (c == 'y' ? 4 : 2)) || length > 7 || parts.Exists(part => part.Part == c))
                {
                    return null;
                }

                parts.Add((c, length));
                form.Append(CultureInfo.InvariantCulture, $"[0-9]{{{length}}}");
                i += length - 1;
            }
            else if (char.IsLetter(c) && c is not ('T' or 'Z') || c is '\\' or '%' or '"')
            {
                return null;
            }
            else
            {
                Literal(c.ToString());
            }
        }

        // What a part is worth without the greater one before it, nobody can say.
        string has = string.Concat(parts.Select(part => part.Part));
        bool whole = parts.Count > 0 && Needs('M', 'y') && Needs('d', 'M') && Needs('m', 'H') && Needs('s', 'm') && Needs('f', 's') && (!has.Contains('y') || Needs('H', 'd'));
        return whole ? new FileNameDate(parts, form.ToString()) : null;

        bool Needs(char part, char other) => !has.Contains(part) || has.Contains(other);

        void Literal(string text)
        {
            parts.Add(('\0', text.Length));
            form.Append(Regex.Escape(text));
        }
    }

    /// <summary>Reads a text of the form; null where there is no such date or time.</summary>
    internal DateTime? Read(string text)
    {
        int year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, ticks = 0;
        int at = 0;
        foreach ((char part, int length) in _parts)
        {
            int value = part == '\0' ? 0 : int.Parse(text.AsSpan(at, length), NumberStyles.None, CultureInfo.InvariantCulture);
            at += length;
            switch (part)
            {
                case 'y': year = value; break;
                case 'M': month = value; break;
                case 'd': day = value; break;
                case 'H': hour = value; break;
                case 'm': minute = value; break;
                case 's': second = value; break;
                case 'f': ticks = value * (int)Math.Pow(10, 7 - length); break;
            }
        }

        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTime(year, month, day, hour, minute, second).AddTicks(ticks)
            : null;
    }

    /// <summary>A moment in the form of ISO 8601, of the parts that the format has.</summary>
    internal string ToIso(DateTime moment) => moment.ToString(
        (HasYear, HasHour) switch
        {
            (true, false) => "yyyy-MM-dd",
            (true, true) => "yyyy-MM-ddTHH:mm:ss.fffffff",
            _ => "HH:mm:ss.fffffff",
        },
        CultureInfo.InvariantCulture);
}
