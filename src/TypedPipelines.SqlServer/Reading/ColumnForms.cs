using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Which types of SQL Server a column of a contract can be read from.</summary>
internal static class ColumnForms
{
    /// <exception cref="PipelineException">A column has a type that its contract cannot be read from.</exception>
    internal static void Check(SqlDataReader rows, TableContract contract)
    {
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string found = rows.GetDataTypeName(i);
            if (!Of(contract.Columns[i].Type).Contains(found))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"column {contract.Columns[i].Name} of {contract.DisplayName} has the type {found}, which holds no {contract.Columns[i].Type}",
                    "Correct the contract, or the table.");
            }
        }
    }

    private static string[] Of(ColumnType type) => type switch
    {
        ColumnType.Boolean => ["bit"],
        ColumnType.Int16 => ["smallint"],
        ColumnType.Int32 => ["int"],
        ColumnType.Int64 => ["bigint"],
        ColumnType.Single => ["real"],
        ColumnType.Double => ["float"],
        ColumnType.Decimal => ["decimal", "numeric", "money", "smallmoney"],
        ColumnType.Date => ["date"],
        ColumnType.Time => ["time"],
        ColumnType.Instant => ["datetimeoffset"],
        ColumnType.Guid => ["uniqueidentifier"],
        ColumnType.Bytes => ["varbinary", "binary", "timestamp", "image"],
        _ => ["nvarchar", "varchar", "nchar", "char", "ntext", "text"],
    };
}
