using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Looks at the values of a table that others have filled, where a load finds rows by columns that SQLite keeps as texts: a GUID in capitals, or
/// an instant in another form, is another text, and its row would be there twice, or not be found. A table that a pipeline has loaded before has been looked at.
/// </summary>
internal static class StoredForms
{
    private const string SecondsOfDay = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9][0-9]";
    private const string Day = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]";

    /// <exception cref="PipelineException">There is a value in another form.</exception>
    internal static void Check(SqliteDatabase database, TableContract contract)
    {
        if (database.Find("select loaded_by from main.tp_loaded_table where table_name = @table collate nocase", ("@table", contract.Table)) is not null)
        {
            return;
        }

        for (int i = 0; i < contract.Columns.Count; i++)
        {
            Column column = contract.Columns[i];
            bool isCompared = column.Key || i == contract.WindowColumn || (contract.KeepsNewest && column.Type is ColumnType.Instant or ColumnType.Decimal);
            if (column.Stored && isCompared && Form(column) is { } form && FindOther(database, contract, column, form.Condition) is { } value)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table {contract.DisplayName} of {database.File} holds {value} in its column {column.Name}, which a load writes as {form.Example}: SQLite would take them for two values, and rows for others",
                    "Nothing was changed. Bring the column's values into that form first (docs/destinations/sqlite.md has all forms), or load into another table.");
            }
        }
    }

    /// <summary>A value in another form, as SQL writes it; null where there is none.</summary>
    private static string? FindOther(SqliteDatabase database, TableContract contract, Column column, Func<string, string> condition)
    {
        string name = ShapeCheck.Quote(column.Name);
        return database.Find($"select quote({name}) from main.{ShapeCheck.Quote(contract.Table)} where {name} is not null and not (typeof({name}) = 'text' and {condition(name)}) limit 1");
    }

    /// <summary>How a load writes the values of a column, and by what one knows it; null of those that are no texts, or any.</summary>
    private static (string Example, Func<string, string> Condition)? Form(Column column) => column.Type switch
    {
        ColumnType.Guid => ("1b4e28ba-2fa1-11d2-883f-0016d3cca427", name => $"length({name}) = 36 and {name} = lower({name}) and {name} like '________-____-____-____-____________'"),
        ColumnType.Date => ("2001-01-31", name => $"{name} glob '{Day}'"),
        ColumnType.Time => ("07:05:00.0000000", name => $"{name} glob '{SecondsOfDay}'"),
        ColumnType.Instant => ("2001-01-31T07:05:00.0000000Z", name => $"{name} glob '{Day}T{SecondsOfDay}Z'"),
        ColumnType.Decimal when (column.Precision ?? 28) > 15 => FormOf(column.Scale ?? 10),
        _ => null,
    };

    private static (string Example, Func<string, string> Condition) FormOf(int scale)
    {
        string digits = string.Concat(Enumerable.Repeat("[0-9]", scale));
        string example = string.Create(CultureInfo.InvariantCulture, $"1{(scale == 0 ? "" : "." + new string('0', scale))}");
        // The whole part has digits alone, and no zero before others.
        return (example, name => $"{name} glob '*[0-9]{(scale == 0 ? "" : "." + digits)}' and ltrim({name}, '-') not glob '*[^0-9.]*' and ltrim({name}, '-') not glob '0[0-9]*' and length({name}) - length(ltrim({name}, '-')) < 2"
            + (scale == 0 ? $" and instr({name}, '.') = 0" : ""));
    }
}
