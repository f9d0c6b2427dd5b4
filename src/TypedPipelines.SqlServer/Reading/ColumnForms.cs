using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer;

/// <summary>Which types of SQL Server a column of a contract can be read from.</summary>
internal static class ColumnForms
{
    /// <exception cref="PipelineException">A column has a type that its contract cannot be read from.</exception>
    internal static void Check(SqlDataReader rows, TableContract contract) => Check(rows, contract.Columns, (column, type) => new PipelineException(
        FailureKind.Schema,
        $"column {column.Name} of {contract.DisplayName} has the type {type}, which holds no {column.Type}",
        "Correct the contract, or the table."));

    /// <summary>Checks the columns of a result; gives what to throw for one that has another type.</summary>
    internal static void Check(SqlDataReader rows, IReadOnlyList<Column> columns, Func<Column, string, PipelineException> wrong)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            string found = rows.GetDataTypeName(i);
            if (!Of(columns[i].Type).Contains(found))
            {
                throw wrong(columns[i], found);
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
