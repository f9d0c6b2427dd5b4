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

    internal static PipelineException Of(TableContract contract, PipelineException failure)
    {
        PostgresException reported = PostgreSqlFailure.Reported(failure)!;
        if (reported.SqlState == PostgresErrorCodes.ProgramLimitExceeded)
        {
            return new PipelineException(
                FailureKind.Destination,
                $"a row of this batch has a key or another indexed value that is longer than an index of table {contract.DisplayName} can hold ({reported.MessageText.TrimEnd('.')})",
                "Nothing was changed. Declare [MaxLength] on the texts of the key, so that such a row is found before and named; then shorten it, or leave it out, in a step.",
                failure.InnerException);
        }

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
