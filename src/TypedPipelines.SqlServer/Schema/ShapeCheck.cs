using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Compares a table with the one that its contract would create.</summary>
internal static class ShapeCheck
{
    private const string NotNull = " not null";

    /// <exception cref="PipelineException">They differ in a way that matters to a load or to its readers.</exception>
    internal static void Compare(TableContract contract, SqlServerLoadPlan plan, FoundTable found, string database)
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
            TableColumn? column = found.Column(name);
            if (column is null)
            {
                throw Mismatch(contract, name, expected, "no such column", AddColumn(contract, i, plan, expected), database);
            }

            if (!column.Is(expected))
            {
                string other = column.Define(withCollation: expected.Contains(" collate ", StringComparison.Ordinal));
                throw Mismatch(contract, name, expected, other, Alter(plan, column, expected), database);
            }
        }
    }

    /// <summary>Compares all but the types of the contract's own columns.</summary>
    /// <exception cref="PipelineException">There is no table, or it has a column that no load could fill, or into which none can write.</exception>
    internal static void CompareAround(TableContract contract, SqlServerLoadPlan plan, FoundTable found, string database)
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
            if (contract.Columns[i].Stored && found.Column(name) is { IsMade: true } made)
            {
                throw Mismatch(
                    contract, name, plan.Definitions[i], $"{made.Define(withCollation: false)}, whose values the server makes", "Leave the column out of the contract.", database);
            }
        }

        foreach (TableColumn column in found.Columns)
        {
            if (column is { Nullable: false, FillsItself: false } && contract.Columns.All(known => !known.Stored || !found.Traits.Names.Equals(known.Name, column.Name)))
            {
                throw Mismatch(
                    contract,
                    column.Name,
                    "no such column, or one that may be left out",
                    column.Define(withCollation: false),
                    $"Add the column to the contract; {Rename(contract, plan, found, column.Name)}or, where its values may go, remove it with: alter table {plan.Table} drop column {Quote(column.Name)}",
                    database);
            }
        }
    }

    private static PipelineException Mismatch(TableContract contract, string column, string expected, string found, string next, string database) => new(
        FailureKind.Schema,
        $"the table {contract.DisplayName} of {database} does not have the shape of its contract: column {column}: expected {expected}, found {found}",
        $"Nothing was changed. {next}");

    private static string Rename(TableContract contract, SqlServerLoadPlan plan, FoundTable found, string column) =>
        FindingColumns.FirstMissing(contract, name => found.Column(name) is not null) is { } missing
            ? $"or, if that calls it {missing}, rename it with: exec sp_rename {Text($"{plan.Table}.{Quote(column)}")}, {Text(missing)}, N'COLUMN'; "
            : "";

    private static string AddColumn(TableContract contract, int position, SqlServerLoadPlan plan, string definition)
    {
        string name = contract.Columns[position].Name;
        string column = Quote(name);
        if (!definition.EndsWith(NotNull, StringComparison.Ordinal))
        {
            return position == contract.EndColumn
                ? $"In this column a history says until when a version holds, and a new one would make all of them current: if another column has that, rename it (exec sp_rename {Text($"{plan.Table}.[...]")}, {Text(name)}, N'COLUMN'); else empty the table, add the column, and load the history from its first window: alter table {plan.Table} add {column} {definition}"
                : $"Add the column with: alter table {plan.Table} add {column} {definition}";
        }

        return FindingColumns.Has(contract, position)
            ? $"Loads find rows by this column, so that each row needs its own value in it: if another column has that, rename it (exec sp_rename {Text($"{plan.Table}.[...]")}, {Text(name)}, N'COLUMN'); else add the column, fill it, and then demand it: "
                + $"alter table {plan.Table} add {column} {definition[..^NotNull.Length]} null; update {plan.Table} set {column} = ...; alter table {plan.Table} alter column {column} {definition}"
            : $"Add the column, with a default for the rows that are there: alter table {plan.Table} add {column} {definition} default {DefaultOf(definition)}";
    }

    private static string Alter(SqlServerLoadPlan plan, TableColumn found, string expected) =>
        "Correct the contract, or change the column. Look at its values first: the server converts them in its own way, rounds numbers to fewer places and cuts times to days; "
        + $"where a value does not fit at all, or an index has the column, it refuses. Change it with: alter table {plan.Table} alter column {Quote(found.Name)} {expected}";

    private static string Text(string text) => $"N'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string DefaultOf(string definition) => definition.Split(' ', '(')[0] switch
    {
        "nvarchar" => "N''",
        "varbinary" => "0x",
        "date" => "'2000-01-01'",
        "time" => "'00:00'",
        "datetimeoffset" => "'2000-01-01T00:00:00+00:00'",
        "uniqueidentifier" => "'00000000-0000-0000-0000-000000000000'",
        _ => "0",
    };

    internal static string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";
}
