using System.Globalization;

namespace TypedPipelines.SqlServer;

/// <summary>SQL Server indexes no more than so many bytes of a key: a contract whose key could have more is refused at the start, not at the first row that does.</summary>
internal static class KeySize
{
    /// <summary>Of an index that is not clustered; the generator makes it so where the key has more than the 900 bytes of one that is.</summary>
    internal const int Most = 1700;

    private const int MostDigits = 38;
    private const int LongestText = 4000;
    private const int LongestBytes = 8000;

    /// <exception cref="PipelineException">The key, or a decimal, has more than SQL Server holds.</exception>
    internal static void Check(TableContract contract)
    {
        foreach (Column column in contract.Columns)
        {
            if (column.Precision > MostDigits)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    string.Create(CultureInfo.InvariantCulture, $"the column {column.Name} of {contract.DisplayName} has {column.Precision} digits, and a decimal of SQL Server at most {MostDigits}"),
                    "Give it fewer with [Precision].");
            }

            if (column.Key && IsUnlimited(column))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the key column {column.Name} of {contract.DisplayName} has no limit to its length, and SQL Server cannot index it",
                    string.Create(CultureInfo.InvariantCulture, $"Declare its greatest length with [MaxLength]: a key has room for {Most} bytes, two for each character."));
            }
        }

        int bytes = contract.PlanFor<SqlServerLoadPlan>().KeyBytes;
        if (bytes > Most)
        {
            throw new PipelineException(
                FailureKind.Schema,
                string.Create(CultureInfo.InvariantCulture, $"the key of {contract.DisplayName}, with what it belongs to of a run, a file or a window, can have {bytes} bytes, and SQL Server indexes at most {Most}"),
                "Declare shorter lengths with [MaxLength], two bytes for each character, or make fewer columns part of the key.");
        }
    }

    private static bool IsUnlimited(Column column) => column.Type switch
    {
        ColumnType.String => column.MaxLength is null or < 1 or > LongestText,
        ColumnType.Bytes => column.MaxLength is null or < 1 or > LongestBytes,
        _ => false,
    };
}
