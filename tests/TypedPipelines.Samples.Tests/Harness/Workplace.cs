using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Samples.Tests.Harness;

/// <summary>A folder with a sample's data, in which its real program is run as a process.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string _program;

    private Workplace(string folder, string program = "Flights") => (Folder, _program, Executable) = (folder, program, ProgramFile(program));

    internal string Folder { get; }

    /// <summary>The program that is run: the one that the build made, unless a test names another.</summary>
    internal string Executable { get; init; }

    internal string Database => Path.Combine(Folder, _program.ToLowerInvariant() + ".db");

    /// <summary>A new folder with the landing files of some days; all of them where no days are named.</summary>
    internal static Workplace Create(params string[] days)
    {
        string folder = Directory.CreateTempSubdirectory("flights-").FullName;
        string from = Repository.Path("samples", "Flights", "landing");
        string to = Path.Combine(folder, "landing");
        Directory.CreateDirectory(Path.Combine(to, "flights"));
        File.Copy(Path.Combine(from, "airports.csv"), Path.Combine(to, "airports.csv"));
        foreach (string file in Directory.GetFiles(Path.Combine(from, "flights")))
        {
            if (days.Length == 0 || days.Contains(Path.GetFileNameWithoutExtension(file)))
            {
                File.Copy(file, Path.Combine(to, "flights", Path.GetFileName(file)));
            }
        }

        return new Workplace(folder);
    }

    /// <summary>A new folder with what the sample's feed of earthquakes serves.</summary>
    internal static Workplace CreateForEarthquakes(string? executable = null)
    {
        string folder = Directory.CreateTempSubdirectory("earthquakes-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.Copy(Repository.Path("samples", "Earthquakes", "data", "earthquakes.jsonl"), Path.Combine(folder, "data", "earthquakes.jsonl"));
        return new Workplace(folder, "Earthquakes") { Executable = executable ?? ProgramFile("Earthquakes") };
    }

    /// <summary>A new folder with all that is in another.</summary>
    internal static Workplace CopyOf(Workplace other)
    {
        string folder = Directory.CreateTempSubdirectory("flights-").FullName;
        foreach (string file in Directory.GetFiles(other.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(other.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new Workplace(folder);
    }

    internal string LandingFile(string day) => Path.Combine(Folder, "landing", "flights", day + ".csv");

    /// <summary>Runs the sample's program to its end.</summary>
    internal ProgramResult Run(params string[] arguments) => Start(arguments).Wait();

    /// <summary>Runs the sample's pipelines in a process that kills itself before a statement; 0 for never.</summary>
    internal ProgramResult RunUntil(int statement, params string[] arguments) => new RunningProgram(
        ProgramFile("TypedPipelines.CrashTarget"),
        Folder,
        arguments,
        ("CRASH_AT_STATEMENT", statement.ToString(CultureInfo.InvariantCulture)),
        ("CRASH_COUNT_FILE", Path.Combine(Folder, "statements"))).Wait();

    internal int StatementsCounted() => int.Parse(File.ReadAllText(Path.Combine(Folder, "statements")), CultureInfo.InvariantCulture);

    internal RunningProgram Start(params string[] arguments) => new(Executable, Folder, arguments);

    internal static string ProgramFile(string project) =>
        Repository.Path("artifacts", "bin", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), project + ".dll");

    internal T Scalar<T>(string sql)
    {
        using SqliteConnection connection = Open();
        return connection.ExecuteScalar<T>(sql)!;
    }

    internal List<T> Query<T>(string sql)
    {
        using SqliteConnection connection = Open();
        return connection.Query<T>(sql).AsList();
    }

    /// <summary>A digest of every row of the sample's tables, so that one changed byte shows.</summary>
    internal string Digest(string where = "") => Digest(("airports", ""), ("flights", where), ("daily_delays", where));

    /// <summary>The same of one table.</summary>
    internal string DigestOf(string table) => Digest((table, ""));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private string Digest(params (string Table, string Condition)[] tables)
    {
        using SqliteConnection connection = Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string table, string condition) in tables)
        {
            // The order of rows is not content; each value is length-prefixed and typed.
            IEnumerable<string> rows = connection.Query($"select * from {table} {condition}")
                .Cast<IDictionary<string, object?>>()
                .Select(row => string.Concat(row.Values.Select(Written)))
                .Order(StringComparer.Ordinal);
            foreach (string row in rows.Prepend(table))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Written(object? value)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{value?.GetType().Name}:{value}");
        return string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text};");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
