using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Turns what SQLite reports into a failure that says what to do.</summary>
internal static class SqliteFailure
{
    internal static Exception Of(int code, string message, string file) => code == raw.SQLITE_INTERRUPT
        ? new OperationCanceledException("The SQLite statement was interrupted.")
        : Of(new SqliteException(message, code & 0xff, code), file);

    internal static PipelineException Of(SqliteException cause, string file) => new(
        FailureKind.Destination,
        $"the SQLite database {file} reports: {cause.Message.TrimEnd('.')}",
        cause.SqliteErrorCode == raw.SQLITE_ERROR && cause.Message.Contains("no such column", StringComparison.Ordinal)
            ? "Nothing was changed. The table does not have the shape of its contract: run the pipeline that loads it, or correct the contract."
            : Next(cause.SqliteErrorCode, file),
        cause);

    /// <summary>Whether a constraint of a table refused a row.</summary>
    internal static bool IsConstraint(PipelineException failure) =>
        failure.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT };

    private static string Next(int code, string file) => code switch
    {
        raw.SQLITE_NOTADB => "Nothing was changed. The file is something else, or encrypted: correct the connection string, or move the file away.",
        raw.SQLITE_CORRUPT => "Nothing was changed. Restore the file from a backup; `pragma integrity_check` lists what is damaged.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "Nothing was changed. Let this process write the file and its folder, where SQLite keeps its journal.",
        raw.SQLITE_CANTOPEN => "Nothing was changed. Check that the path is right and that this process may open it.",
        raw.SQLITE_FULL => "Nothing was changed. Free some space on the disk of the database and of the folder for temporary files, and run again.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Nothing was changed. Another process keeps the database locked: run again when it has finished.",
        raw.SQLITE_IOERR => $"Nothing was changed. Check the disk that holds {file}, and run again.",
        _ => "Nothing was changed. Correct what SQLite complains about, and run again.",
    };
}
