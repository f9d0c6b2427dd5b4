using SQLitePCL;
using TypedPipelines.Running;

namespace TypedPipelines.Sqlite;

/// <summary>Runs the statement of a check over the connection in whose temporary schema the rows are staged.</summary>
internal static class CheckStatement
{
    internal static FoundRows Find(SqliteDatabase database, SqlQuery query, CancellationToken cancellationToken)
    {
        using SqliteQuery statement = StepStatement.Prepare(database, query);
        string[] names = statement.ColumnNames();
        var sample = new List<string>();
        long count = 0;
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count++ < FoundRows.MostKept)
            {
                sample.Add(string.Join(", ", names.Select((name, column) => $"{name}={Quote.Value(Value(statement, column))}")));
            }
        }

        return new FoundRows(count, sample);
    }

    private static object? Value(SqliteQuery row, int column) => row.TypeOf(column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => row.Number(column),
        raw.SQLITE_FLOAT => row.Real(column),
        raw.SQLITE_BLOB => row.Bytes(column),
        _ => row.Text(column),
    };
}
