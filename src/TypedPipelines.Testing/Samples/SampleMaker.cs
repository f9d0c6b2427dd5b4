namespace TypedPipelines.Testing;

/// <summary>Makes rows of a form up, with no key twice unless that is asked for.</summary>
internal sealed class SampleMaker(RowForm form, SampleOptions options)
{
    /// <summary>So often another key is tried before it is said that there are not enough.</summary>
    private const int Attempts = 1000;

    private readonly SampleValues _values = new(options);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private int _rows;

    /// <summary>Makes rows, none with a key of those made before.</summary>
    internal IEnumerable<object> Make(int count, Partition? within)
    {
        _values.Within = within;
        if (options.DuplicateKeys > 0 && (!form.Members.Any(member => member.IsKey) || options.DuplicateKeys >= count))
        {
            throw new PipelineAssertionException(
                $"{options.DuplicateKeys} of {count} rows of type {form.Name} cannot repeat keys: {(form.Members.Any(member => member.IsKey) ? "ask for more rows" : "none of its members is marked [Key]")}.");
        }

        var made = new List<object?[]>();
        for (int row = 0; row < count - options.DuplicateKeys; row++)
        {
            made.Add(Distinct(_rows++));
        }

        for (int row = made.Count; row < count; row++)
        {
            object?[] earlier = made[row % (count - options.DuplicateKeys)];
            made.Add([.. form.Members.Select((member, i) => member.IsKey ? earlier[i] : Value(member, row))]);
        }

        return made.Select(form.Make);
    }

    private object?[] Distinct(int row)
    {
        object?[] values = [.. form.Members.Select(member => Value(member, row))];
        for (int attempt = 0; !_keys.Add(KeyOf(values)); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new PipelineAssertionException($"{form.Name} has fewer different keys than {row + 1}, in what its members say and {(_values.Within is { } within ? $"partition {within.Key} has" : "can be made up")}: ask for fewer rows.");
            }

            values = [.. form.Members.Select((member, i) => member.IsKey ? _values.Distinct(member, row + attempt) : values[i])];
        }

        return values;
    }

    private object? Value(RowMember member, int row) => member.KeepsDefault ? member.Default : _values.Next(member, row);

    /// <summary>Rows without a key are all different anyway.</summary>
    private string KeyOf(object?[] values)
    {
        string[] key = [.. form.Members.Zip(values).Where(each => each.First.IsKey).Select(each => each.Second switch
        {
            string text => $"{text.Length}:{text}",
            byte[] bytes => Convert.ToHexString(bytes),
            IFormattable value => value.ToString(value is DateTime or DateTimeOffset or TimeOnly ? "O" : null, System.Globalization.CultureInfo.InvariantCulture),
            var value => value?.ToString() ?? "",
        })];
        return key.Length == 0 ? $"row {_keys.Count}" : string.Join(' ', key);
    }
}
