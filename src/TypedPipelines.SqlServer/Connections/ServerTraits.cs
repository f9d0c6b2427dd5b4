namespace TypedPipelines.SqlServer;

/// <summary>What a load has to know of the server and the database.</summary>
/// <param name="IsBabelfish">Whether PostgreSQL answers in SQL Server's stead: its times have microseconds, its texts no NUL.</param>
/// <param name="ReadersSeeVersions">
/// Whether a reader at the default isolation sees the rows as they were when its statement began, waiting for nobody
/// (<c>READ_COMMITTED_SNAPSHOT</c>). Else it reads row after row as they are, waits for those being changed, and can see old rows and new.
/// </param>
/// <param name="NamesIgnoreCase">Whether <c>Total</c> and <c>total</c> are one column, which the database's collation says; so they are with most.</param>
internal sealed record ServerTraits(bool IsBabelfish, bool ReadersSeeVersions, bool NamesIgnoreCase)
{
    /// <summary>Compares names as the database does.</summary>
    internal StringComparer Names => NamesIgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
