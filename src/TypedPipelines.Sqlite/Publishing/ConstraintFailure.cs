using Microsoft.Data.Sqlite;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Says which rule of a table refused a row. Of a unique index SQLite names the columns and, unless it is over expressions,
/// not the index: so the index is looked up by them.
/// </summary>
internal static class ConstraintFailure
{
    private const string Next = "Nothing was changed. Mend the rows at their source or in a step, or change the constraint; a row that is there already is never overwritten.";

    /// <param name="database">The database.</param>
    /// <param name="contract">The table's contract.</param>
    /// <param name="failure">What SQLite said.</param>
    /// <param name="row">The row, as messages show it; null where it is not known.</param>
    internal static PipelineException Of(SqliteDatabase database, TableContract contract, PipelineException failure, string? row)
    {
        string message = ((SqliteException)failure.InnerException!).Message;
        string rule = FindIndexes(database, contract.Table, message) switch
        {
            [] => "a constraint",
            [string index] => $"the unique index {index}",
            { } several => $"one of the unique indexes {string.Join(", ", several)}",
        };
        return new PipelineException(
            FailureKind.Row,
            $"{rule} of table {contract.DisplayName} refused a row of this batch ({message.TrimEnd('.')}){(row is null ? "" : $"; the row is {row}")}",
            Next,
            failure.InnerException);
    }

    /// <summary>A foreign key that is checked at the end of a transaction refused what it did.</summary>
    internal static PipelineException AtCommit(PipelineException failure) => new(
        FailureKind.Row,
        $"a rule that is checked at the commit refused a row of this run ({failure.InnerException!.Message.TrimEnd('.')})",
        Next,
        failure.InnerException);

    /// <summary>Several may be of the same columns, of which one leaves out rows or compares in another way; SQLite does not say which of them it was.</summary>
    private static List<string> FindIndexes(SqliteDatabase database, string table, string message)
    {
        var found = new List<string>();
        using SqliteQuery indexes = database.Prepare(
            """
            select list.name, list.origin, group_concat(@table || '.' || info.name, ', ' order by info.seqno)
            from pragma_index_list(@table, 'main') as list
            join pragma_index_info(list.name, 'main') as info
            where list."unique" = 1
            group by list.name, list.origin
            order by list.name
            """,
            ("@table", table));
        while (indexes.Step())
        {
            string name = indexes.Text(0)!;
            if (message.EndsWith($": index '{name}'", StringComparison.Ordinal)
                || (indexes.Text(2) is { } columns && message.EndsWith($": {columns}", StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(indexes.Text(1) == "pk" ? $"{name} (the primary key)" : name);
            }
        }

        return found;
    }
}
