using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;
using TypedPipelines.SqlServer.Tests;

namespace TypedPipelines.Functional.Tests.Harness;

/// <summary>A stage over a SQL Server database of its own; where there is no server, the test is skipped.</summary>
internal sealed class Stage : StageBase
{
    private readonly SqlServerTestDatabase _database = SqlServerTestDatabase.Create();

    internal Stage(DateTimeOffset? now = null)
        : base(now) => this.UseSqlServer(_database.ConnectionString);

    internal List<T> Query<T>(string sql)
    {
        using SqlConnection connection = _database.Open();
        return connection.Query<T>(sql).AsList();
    }

    internal void Execute(string sql)
    {
        using SqlConnection connection = _database.Open();
        connection.Execute(sql);
    }

    internal string Table(string name, string columns = "*")
    {
        using SqlConnection connection = _database.Open();
        return string.Join(
            "\n",
            connection.Query($"select {columns} from {name}")
                .Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values.Select(Show)))
                .Order(StringComparer.Ordinal));
    }

    public override void Dispose()
    {
        base.Dispose();
        _database.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static string? Show(object? value) => value switch
    {
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
