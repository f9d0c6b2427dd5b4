using System.Globalization;
using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>The statement of a SQL step or check as PostgreSQL takes it.</summary>
internal static class StepStatement
{
    /// <summary>Each value has its type beside it: so it is that also where nothing else says so, as in a select list.</summary>
    internal static string Text(SqlQuery query) => query.Text(
        static table => table.PlanFor<PostgreSqlLoadPlan>().Table,
        static (place, type) => string.Create(CultureInfo.InvariantCulture, $"cast(${place + 1} as {TypeOf(type)})"),
        static table => table.PlanFor<PostgreSqlLoadPlan>().Staging);

    internal static object?[] Values(SqlQuery query) => [.. query.Values.Select(Of)];

    /// <summary>Where the columns of the rows stand in the result, each of a type that it can be read from.</summary>
    internal static ResultColumns Columns(SqlQuery query, IRowContract contract, NpgsqlDataReader rows)
    {
        ResultColumns columns = ResultColumns.Match(query, contract, [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)]);
        ColumnForms.Check(rows, columns.Found, (column, type) => columns.Unreadable(column, $"has the type {type}"));
        return columns;
    }

    /// <summary>The driver takes a text with several statements, where it has no values, for several results.</summary>
    internal static async Task RefuseSecondAsync(SqlQuery query, NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        if (await rows.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new PipelineException(FailureKind.Destination, "its statement cannot be run: it is more than one statement", query.Correct);
        }
    }

    /// <summary>What the driver reports, in words; where the statement is to blame, with that to correct.</summary>
    internal static PipelineException Failure(SqlQuery query, Exception reported, string server)
    {
        PipelineException failure = PostgreSqlFailure.Of(reported, server);
        return PostgreSqlFailure.Reported(failure) is { } error && IsOfStatement(error.SqlState)
            ? new PipelineException(failure.Kind, failure.What, query.Correct, reported)
            : failure;
    }

    /// <summary>Syntax and names, values that an operation does not take, a write in a transaction that only reads, a parameter in a comment.</summary>
    private static bool IsOfStatement(string state) =>
        (state.StartsWith("42", StringComparison.Ordinal) && state != PostgresErrorCodes.InsufficientPrivilege)
        || state.StartsWith("22", StringComparison.Ordinal)
        || state.StartsWith("21", StringComparison.Ordinal)
        || state.StartsWith("0A", StringComparison.Ordinal)
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.ProtocolViolation;

    private static object? Of(SqlValue value) => value.Value switch
    {
        DateOnly date => new Literal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => new Literal(Exact(time.Ticks, time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture))),
        DateTimeOffset instant => new Literal(Exact(instant.Ticks, instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture))),
        string text when text.Contains('\0', StringComparison.Ordinal) => throw Refused("holds the character NUL, which no text of PostgreSQL can"),
        _ => value.Value,
    };

    /// <summary>A bound that was rounded would let other rows in.</summary>
    private static string Exact(long ticks, string text) => ticks % PostgreSqlTime.TicksPerMicrosecond == 0
        ? text
        : throw Refused($"is a time after {text}, finer than the microseconds that PostgreSQL keeps, and is not rounded");

    private static PipelineException Refused(string what) => new(FailureKind.Step, $"the value of a hole {what}", "Round it in the step, or give another value.");

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Boolean => "boolean",
        ColumnType.Int16 => "smallint",
        ColumnType.Int32 => "integer",
        ColumnType.Int64 => "bigint",
        ColumnType.Single => "real",
        ColumnType.Double => "double precision",
        ColumnType.Decimal => "numeric",
        ColumnType.Date => "date",
        ColumnType.Time => "time",
        ColumnType.Instant => "timestamp with time zone",
        ColumnType.Guid => "uuid",
        ColumnType.Bytes => "bytea",
        _ => "text",
    };
}
