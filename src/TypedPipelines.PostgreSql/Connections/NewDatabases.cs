using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>Databases of a test's own, at a server whose user may create some.</summary>
internal static class NewDatabases
{
    internal static async Task<NewDatabase> CreateAsync(string connectionString)
    {
        NpgsqlConnectionStringBuilder server = PostgreSqlServer.Adjusted(connectionString);
        server.Pooling = false;
        string name = NewDatabase.NewName();
        await RunAsync(server, $"create database {name} encoding 'UTF8' template template0").ConfigureAwait(false);
        return new NewDatabase(
            new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString,
            () => RunAsync(server, $"drop database if exists {name} with (force)"));
    }

    private static async Task RunAsync(NpgsqlConnectionStringBuilder server, string sql)
    {
        try
        {
            var connection = new NpgsqlConnection(server.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync().ConfigureAwait(false);
                var command = new NpgsqlCommand(sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                }
            }
        }
        catch (NpgsqlException e)
        {
            throw PostgreSqlFailure.Of(e, $"{server.Database ?? server.Username} on {server.Host}:{server.Port}");
        }
    }
}
