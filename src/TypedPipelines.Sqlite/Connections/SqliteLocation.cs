using Microsoft.Data.Sqlite;

namespace TypedPipelines.Sqlite;

/// <summary>The file that a connection string names.</summary>
internal sealed class SqliteLocation
{
    private const string DataDirectory = "|DataDirectory|";

    private readonly SqliteConnectionStringBuilder _settings;
    private readonly string _path;

    internal SqliteLocation(string connectionString)
    {
        try
        {
            _settings = new SqliteConnectionStringBuilder(connectionString)
            {
                // A pooled connection would carry one session's temporary tables into the next.
                Pooling = false,

                // With a shared cache connections of one process lock tables against each other, and none waits.
                Cache = SqliteCacheMode.Private,
            };
        }
        catch (ArgumentException e)
        {
            throw new PipelineException(
                FailureKind.Usage,
                $"the connection string of the SQLite destination cannot be understood: {e.Message.TrimEnd('.')}",
                "Write it like: Data Source=flights.db",
                e);
        }

        if (IsInMemory(_settings))
        {
            throw new PipelineException(
                FailureKind.Usage,
                "the connection string of the SQLite destination names no file, but a database in memory or an address",
                "A run uses several connections, each of which would have a memory of its own. Name a file, like: Data Source=flights.db");
        }

        if (_settings.Password.Length > 0)
        {
            throw new PipelineException(
                FailureKind.Usage,
                "the connection string of the SQLite destination has a password, and the SQLite of this program does not encrypt",
                "Leave the password out, and protect the file by the rights of its folder. Write the connection string like: Data Source=flights.db");
        }

        File = _settings.DataSource;
        _path = Resolve(File);
        _settings.DataSource = _path;
    }

    /// <summary>The file as the connection string names it, for people.</summary>
    internal string File { get; }

    /// <summary>The file's full path.</summary>
    internal string FullPath => _path;

    internal bool Exists => System.IO.File.Exists(_path);

    internal string ConnectionString(SqliteOpenMode mode)
    {
        if (mode == SqliteOpenMode.ReadWriteCreate && !Exists && Path.GetDirectoryName(_path) is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            throw new PipelineException(
                FailureKind.Destination,
                $"the folder {directory} of the SQLite database {File} does not exist",
                "Create the folder, or correct the connection string.");
        }

        // A file that the user asked to be opened for reading only is never opened for more.
        return new SqliteConnectionStringBuilder(_settings.ConnectionString)
        {
            Mode = _settings.Mode == SqliteOpenMode.ReadOnly ? SqliteOpenMode.ReadOnly : mode,
        }.ConnectionString;
    }

    private static bool IsInMemory(SqliteConnectionStringBuilder settings) =>
        settings.Mode == SqliteOpenMode.Memory
        || string.IsNullOrWhiteSpace(settings.DataSource)
        || settings.DataSource.Equals(":memory:", StringComparison.OrdinalIgnoreCase)
        || settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The full path, by the provider's rules: found out once, so that a later change of the current folder does not split
    /// a run over two files.
    /// </summary>
    private static string Resolve(string file)
    {
        string folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
        string name = file.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase) ? file[DataDirectory.Length..].TrimStart('/', '\\') : file;
        return Path.GetFullPath(Path.Combine(folder, name));
    }
}
