using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Says which rule of a table refused a row.</summary>
internal static class ConstraintFailure
{
    private const int UniqueConstraint = ErrorNumbers.UniqueConstraint;
    private const int UniqueIndex = 2601;
    private const int CheckOrForeignKey = 547;
    private const int NotNull = 515;
    private const int EndedInTrigger = 3609;

    /// <summary>From here on the numbers are those that THROW and RAISERROR give, in a trigger say.</summary>
    private const int FirstOfUsers = 50_000;

    /// <summary>Whether a rule of the table, and not the server's state, is the cause.</summary>
    internal static bool Is(PipelineException failure) =>
        SqlServerFailure.Reported(failure) is { Number: UniqueConstraint or UniqueIndex or CheckOrForeignKey or NotNull or EndedInTrigger or >= FirstOfUsers };

    internal static PipelineException Of(TableContract contract, PipelineException failure)
    {
        SqlException reported = SqlServerFailure.Reported(failure)!;
        string message = reported.Errors[0].Message.TrimEnd('.');
        return new PipelineException(
            FailureKind.Row,
            $"{Rule(reported.Number, message)} of table {contract.DisplayName} refused a row of this batch ({message})",
            $"Nothing was changed. Mend the rows at their source or in a step, or change the constraint; a row that is there already is never overwritten.{Padding(contract, reported.Number)}",
            failure.InnerException);
    }

    /// <summary>
    /// The name stands in the message only: first in quotes for a constraint, second for an index, whose table comes first. Babelfish has
    /// PostgreSQL's messages, in which a word stands before each name.
    /// </summary>
    internal static string Rule(int number, string message) => number switch
    {
        UniqueConstraint or UniqueIndex when After(message, "unique constraint \"") is { } name => $"the unique index {name}",
        CheckOrForeignKey when After(message, " constraint \"") is { } name => $"the constraint {name}",
        NotNull when After(message, "column \"") is { } name => $"the column {name}",
        UniqueConstraint when message.Contains("PRIMARY KEY", StringComparison.Ordinal) => $"the unique index {Quoted(message, '\'', 0)} (the primary key)",
        UniqueConstraint => $"the unique index {Quoted(message, '\'', 0)}",
        UniqueIndex => $"the unique index {Quoted(message, '\'', 1)}",
        CheckOrForeignKey => $"the constraint {Quoted(message, '"', 0)}",
        NotNull => $"the column {Quoted(message, '\'', 0)}",
        _ => "a constraint or trigger",
    };

    private static string Quoted(string message, char quote, int which)
    {
        string[] parts = message.Split(quote);
        int at = (2 * which) + 1;
        return at < parts.Length ? parts[at] : "";
    }

    private static string? After(string message, string words)
    {
        int at = message.IndexOf(words, StringComparison.Ordinal);
        int end = at < 0 ? -1 : message.IndexOf('"', at + words.Length);
        return end < 0 ? null : message[(at + words.Length)..end];
    }

    /// <summary>What nobody would guess.</summary>
    private static string Padding(TableContract contract, int number) =>
        number is UniqueConstraint or UniqueIndex && contract.Columns.Any(column => column is { Key: true, Type: ColumnType.String or ColumnType.Bytes })
            ? " An index of SQL Server takes texts that differ only in spaces at their ends for one, and bytes that differ only in zeros at theirs."
            : "";
}
