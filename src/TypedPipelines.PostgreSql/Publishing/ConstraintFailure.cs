using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Says which rule of a table refused a row.</summary>
internal static class ConstraintFailure
{
    /// <summary>
    /// Classes of errors that come from the server's state, the rights or our statements. All others come from a value: a trigger may raise what it
    /// likes, and an expression of a check fail as it likes.
    /// </summary>
    private static readonly string[] NotOfRows = ["08", "0A", "21", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "F0", "HV", "XX"];

    /// <summary>Whether a rule of the table, and not the server's state, is the cause.</summary>
    internal static bool Is(PipelineException failure) =>
        PostgreSqlFailure.Reported(failure) is { } reported
        && (reported.SqlState == PostgresErrorCodes.ProgramLimitExceeded || !NotOfRows.Contains(reported.SqlState[..2], StringComparer.Ordinal));

    /// <summary>What the server said, with the values that it shows.</summary>
    internal static string Reason(PipelineException failure) => PostgreSqlFailure.Reported(failure)!.MessageText.TrimEnd('.') + Detail(PostgreSqlFailure.Reported(failure)!);

    /// <summary>Whether a value is too long for an index.</summary>
    internal static bool IsOfLength(PipelineException failure) => PostgreSqlFailure.Reported(failure)!.SqlState == PostgresErrorCodes.ProgramLimitExceeded;

    /// <summary>A value is too long for an index.</summary>
    /// <param name="contract">The table's contract.</param>
    /// <param name="failure">What the server said.</param>
    /// <param name="longest">The row with the longest key; null where that is not the cause.</param>
    internal static PipelineException OfLength(TableContract contract, PipelineException failure, string? longest) => new(
        FailureKind.Row,
        $"a row of this batch has a key or another indexed value that is longer than an index of table {contract.DisplayName} can hold ({PostgreSqlFailure.Reported(failure)!.MessageText.TrimEnd('.')})"
        + (longest is null ? "" : $"; the row with the longest key is {longest}"),
        "Nothing was changed. Declare [MaxLength] on the texts of the key, so that such a row is found before; then shorten it, or leave it out, in a step.",
        failure.InnerException);

    internal static PipelineException Of(TableContract contract, PipelineException failure) => Of(contract.DisplayName, $"{contract.Table}_pkey", failure);

    /// <summary>A rule refused what a transaction did that is checked at its end; it need not be one of a table that was loaded.</summary>
    internal static PipelineException AtCommit(PipelineException failure) =>
        PostgreSqlFailure.Reported(failure)!.TableName is { } table ? Of(table, $"{table}_pkey", failure) : Of("that was loaded", "", failure);

    private static PipelineException Of(string table, string primaryKey, PipelineException failure)
    {
        PostgresException reported = PostgreSqlFailure.Reported(failure)!;
        string rule = reported.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation when reported.ConstraintName == primaryKey => $"the unique index {reported.ConstraintName} (the primary key)",
            PostgresErrorCodes.UniqueViolation => $"the unique index {reported.ConstraintName}",
            _ when reported.ConstraintName is { } name => $"the constraint {name}",
            _ => "a constraint",
        };
        return new PipelineException(
            FailureKind.Row,
            $"{rule} of table {table} refused a row of this batch ({reported.MessageText.TrimEnd('.')}{Detail(reported)})",
            reported.SqlState == PostgresErrorCodes.CheckViolation && reported.ConstraintName is null && rule == "a constraint"
                ? "Nothing was changed. Where no partition of the table takes the row, create one (`create table ... partition of ...`, or a default one); else mend the rows at their source or in a step."
                : "Nothing was changed. Mend the rows at their source or in a step, or change the constraint; a row that is there already is never overwritten.",
            failure.InnerException);
    }

    /// <summary>The row or the value, of which the server shows so much that it stays readable.</summary>
    private static string Detail(PostgresException reported) => reported.Detail is { } detail ? $": {Quote.Line(detail.TrimEnd('.'))}" : "";
}
