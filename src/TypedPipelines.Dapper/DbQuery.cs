using System.Data.Common;
using TypedPipelines.Queries;

namespace TypedPipelines;

/// <summary>
/// A query of any ADO.NET database as a source, read row by row and never held as a whole. Dapper runs it with its parameters; the columns of
/// its result are found by name, as those of a CSV file are: case, underscores, spaces and hyphens do not matter, every member of the row type
/// needs its column, and others are passed over. A row with a null that its member does not admit, or a value that its member cannot hold, is
/// rejected with its number, column and value.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class DbQuery<TRow> : ISource<TRow>
{
    /// <summary>Names the query.</summary>
    /// <param name="database">The database. It is not disposed.</param>
    /// <param name="sql">The query. Values belong in its parameters, never in its text.</param>
    /// <param name="parameters">
    /// The parameters, as Dapper takes them: an object whose properties have their names, such as <c>new { day.Start, day.End }</c> for
    /// <c>@Start</c> and <c>@End</c>; null where there are none.
    /// </param>
    public DbQuery(DbDataSource database, string sql, object? parameters = null)
        : this((database ?? throw new ArgumentNullException(nameof(database))).CreateConnection, sql, parameters)
    {
    }

    /// <summary>Names the query.</summary>
    /// <param name="connection">Makes a connection of the query's own, which is opened for it and disposed of behind it.</param>
    /// <param name="sql">The query. Values belong in its parameters, never in its text.</param>
    /// <param name="parameters">
    /// The parameters, as Dapper takes them: an object whose properties have their names, such as <c>new { day.Start, day.End }</c> for
    /// <c>@Start</c> and <c>@End</c>; null where there are none.
    /// </param>
    public DbQuery(Func<DbConnection> connection, string sql, object? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        Connection = connection;
        Sql = sql;
        Parameters = parameters;
    }

    internal Func<DbConnection> Connection { get; }

    internal string Sql { get; }

    internal object? Parameters { get; }

    /// <summary>
    /// How long the database may take until the query gives its first rows; null, the default, for the provider's own limit, most often 30
    /// seconds.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <inheritdoc/>
    IRowSource<TRow> ISource<TRow>.Open(SourceContext context) => new QuerySource<TRow>(context, this);
}
