using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>Compares a table with the one that its contract would create.</summary>
internal static class ShapeCheck
{
    /// <exception cref="PipelineException">They differ in a way that matters to a load or to its readers.</exception>
    internal static void Compare(TableContract contract, PostgreSqlLoadPlan plan, FoundTable found, string database)
    {
        CompareAround(contract, plan, found, database);
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            if (!contract.Columns[i].Stored)
            {
                continue;
            }

            string name = contract.Columns[i].Name;
            string expected = plan.Definitions[i];
            TableColumn? column = found.Columns.FirstOrDefault(column => column.Name == name);
            if (column is null)
            {
                throw Mismatch(contract, name, expected, "no such column", AddColumn(contract, i, plan, expected), database);
            }

            if (!column.Is(expected, contract.Columns[i].Key))
            {
                throw Mismatch(contract, name, expected, column.Define(withCollation: true), Alter(plan, column, expected), database);
            }
        }
    }

    /// <summary>Compares all but the types of the contract's own columns.</summary>
    /// <exception cref="PipelineException">There is no table, or it has a column that no load could fill, or into which none can write.</exception>
    internal static void CompareAround(TableContract contract, PostgreSqlLoadPlan plan, FoundTable found, string database)
    {
        if (!found.IsTable)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"{contract.DisplayName} of {database} is no table",
                "Nothing was changed. Give the contract another name, or move aside what has this one.");
        }

        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string name = contract.Columns[i].Name;
            if (contract.Columns[i].Stored && found.Columns.FirstOrDefault(column => column.Name == name) is { MadeBy: { } maker } made)
            {
                throw Mismatch(
                    contract,
                    name,
                    plan.Definitions[i],
                    $"{made.Define(withCollation: false)}, whose values an {maker} makes",
                    $"Leave the column out of the contract, or have it loaded as any other with: alter table {plan.Table} alter column {Quote(name)} drop {maker}",
                    database);
            }
        }

        foreach (TableColumn column in found.Columns)
        {
            if (column is { NotNull: true, FillsItself: false } && contract.Columns.All(known => !known.Stored || known.Name != column.Name))
            {
                throw Mismatch(
                    contract,
                    column.Name,
                    "no such column, or one that may be left out",
                    column.Define(withCollation: true),
                    $"Add the column to the contract; {Rename(contract, plan, found, column.Name)}or, where its values may go, remove it with: alter table {plan.Table} drop column {Quote(column.Name)}",
                    database);
            }
        }
    }

    private static PipelineException Mismatch(TableContract contract, string column, string expected, string found, string next, string database) => new(
        FailureKind.Schema,
        $"the table {contract.DisplayName} of {database} does not have the shape of its contract: column {column}: expected {expected}, found {found}",
        $"Nothing was changed. {next}");

    private static string Rename(TableContract contract, PostgreSqlLoadPlan plan, FoundTable found, string column) =>
        FindingColumns.FirstMissing(contract, name => found.Columns.Any(known => known.Name == name)) is { } missing
            ? $"or, if that calls it {missing}, rename it with: alter table {plan.Table} rename column {Quote(column)} to {Quote(missing)}; "
            : "";

    private static string AddColumn(TableContract contract, int position, PostgreSqlLoadPlan plan, string definition)
    {
        string column = Quote(contract.Columns[position].Name);
        if (!definition.EndsWith(NotNull, StringComparison.Ordinal))
        {
            return position == contract.EndColumn
                ? $"In this column a history says until when a version holds, and a new one would make all of them current: if another column has that, rename it (alter table {plan.Table} rename column ... to {column}); else empty the table, add the column, and load the history from its first window: alter table {plan.Table} add column {column} {definition}"
                : $"Add the column with: alter table {plan.Table} add column {column} {definition}";
        }

        return FindingColumns.Has(contract, position)
            ? $"Loads find rows by this column, so that each row needs its own value in it: if another column has that, rename it (alter table {plan.Table} rename column ... to {column}); else add the column, fill it, and then demand it: "
                + $"alter table {plan.Table} add column {column} {definition[..^NotNull.Length]}; update {plan.Table} set {column} = ...; alter table {plan.Table} alter column {column} set not null"
            : $"Add the column, with a default for the rows that are there: alter table {plan.Table} add column {column} {definition} default {DefaultOf(definition)}";
    }

    private static string Alter(PostgreSqlLoadPlan plan, TableColumn found, string expected)
    {
        string type = expected.EndsWith(NotNull, StringComparison.Ordinal) ? expected[..^NotNull.Length] : expected;
        var actions = new List<string>();
        if (found.Define(withCollation: expected.Contains(" collate ", StringComparison.Ordinal)) is var other
            && (found.NotNull ? other[..^NotNull.Length] : other) != type)
        {
            actions.Add($"alter column {Quote(found.Name)} type {type}");
        }

        if (found.NotNull != (type != expected))
        {
            actions.Add($"alter column {Quote(found.Name)} {(found.NotNull ? "drop" : "set")} not null");
        }

        string caution = actions[0].Contains(" type ", StringComparison.Ordinal)
            ? ". Look at its values first: the server converts them in its own way, rounds numbers to fewer places, cuts times to days, and takes what has no offset for the session's time zone. Change it"
            : ", ";
        return $"Correct the contract, or change the column{caution}{(caution.Length > 2 ? " " : "")}with: alter table {plan.Table} {string.Join(", ", actions)}";
    }

    private const string NotNull = " not null";

    private static string DefaultOf(string definition) => definition.Split(' ', '(')[0] switch
    {
        "boolean" => "false",
        "text" or "bytea" => "''",
        "date" => "'2000-01-01'",
        "time" => "'00:00'",
        "timestamptz" => "'2000-01-01 00:00:00+00'",
        "uuid" => "'00000000-0000-0000-0000-000000000000'",
        _ => "0",
    };

    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
