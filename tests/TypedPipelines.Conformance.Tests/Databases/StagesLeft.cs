using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// What is left of the staging of a database's runs. A temporary table is gone with its session; so what can be left is a table that is none, one
/// in a session that waits in the pool for its next run, and one of a session that nobody has ended.
/// </summary>
internal sealed class StagesLeft(string connectionString, bool isBabelfish)
{
    /// <summary>More than runs one after another leave waiting in the pool.</summary>
    private const int Sessions = 3;

    /// <summary>Longer than any test that runs beside this one keeps a stage.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    internal IReadOnlyList<string> Find() => [.. ThatLast(), .. SeenByNextRuns(), .. InTempdb()];

    private IEnumerable<string> ThatLast() => Query(SqlServerTestSql.LastingStages, row => row.GetString(0));

    /// <summary>
    /// What the next runs would find in the sessions that they take from the pool: at both kinds of server, and at Babelfish, which shows nobody
    /// the temporary tables of others, all that can be asked. SQL Server clears a session away when it is taken: there this finds nothing.
    /// </summary>
    private List<string> SeenByNextRuns()
    {
        var server = new SqlServerServer(connectionString, NullLogger.Instance);
        var taken = new List<SqlServerDatabase>();
        var found = new List<string>();
        try
        {
            for (int session = 0; session < Sessions; session++)
            {
                taken.Add(server.OpenAsync(CancellationToken.None).GetAwaiter().GetResult());
                found.AddRange(taken[^1].QueryAsync(SqlServerTestSql.StagesOfSession, row => row.GetString(0), CancellationToken.None).GetAwaiter().GetResult());
            }
        }
        finally
        {
            taken.ForEach(database => database.DisposeAsync().AsTask().GetAwaiter().GetResult());
        }

        return found;
    }

    /// <summary>
    /// All sessions share it, and tests run beside each other: theirs go with their runs, within moments. What stays is left, of this database or, which
    /// is no better, of another.
    /// </summary>
    private IEnumerable<string> InTempdb()
    {
        if (isBabelfish)
        {
            return [];
        }

        Dictionary<int, string> left = Now();
        for (long started = Stopwatch.GetTimestamp(); left.Count > 0 && Stopwatch.GetElapsedTime(started) < Longest;)
        {
            Thread.Sleep(20);
            Dictionary<int, string> now = Now();
            left = left.Where(stage => now.ContainsKey(stage.Key)).ToDictionary();
        }

        return left.Values;

        Dictionary<int, string> Now() => Query(SqlServerTestSql.StagesOfAll, row => (Id: row.GetInt32(0), Name: row.GetString(1))).ToDictionary(stage => stage.Id, stage => stage.Name);
    }

    private List<T> Query<T>(string sql, Func<SqlDataReader, T> read)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        using SqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqlDataReader rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(read(rows));
        }

        return found;
    }
}
