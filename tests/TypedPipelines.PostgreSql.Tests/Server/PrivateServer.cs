using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(TypedPipelines.PostgreSql.Tests.PrivateServer))]

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder, gone when they end. TYPEDPIPELINES_TEST_POSTGRESQL names
/// another server to test against: a connection string of a user who may create databases.
/// </summary>
public sealed class PrivateServer : IAsyncLifetime
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("TYPEDPIPELINES_TEST_POSTGRESQL");

    private static readonly ConcurrentBag<string> Emptied = [];
    private static readonly ConcurrentBag<string> Reusable = [];
    private static readonly ConcurrentBag<string> Odd = [];

    private static string? _connectionString;
    private static string? _missing;
    private static int _databases;

    private string? _folder;
    private string? _programs;

    /// <summary>An empty database, made or emptied; skips the test where there is no server.</summary>
    internal static string CreateDatabase(string options = "")
    {
        Assert.SkipWhen(_connectionString is null, _missing ?? "no server was started");
        if (options.Length == 0 && Emptied.TryTake(out string? emptied))
        {
            return emptied;
        }

        string name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(_connectionString!, $"create database {name} {options}");
        string created = new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString;
        (options.Length == 0 ? Reusable : Odd).Add(created);
        return created;
    }

    /// <summary>Takes a database back. One as the server makes it is emptied for the next test, which takes far less time than to make another.</summary>
    internal static void DropDatabase(string connectionString)
    {
        if (!Reusable.Contains(connectionString))
        {
            return;
        }

        // What a test set for the database must not get in the way of undoing it.
        string undisturbed = new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c default_transaction_read_only=off -c statement_timeout=0" }.ConnectionString;
        string name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        Execute(
            undisturbed,
            $"""
            select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
            do $d$
            declare found text;
            begin
                for found in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
                    execute format('drop schema %I cascade', found);
                end loop;
            end $d$;
            create schema public;
            grant usage on schema public to public;
            grant connect, temporary on database {name} to public;
            alter database {name} reset all;
            """);
        Emptied.Add(connectionString);
    }

    public async ValueTask InitializeAsync()
    {
        if (!string.IsNullOrEmpty(Given))
        {
            _connectionString = Given;
            return;
        }

        _programs = FindPrograms();
        if (_programs is null)
        {
            _missing = "needs PostgreSQL's server programs, version 15 or later: apt-get install postgresql-15, or set TYPEDPIPELINES_TEST_POSTGRESQL";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("tp-postgresql-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _folder);
        }

        int port = FreePort();
        string data = Path.Combine(_folder, "data");
        RunAsOwner("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        // Durability is the server's business, and speed the tests'.
        RunAsOwner(
            "pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "start", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -k {_folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300");
        _connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "postgres", Database = "postgres", Pooling = false,
        }.ConnectionString;
        await Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!string.IsNullOrEmpty(Given))
        {
            foreach (string database in Reusable.Concat(Odd))
            {
                Execute(Given, $"drop database {new NpgsqlConnectionStringBuilder(database).Database} with (force)");
            }
        }

        if (_folder is not null)
        {
            RunAsOwner("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out int version) && version >= 15 && File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderBy(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault()
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server refuses to run as root.</summary>
    private void RunAsOwner(string program, params string[] arguments)
    {
        string file = Path.Combine(_programs!, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", file, .. arguments]);
        }
        else
        {
            Run(file, arguments);
        }
    }

    private static void Run(string file, params string[] arguments)
    {
        // Its output is not redirected: the server, which inherits it, would keep the pipe open. What goes wrong is in the log.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", file, .. arguments]) { WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
