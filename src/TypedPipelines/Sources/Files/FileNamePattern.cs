using System.Text;
using System.Text.RegularExpressions;

namespace TypedPipelines;

/// <summary>A file name with placeholders, understood.</summary>
internal sealed class FileNamePattern
{
    private readonly Regex _form;
    private readonly List<(string Name, FileNameDate? Date)> _placeholders;

    private FileNamePattern(string form, List<(string Name, FileNameDate? Date)> placeholders)
    {
        _form = new Regex($@"\A{form}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | (OperatingSystem.IsWindows() ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(10));
        _placeholders = placeholders;
    }

    /// <summary>Whether a placeholder says the date.</summary>
    internal bool HasDate => _placeholders.Exists(placeholder => placeholder.Date is { HasYear: true });

    /// <exception cref="PipelineException">It is none.</exception>
    internal static FileNamePattern Parse(string owner, string declared, string name)
    {
        var form = new StringBuilder();
        var placeholders = new List<(string Name, FileNameDate? Date)>();
        bool afterText = false;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c is '*' or '?')
            {
                form.Append(c == '*' ? ".*?" : ".");
                continue;
            }

            if (c == '}')
            {
                throw Invalid(owner, declared, "has a closing brace without an opening one", "Write placeholders as {name} or {name:format}.");
            }

            if (c != '{')
            {
                form.Append(Regex.Escape(c.ToString()));
                afterText = false;
                continue;
            }

            int end = name.IndexOf('}', i);
            string[] parts = end < 0 ? [""] : name[(i + 1)..end].Split(':', 2);
            if (parts[0].Length == 0 || !parts[0].All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-'))
            {
                throw Invalid(owner, declared, "has a brace that is no placeholder", "Write placeholders as {name} or {name:format}, the name of letters, digits, underscores and hyphens.");
            }

            FileNameDate? date = parts.Length == 1 ? null : FileNameDate.Parse(parts[1])
                ?? throw Invalid(owner, declared, $"has the format {Quote.Text(parts[1])}", "A format has the parts yyyy, MM, dd, HH, mm, ss and f, each once, a date from the year on and a time from the hour on; other letters than T and Z are put in single quotes.");
            if (date is null && afterText)
            {
                throw Invalid(owner, declared, $"has nothing between {{{placeholders[^1].Name}}} and {{{parts[0]}}}, so that nobody can tell where the one ends", "Name files with something between two values.");
            }

            if (placeholders.Exists(other => CsvHeader.Key(other.Name) == CsvHeader.Key(parts[0])))
            {
                throw Invalid(owner, declared, $"has {{{parts[0]}}} twice", "Give each placeholder a name of its own.");
            }

            form.Append('(').Append(date?.Form ?? ".+?").Append(')');
            afterText = date is null;
            placeholders.Add((parts[0], date));
            i = end;
        }

        if (placeholders.Count(placeholder => placeholder.Date is { HasYear: true }) > 1)
        {
            throw Invalid(owner, declared, "has two placeholders with a date, and a file belongs to one window", "Leave one of them without a format.");
        }

        return new FileNamePattern(form.ToString(), placeholders);
    }

    /// <summary>Reads a name; null where it does not fit.</summary>
    /// <exception cref="PipelineException">It fits, but for a date or time that there is not: a file that was meant must not be passed over.</exception>
    internal FileNameMatch? Match(string owner, string name)
    {
        Match match = _form.Match(name);
        if (!match.Success)
        {
            return null;
        }

        var values = new NameValue[_placeholders.Count];
        DateTime date = DateTime.MinValue;
        TimeSpan time = TimeSpan.Zero;
        for (int i = 0; i < values.Length; i++)
        {
            string text = match.Groups[i + 1].Value;
            if (_placeholders[i].Date is { } form)
            {
                DateTime moment = form.Read(text) ?? throw new PipelineException(
                    FailureKind.Source,
                    $"{owner} found the file {Quote.Text(name)}, whose {_placeholders[i].Name} {Quote.Text(text)} is none",
                    "Rename the file and run the partition again.");
                text = form.ToIso(moment);
                (date, time) = form.HasYear ? (moment, time) : (date, time + moment.TimeOfDay);
            }

            values[i] = new NameValue(_placeholders[i].Name, text);
        }

        return new FileNameMatch(values, date + time);
    }

    internal static PipelineException Invalid(string owner, string declared, string what, string next) =>
        new(FailureKind.Source, $"{owner} asks for {Quote.Text(declared)}, which {what}", next);
}
