using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Databases of a test's own, at a server whose login may create some.</summary>
internal static class NewDatabases
{
    internal static async Task<NewDatabase> CreateAsync(string connectionString)
    {
        string name = NewDatabase.NewName();
        await RunAsync(connectionString, $"create database [{name}]").ConfigureAwait(false);
        return new NewDatabase(
            new SqlConnectionStringBuilder(connectionString) { InitialCatalog = name }.ConnectionString,
            async () =>
            {
                await RunAsync(connectionString, $"alter database [{name}] set single_user with rollback immediate").ConfigureAwait(false);
                await RunAsync(connectionString, $"drop database [{name}]").ConfigureAwait(false);
            });
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        var server = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        try
        {
            var connection = new SqlConnection(server.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync().ConfigureAwait(false);
                var command = new SqlCommand(sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                }
            }
        }
        catch (SqlException e)
        {
            throw SqlServerFailure.Of(e, $"{server.InitialCatalog} on {server.DataSource}");
        }
    }
}
