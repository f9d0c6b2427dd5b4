using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// A PostgreSQL server of the benchmark's own, in a temporary folder, with durability as it is by default and without autovacuum, which
/// would run during one measurement and not during another. TYPEDPIPELINES_BENCHMARK_POSTGRESQL names another server.
/// </summary>
internal sealed class PostgreSqlPrivateServer : IDisposable
{
    private const string Installed = "/usr/lib/postgresql";

    private readonly string? _folder;

    internal PostgreSqlPrivateServer()
    {
        if (Environment.GetEnvironmentVariable("TYPEDPIPELINES_BENCHMARK_POSTGRESQL") is { Length: > 0 } given)
        {
            ConnectionString = given;
            return;
        }

        _folder = Directory.CreateTempSubdirectory("loads-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _folder);
        }

        int port = FreePort();
        RunAsOwner("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        RunAsOwner(
            "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "start", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -k {_folder} -c fsync=on -c synchronous_commit=on -c autovacuum=off -c shared_buffers=512MB -c max_wal_size=4GB");
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    internal string ConnectionString { get; }

    private string Data => Path.Combine(_folder!, "data");

    public void Dispose()
    {
        if (_folder is not null)
        {
            RunAsOwner("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Programs()
    {
        string[] found = Directory.Exists(Installed) ? Directory.GetFiles(Installed, "initdb", SearchOption.AllDirectories) : [];
        return found.Length > 0
            ? Path.GetDirectoryName(found.Max())!
            : throw new InvalidOperationException(
                $"No server programs of PostgreSQL in {Installed}: apt-get install postgresql-15, or name a server in TYPEDPIPELINES_BENCHMARK_POSTGRESQL.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server refuses to run as root.</summary>
    private static void RunAsOwner(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs(), program), .. arguments];
        Run(Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command);
    }

    private static void Run(params string[] command)
    {
        // Not redirected here: the server, which inherits its output, would keep the pipe open.
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", .. command]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', command)} ended with {process.ExitCode}"));
        }
    }
}
