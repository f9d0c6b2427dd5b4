using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Says which rule of a table refused a row.</summary>
internal static class ConstraintFailure
{
    private const string IntegrityViolations = "23";
    private const string ViewViolations = "44";

    /// <summary>Whether a rule of the table, and not the server's state, is the cause.</summary>
    internal static bool Is(PipelineException failure) =>
        PostgreSqlFailure.Reported(failure) is { } reported
        && (reported.SqlState.StartsWith(IntegrityViolations, StringComparison.Ordinal)
            || reported.SqlState.StartsWith(ViewViolations, StringComparison.Ordinal)
            || reported.SqlState is PostgresErrorCodes.RaiseException or PostgresErrorCodes.ProgramLimitExceeded);

    /// <summary>Whether a value is too long for an index.</summary>
    internal static bool IsOfLength(PipelineException failure) => PostgreSqlFailure.Reported(failure)!.SqlState == PostgresErrorCodes.ProgramLimitExceeded;

    /// <summary>A value is too long for an index.</summary>
    /// <param name="contract">The table's contract.</param>
    /// <param name="failure">What the server said.</param>
    /// <param name="longest">The row with the longest key; null where that is not the cause.</param>
    internal static PipelineException OfLength(TableContract contract, PipelineException failure, string? longest) => new(
        FailureKind.Destination,
        $"a row of this batch has a key or another indexed value that is longer than an index of table {contract.DisplayName} can hold ({PostgreSqlFailure.Reported(failure)!.MessageText.TrimEnd('.')})"
        + (longest is null ? "" : $"; the row with the longest key is {longest}"),
        "Nothing was changed. Declare [MaxLength] on the texts of the key, so that such a row is found before; then shorten it, or leave it out, in a step.",
        failure.InnerException);

    internal static PipelineException Of(TableContract contract, PipelineException failure)
    {
        PostgresException reported = PostgreSqlFailure.Reported(failure)!;
        string rule = reported.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation when reported.ConstraintName == $"{contract.Table}_pkey" => $"the unique index {reported.ConstraintName} (the primary key)",
            PostgresErrorCodes.UniqueViolation => $"the unique index {reported.ConstraintName}",
            _ when reported.ConstraintName is { } name => $"the constraint {name}",
            _ => "a constraint",
        };
        return new PipelineException(
            FailureKind.Destination,
            $"{rule} of table {contract.DisplayName} refused a row of this batch ({reported.MessageText.TrimEnd('.')})",
            "Nothing was changed. Mend the rows at their source or in a step, or change the constraint; a row that is there already is never overwritten.",
            failure.InnerException);
    }
}
