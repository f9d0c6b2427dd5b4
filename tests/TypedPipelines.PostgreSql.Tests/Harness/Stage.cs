using System.Globalization;
using Dapper;
using Npgsql;
using TypedPipelines.PostgreSql.Tests;

namespace TypedPipelines.Functional.Tests.Harness;

/// <summary>A stage over a PostgreSQL database of its own.</summary>
internal sealed class Stage : StageBase
{
    internal Stage(DateTimeOffset? now = null, string options = "")
        : base(now)
    {
        ConnectionString = PrivateServer.CreateDatabase(options);
        this.UsePostgreSql(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = true }.ConnectionString);
    }

    internal string ConnectionString { get; }

    internal List<T> Query<T>(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        return connection.Query<T>(sql).AsList();
    }

    internal void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Execute(sql);
    }

    internal string Table(string name, string columns = "*")
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        return string.Join(
            "\n",
            connection.Query($"select {columns} from {name}")
                .Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values.Select(Show)))
                .Order(StringComparer.Ordinal));
    }

    public override void Dispose()
    {
        base.Dispose();
        PrivateServer.DropDatabase(ConnectionString);
    }

    private static string? Show(object? value) => value switch
    {
        DateTime { TimeOfDay.Ticks: 0, Kind: DateTimeKind.Unspecified } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
