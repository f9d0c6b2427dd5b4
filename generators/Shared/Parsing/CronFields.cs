using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>The five fields of a cron line, as every cron reads them: what crons read differently, or some alone, is told instead of guessed.</summary>
internal static class CronFields
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>The most days that a month can have.</summary>
    private static readonly int[] Longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, Months),
        new("day of the week", 0, 7, Days), // Both 0 and 7 are Sunday.
    ];

    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? WrongIn(string cron)
    {
        string[] texts = cron.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length != Fields.Length)
        {
            return $"'{cron}' has {texts.Length} fields, and a schedule has five: minute, hour, day of the month, month and day of the week, as 0 6 * * *";
        }

        var values = new SortedSet<int>[Fields.Length];
        for (int i = 0; i < Fields.Length; i++)
        {
            values[i] = [];
            foreach (string part in texts[i].Split(','))
            {
                if (Fields[i].WrongIn(part, values[i]) is { } wrong)
                {
                    return $"the {Fields[i].Name} '{texts[i]}' {wrong}";
                }
            }
        }

        (string days, string week) = (texts[2], texts[4]);
        if (days != "*" && week != "*" && (days.StartsWith("*", StringComparison.Ordinal) || week.StartsWith("*", StringComparison.Ordinal)))
        {
            return $"crons differ in what the days '{days}' and '{week}' of month and week mean together; list the days of one of them, or leave it *";
        }

        return week == "*" && !values[3].Any(month => values[2].Min <= Longest[month - 1]) ? $"no such month has a day {values[2].Min}" : null;
    }

    /// <summary>A field of the line.</summary>
    private sealed class Field(string name, int least, int most, string[] names)
    {
        public string Name { get; } = name;

        /// <summary>What is wrong with a part of it; where nothing is, its values are added.</summary>
        public string? WrongIn(string part, ISet<int> values)
        {
            string[] stepped = part.Split('/');
            string[] ends = stepped[0].Split('-');
            bool all = stepped[0] == "*";
            int step = 1;
            if (stepped.Length > 2 || ends.Length > 2)
            {
                return Unreadable(part);
            }

            if (stepped.Length == 2)
            {
                if (!Number(stepped[1], out step) || step < 1 || step > most)
                {
                    return $"has no step that can be taken: '{stepped[1]}'";
                }

                if (!all && ends.Length == 1)
                {
                    return $"has a step without a range; write {part.Replace("/", $"-{most}/")}";
                }
            }

            (int from, int to) = (least, most == 7 ? 6 : most);
            if (!all && (!Value(ends[0], out from) | !Value(ends[ends.Length - 1], out to)))
            {
                return Unreadable(part);
            }

            if (from > to)
            {
                return $"has a range that ends before it begins: '{stepped[0]}'";
            }

            for (int value = from; value <= to; value += step)
            {
                values.Add(value);
            }

            return null;
        }

        private string Unreadable(string part) =>
            $"has a part that is none: '{part}' (a number from {least} to {most}{(names.Length == 0 ? "" : $", {names[0]} to {names[names.Length - 1]}")}, a range, * or a list of them)";

        private bool Value(string text, out int value)
        {
            value = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (value >= 0)
            {
                value += names == Months ? 1 : 0;
                return true;
            }

            return Number(text, out value) && value >= least && value <= most;
        }

        private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
