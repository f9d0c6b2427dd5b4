using Npgsql;

namespace TypedPipelines.PostgreSql;

/// <summary>Which types of PostgreSQL a column of a contract can be read from.</summary>
internal static class ColumnForms
{
    /// <exception cref="PipelineException">A column has a type that its contract cannot be read from.</exception>
    internal static void Check(NpgsqlDataReader rows, TableContract contract)
    {
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string found = rows.GetPostgresType(i).InternalName;
            if (!Of(contract.Columns[i].Type).Contains(found))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"column {contract.Columns[i].Name} of {contract.DisplayName} has the type {rows.GetDataTypeName(i)}, which holds no {contract.Columns[i].Type}",
                    "Correct the contract, or the table.");
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
