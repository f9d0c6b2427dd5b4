using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Queries.Tests;

/// <summary>A SQLite file of a test's own.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tp-query-");

    internal SqliteFile(params string[] statements)
    {
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.FullName, "shop.db"), Pooling = false }.ToString();
        Database = SqliteFactory.Instance.CreateDataSource(ConnectionString);
        using DbConnection connection = Database.OpenConnection();
        foreach (string statement in statements)
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    internal string ConnectionString { get; }

    internal DbDataSource Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Delete(recursive: true);
    }
}
