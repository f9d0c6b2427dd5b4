using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Which types of PostgreSQL a column of a contract can be read from.</summary>
internal static class ColumnForms
{
    /// <exception cref="PipelineException">A column has a type that its contract cannot be read from.</exception>
    internal static void Check(NpgsqlDataReader rows, TableContract contract) => Check(rows, contract.Columns, (column, type) => new PipelineException(
        FailureKind.Schema,
        $"column {column.Name} of {contract.DisplayName} has the type {type}, which holds no {column.Type}",
        "Correct the contract, or the table."));

    /// <summary>Checks the columns of a result; gives what to throw for one that has another type.</summary>
    internal static void Check(NpgsqlDataReader rows, IReadOnlyList<Column> columns, Func<Column, string, PipelineException> wrong)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (!Of(columns[i].Type).Contains(rows.GetPostgresType(i).InternalName))
            {
                throw wrong(columns[i], rows.GetDataTypeName(i));
            }
        }
    }

    private static string[] Of(ColumnType type) => type switch
    {
        ColumnType.Boolean => ["bool"],
        ColumnType.Int16 => ["int2"],
        ColumnType.Int32 => ["int4", "int2"],
        ColumnType.Int64 => ["int8", "int4", "int2"],
        ColumnType.Single => ["float4"],
        ColumnType.Double => ["float8", "float4"],
        ColumnType.Decimal => ["numeric"],
        ColumnType.Date => ["date"],
        ColumnType.Time => ["time"],
        ColumnType.Instant => ["timestamptz"],
        ColumnType.Guid => ["uuid"],
        ColumnType.Bytes => ["bytea"],
        _ => ["text", "varchar", "bpchar", "name"],
    };
}
