using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>What a new project has loaded.</summary>
internal static class OrdersTable
{
    /// <summary>A line for each row, by day and id.</summary>
    internal static IReadOnlyList<string> Rows(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "select day, id, customer, amount from orders order by day, id";
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
