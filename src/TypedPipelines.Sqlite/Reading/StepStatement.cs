using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>The statement of a SQL step or check, prepared: SQLite has read it, and the columns of a step are those of its rows.</summary>
internal static class StepStatement
{
    /// <summary>SQLITE_DBCONFIG_DQS_DML: whether double quotes may be around a text.</summary>
    private const int QuotedTexts = 1013;

    /// <exception cref="PipelineException">SQLite refuses it, it is more than one query, or its columns are others, or of another type.</exception>
    internal static (SqliteQuery Statement, ResultColumns Columns) Prepare(SqliteDatabase database, SqlQuery query, IRowContract contract)
    {
        SqliteQuery statement = Prepare(database, query);
        try
        {
            var columns = ResultColumns.Match(query, contract, statement.ColumnNames());
            DeclaredForms.Check(columns, statement.DeclaredTypes());
            return (statement, columns);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    /// <exception cref="PipelineException">SQLite refuses it, or it is more than one query.</exception>
    internal static SqliteQuery Prepare(SqliteDatabase database, SqlQuery query)
    {
        string sql = query.Text(
            static table => $"main.{Quoted(table.Table)}", static (place, _) => Name(place), static table => $"temp.{Quoted("stage_" + table.Table)}");
        SqliteQuery? statement = null;
        try
        {
            // Else a quoted name that is none would be taken for a text.
            raw.sqlite3_db_config(database.Handle, QuotedTexts, 0, out _);
            statement = database.PrepareFirst(sql, out string rest);
            if (!database.IsNothing(rest))
            {
                throw Wrong(query, "it is more than one statement");
            }

            if (!statement.IsQuery)
            {
                throw Wrong(query, "it selects nothing, or changes something");
            }

            Bind(statement, query);
            return statement;
        }
        catch (PipelineException e)
        {
            statement?.Dispose();
            throw Failure(query, e);
        }
    }

    /// <summary>A failure for which the statement is to blame says so; what SQLite knows no better about is one.</summary>
    internal static PipelineException Failure(SqlQuery query, PipelineException failure) =>
        failure.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE }
            ? new PipelineException(failure.Kind, failure.What, query.Correct, failure.InnerException)
            : failure;

    private static void Bind(SqliteQuery statement, SqlQuery query)
    {
        int place = 0;
        foreach (SqlValue value in query.Values)
        {
            // SQLite takes a parameter that it does not find, or that nothing is given for, for null, without a word.
            if (!statement.Has(Name(place)))
            {
                throw Wrong(query, string.Create(CultureInfo.InvariantCulture, $"its hole {place + 1} that holds a value stands in a text or a comment"));
            }

            statement.Bind(Name(place++), StepValues.Of(value));
        }

        if (statement.ParameterCount != place)
        {
            throw Wrong(query, "it has a parameter of its own, which nothing gives a value");
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"@hole{place + 1}");

    private static PipelineException Wrong(SqlQuery query, string what) => new(FailureKind.Destination, $"its statement cannot be run: {what}", query.Correct);
}
