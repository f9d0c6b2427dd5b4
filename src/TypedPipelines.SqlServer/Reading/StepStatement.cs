using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>The statement of a SQL step or check as SQL Server takes it.</summary>
internal static class StepStatement
{
    internal static string Text(SqlQuery query) => query.Text(
        static table => table.PlanFor<SqlServerLoadPlan>().Table, static (place, _) => Name(place), static table => table.PlanFor<SqlServerLoadPlan>().Staging);

    internal static SqlParameter[] Values(SqlQuery query) => [.. query.Values.Select(static (value, place) => Of(Name(place), value))];

    /// <summary>Where the columns of the rows stand in the result, each of a type that it can be read from.</summary>
    internal static ResultColumns Columns(SqlQuery query, IRowContract contract, SqlDataReader rows)
    {
        ResultColumns columns = ResultColumns.Match(query, contract, [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)]);
        ColumnForms.Check(rows, columns.Found, (column, type) => columns.Unreadable(column, $"has the type {type}"));
        return columns;
    }

    /// <summary>What the driver reports, in words; where the statement is to blame, with that to correct.</summary>
    internal static Exception Failure(SqlQuery query, Exception explained) =>
        explained is PipelineException failure && SqlServerFailure.Reported(failure) is { } error && !SqlServerFailure.IsPassing(failure) && IsOfStatement(error)
            ? new PipelineException(failure.Kind, failure.What, query.Correct, failure.InnerException)
            : explained;

    /// <summary>By its severity: an error that the user can correct, except for a right that is missing (14) and for locks (13).</summary>
    private static bool IsOfStatement(SqlException error) => error.Class is 11 or 12 or 15 or 16;

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"@hole{place + 1}");

    private static SqlParameter Of(string name, SqlValue value)
    {
        (SqlDbType type, object? given) = (value.Type, value.Value) switch
        {
            (ColumnType.Boolean, var flag) => (SqlDbType.Bit, flag),
            (ColumnType.Int16, var number) => (SqlDbType.SmallInt, number),
            (ColumnType.Int32, var number) => (SqlDbType.Int, number),
            (ColumnType.Int64, var number) => (SqlDbType.BigInt, number),
            (ColumnType.Single, var real) => (SqlDbType.Real, real is float number ? Finite(number, number) : null),
            (ColumnType.Double, var real) => (SqlDbType.Float, real is double number ? Finite(number, number) : null),
            (ColumnType.Decimal, var number) => (SqlDbType.Decimal, number),
            (ColumnType.Date, var date) => (SqlDbType.Date, date is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : null),
            (ColumnType.Time, var time) => (SqlDbType.Time, time is TimeOnly clock ? clock.ToTimeSpan() : null),
            (ColumnType.Instant, var instant) => (SqlDbType.DateTimeOffset, instant),
            (ColumnType.Guid, var id) => (SqlDbType.UniqueIdentifier, id),
            (ColumnType.Bytes, var bytes) => (SqlDbType.VarBinary, bytes),
            (_, var text) => (SqlDbType.NVarChar, text),
        };
        var parameter = new SqlParameter(name, type) { Value = given ?? DBNull.Value };
        switch (type)
        {
            // One length for all values, so that the server keeps one plan; -1 is the type without a limit.
            case SqlDbType.NVarChar:
                parameter.Size = given is string { Length: > 4000 } ? -1 : 4000;
                break;
            case SqlDbType.VarBinary:
                parameter.Size = given is byte[] { Length: > 8000 } ? -1 : 8000;
                break;
            case SqlDbType.Time or SqlDbType.DateTimeOffset:
                parameter.Scale = 7;
                break;
        }

        return parameter;
    }

    private static object Finite(double real, object boxed) => double.IsFinite(real)
        ? boxed
        : throw new PipelineException(FailureKind.Step, "the value of a hole is NaN or infinite, and no number of SQL Server is", "Give another value.");
}
