using System.Text.Json;
using CsvHelper;

namespace TypedPipelines.Testing;

/// <summary>A file of rows for a table: CSV with a header, or a JSON array of objects. Columns are found by the names of the row's members or of the table's columns.</summary>
internal static class FixtureFile
{
    /// <summary>A file, where the test's assembly is unless its path is absolute.</summary>
    internal static string Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(path, AppContext.BaseDirectory);
        return File.Exists(full)
            ? full
            : throw new PipelineAssertionException($"There is no file {full}. Copy it beside the test's assembly: <None Include=\"{path}\" CopyToOutputDirectory=\"PreserveNewest\" />.");
    }

    internal static IReadOnlyList<TRow> Read<TRow>(TableContract<TRow> table, string path)
    {
        string file = Find(path);
        bool isJson = Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase);
        var rows = new List<TRow>();
        foreach ((int number, Dictionary<string, string?> values) in (isJson ? ReadJson(file) : ReadCsv(file)).Index())
        {
            var reader = new FixtureRowReader(table, Arrange<TRow>(table, values, path), $"{path}, row {number + 1}");
            rows.Add(table.Read(ref reader));
        }

        return rows;
    }

    private static string?[] Arrange<TRow>(TableContract table, Dictionary<string, string?> values, string path)
    {
        if (values.Keys.FirstOrDefault(name => !table.Columns.Any(column => Is(column, name))) is { } unknown)
        {
            throw new PipelineAssertionException($"{path} has a column {unknown}, and {table.DisplayName} has none: {string.Join(", ", table.Columns.Select(column => column.Member))}.");
        }

        return [.. table.Columns.Select(column => Stored<TRow>(column, values.FirstOrDefault(value => Is(column, value.Key)).Value))];
    }

    /// <summary>A member of an enum may be named where the table holds its number.</summary>
    private static string? Stored<TRow>(Column column, string? value)
    {
        Type? type = typeof(TRow).GetProperty(column.Member)?.PropertyType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is { IsEnum: true } && column.Type != ColumnType.String && Enum.TryParse(type, value, ignoreCase: true, out object? member)
            ? ((Enum)member).ToString("D")
            : value;
    }

    private static bool Is(Column column, string name) =>
        name.Equals(column.Member, StringComparison.OrdinalIgnoreCase) || name.Equals(column.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>An empty field is null where the column admits it: the reader asks.</summary>
    private static IEnumerable<Dictionary<string, string?>> ReadCsv(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using CsvReader csv = CsvReader.Create(stream, CsvReaderOptions.Default with { HasHeader = false });
        string[]? header = null;
        while (csv.Read())
        {
            string[] fields = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            if (header is null)
            {
                header = fields;
                continue;
            }

            if (fields.Length != header.Length)
            {
                throw new PipelineAssertionException($"{file} has a record of {fields.Length} fields under a header of {header.Length}: {string.Join(',', fields)}");
            }

            yield return header.Zip(fields).ToDictionary(field => field.First, string? (field) => field.Second, StringComparer.OrdinalIgnoreCase);
        }
    }

    private static IEnumerable<Dictionary<string, string?>> ReadJson(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new PipelineAssertionException($"{file} is no array of objects.");
        }

        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            yield return row.EnumerateObject().ToDictionary(
                property => property.Name,
                property => property.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => property.Value.GetString(),
                    _ => property.Value.GetRawText(),
                },
                StringComparer.OrdinalIgnoreCase);
        }
    }
}
