using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// The server that TYPEDPIPELINES_TEST_SQLSERVER names in SqlClient's keywords: SQL Server, Azure SQL or Babelfish. Each test has a database of its
/// own there. Whether the server can be used is tried once, before the first of them.
/// </summary>
internal sealed class SqlServerTestServer
{
    internal const string Variable = "TYPEDPIPELINES_TEST_SQLSERVER";

    /// <summary>Off: the tests run in databases where readers see rows as they are, as in a new database of SQL Server.</summary>
    internal const string SnapshotVariable = Variable + "_SNAPSHOT";

    private const int AzureDatabase = 5;
    private const int AzureManagedInstance = 8;

    /// <summary>SQL Server makes a database by copying one that nobody else may use meanwhile; other processes of the same tests do.</summary>
    private const int ModelIsInUse = 1807;
    private const int Deadlock = 1205;

    /// <summary>Of a session that is ending: a program that was killed, a statement that Babelfish does not hear to be cancelled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Lazy<SqlServerTestServer> Named = new(() => Look(
        Environment.GetEnvironmentVariable(Variable)!, Environment.GetEnvironmentVariable(SnapshotVariable)));

    private static readonly Lock OneAtATime = new();

    private readonly SqlConnectionStringBuilder _given;
    private int _edition;

    private SqlServerTestServer(SqlConnectionStringBuilder given, bool wantsVersions) => (_given, ReadersSeeVersions) = (given, wantsVersions);

    internal static bool IsNamed => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="UnusableServerException">No test can run there.</exception>
    internal static SqlServerTestServer Instance => Named.Value;

    internal bool IsBabelfish { get; private set; }

    /// <summary>Whether readers see versions of rows in a database for which a test asks no other; on Babelfish they do in every one.</summary>
    internal bool ReadersSeeVersions { get; private set; }

    internal string To(string database) => new SqlConnectionStringBuilder(_given.ConnectionString) { InitialCatalog = database }.ConnectionString;

    /// <summary>Creates a database.</summary>
    internal string CreateDatabase(bool readersSeeVersions)
    {
        string name = $"tp_{Guid.NewGuid():n}";
        Create(name);
        if (!IsBabelfish)
        {
            OnMaster(SqlServerTestSql.SetSnapshot(name, readersSeeVersions));
        }

        return name;
    }

    /// <summary>Drops a database. That it could not it only tells: a test fails by what it found, and not by what it left.</summary>
    internal async Task DropDatabaseAsync(string name)
    {
        try
        {
            using (var pooled = new SqlConnection(To(name)))
            {
                // Of this database alone: other tests are in the middle of their work.
                SqlConnection.ClearPool(pooled);
            }

            await Task.Run(() => Drop(name));
        }
        catch (Exception e)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"the database {name} could not be dropped: {e.Message}");
        }
    }

    /// <summary>Tries a server out.</summary>
    internal static SqlServerTestServer Look(string connectionString, string? snapshot)
    {
        if (snapshot is not (null or "" or "on" or "off"))
        {
            throw new UnusableServerException($"{SnapshotVariable} is '{snapshot}', and may be on or off.");
        }

        SqlServerTestServer server;
        try
        {
            server = new SqlServerTestServer(new SqlConnectionStringBuilder(connectionString), snapshot != "off");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException or NotSupportedException)
        {
            // What is complained about may be a part of the password.
            throw new UnusableServerException($"{Variable} holds no connection string in the keywords of SqlClient.");
        }

        try
        {
            server.AskKind();
        }
        catch (Exception e)
        {
            throw server.Unusable("names a server that cannot be used", e);
        }

        try
        {
            server.MakeTwo();
        }
        catch (Exception e)
        {
            throw server.Unusable(
                server.IsBabelfish
                    ? "must name a server and a user that can have several databases at once, on Babelfish by babelfishpg_tsql.migration_mode = 'multi-db'"
                    : "must name a user who may create and drop databases",
                e);
        }

        return server;
    }

    private void AskKind()
    {
        using var master = new SqlConnection(To("master"));
        master.Open();
        using SqlCommand command = master.CreateCommand();
        command.CommandText = SqlServerTestSql.AskKind;
        using SqlDataReader row = command.ExecuteReader();
        row.Read();
        IsBabelfish = !row.IsDBNull(0) && row.GetInt32(0) == 1;
        _edition = row.IsDBNull(1) ? 0 : row.GetInt32(1);
        ReadersSeeVersions |= IsBabelfish;
    }

    /// <summary>In the single-db mode of Babelfish, which is its default, the first database is granted, and each further one refused.</summary>
    private void MakeTwo()
    {
        var made = new List<string>();
        try
        {
            while (made.Count < 2)
            {
                string name = $"tp_try_{Guid.NewGuid():n}";
                Create(name);
                made.Add(name);
            }
        }
        finally
        {
            made.ForEach(Drop);
        }
    }

    private void Create(string name)
    {
        lock (OneAtATime)
        {
            Again(() => OnMaster(SqlServerTestSql.CreateDatabase(name)), e => e.Number is ModelIsInUse or Deadlock);
        }
    }

    private void Drop(string name) => Again(
        () =>
        {
            if (!IsBabelfish && _edition is not (AzureDatabase or AzureManagedInstance))
            {
                OnMaster(SqlServerTestSql.EndSessions(name));
            }

            OnMaster(SqlServerTestSql.DropDatabase(name));
        },
        _ => true);

    private static void Again(Action action, Func<SqlException, bool> isPassing)
    {
        for (long started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                action();
                return;
            }
            catch (SqlException e) when (isPassing(e) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                Thread.Sleep(200);
            }
        }
    }

    private void OnMaster(string sql)
    {
        using var master = new SqlConnection(To("master"));
        master.Open();
        using SqlCommand command = master.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300; // Azure SQL takes a minute for a new one.
        command.ExecuteNonQuery();
    }

    /// <summary>In one line, and without the password, wherever it may stand.</summary>
    private UnusableServerException Unusable(string why, Exception e)
    {
        string said = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
        if (e.GetBaseException() is var cause && cause != e && cause is not Win32Exception { NativeErrorCode: 0 })
        {
            said += $" ({cause.Message.ReplaceLineEndings(" ")})"; // Such as why the network failed, if the client knows that better than "Success".
        }

        return new UnusableServerException($"{Variable} {why}: {(_given.Password.Length == 0 ? said : said.Replace(_given.Password, "***", StringComparison.Ordinal))}.");
    }
}
