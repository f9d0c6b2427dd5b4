using Dapper;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Functional.Tests.Harness;

/// <summary>A stage over a SQLite file.</summary>
internal sealed class Stage : StageBase
{
    internal Stage(DateTimeOffset? now = null)
        : base(now) => this.UseSqlite($"Data Source={Path.Combine(Folder, "test.db")}");

    internal List<T> Query<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "test.db")};Pooling=False");
        return connection.Query<T>(sql).AsList();
    }

    internal void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "test.db")};Pooling=False");
        connection.Execute(sql);
    }

    internal string Table(string name, string columns = "*")
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "test.db")};Pooling=False");
        return string.Join(
            "\n", connection.Query($"select {columns} from {name}").Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values)).Order(StringComparer.Ordinal));
    }
}
