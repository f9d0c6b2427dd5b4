using System.Data.Common;
using System.Globalization;

namespace TypedPipelines.Queries;

/// <summary>Failures of a query: they name source and query, and hold nothing of the connection string that is secret.</summary>
internal sealed class QueryFailure(string source, string sql)
{
    private static readonly string[] SecretWords = ["password", "pwd", "secret", "token", "passphrase"];

    private readonly string _query = Quote.Text(string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    private string[] _secrets = [];

    /// <summary>Notes what must not be shown.</summary>
    internal void KeepSecret(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
        {
            return;
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            _secrets =
            [
                connectionString,
                .. parts.Keys.Cast<string>()
                    // AccountKey is one, Foreign Keys is none.
                    .Where(key => key.EndsWith("key", StringComparison.OrdinalIgnoreCase) || SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)))
                    .Select(key => Convert.ToString(parts[key], CultureInfo.InvariantCulture) ?? "")
                    .Where(value => value.Length > 0),
            ];
        }
        catch (ArgumentException)
        {
            _secrets = [connectionString];
        }
    }

    /// <summary>No connection could be made; a connection string that is not understood may be quoted in the message.</summary>
    internal PipelineException OfMaking(Exception cause) => new(
        FailureKind.Source,
        $"source {source} cannot make a connection for its query {_query}: {cause.GetType().Name}, whose message is left out since it may hold parts of the connection string",
        "Check the connection string, and what the source method makes of it.");

    internal PipelineException OfConnecting(DbConnection connection, Exception cause) => new(
        FailureKind.Source,
        $"source {source} cannot connect to {Where(connection)} for its query {_query}: {Message(cause)}",
        "Check that the database is there and takes the account; then run the partition again.",
        Shown(cause));

    internal PipelineException OfRunning(Exception cause, long rows) => new(
        FailureKind.Source,
        string.Create(CultureInfo.InvariantCulture, $"source {source}: the query {_query} {(rows == 0 ? "cannot be run" : $"broke off after {rows} rows")}: {Message(cause)}"),
        cause is DbException { IsTransient: true }
            ? "Nothing was changed. Such a failure may pass: run the partition again."
            : "Nothing was changed. Check the query and its parameters against the database, and run the partition again.",
        Shown(cause));

    /// <summary>The query does not give what the row type needs.</summary>
    internal PipelineException OfColumns(string what, string next) => new(FailureKind.Source, $"source {source}: the query {_query} {what}", next);

    private static string Where(DbConnection connection) => (connection.DataSource, connection.Database) switch
    {
        ("" or null, "" or null) => "its database",
        (var server, "" or null) => Quote.Text(server),
        ("" or null, var database) => Quote.Text(database),
        var (server, database) => $"{Quote.Text(database)} at {Quote.Text(server)}",
    };

    private string Message(Exception cause) => IsSecret(cause.Message)
        ? $"{cause.GetType().Name}, whose message is left out since it holds a secret of the connection string"
        : Quote.Line(cause.Message).TrimEnd('.');

    private Exception? Shown(Exception cause) => IsSecret(cause.ToString()) ? null : cause;

    private bool IsSecret(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
}
