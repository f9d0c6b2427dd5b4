using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>Looks for the unique index that a load by key relies on.</summary>
internal static class KeyCheck
{
    /// <exception cref="PipelineException">There is none.</exception>
    internal static void Check(SqliteDatabase database, TableContract contract)
    {
        if (TableKey.Of(contract) is { } key && !UniqueColumns.Of(database, contract.Table).Exists(index => index.TrueForAll(column => key.Contains(column, StringComparer.OrdinalIgnoreCase))))
        {
            throw TableKey.Missing(
                contract, database.File, $"create unique index {ShapeCheck.Quote($"ux_{contract.Table}_key")} on {ShapeCheck.Quote(contract.Table)} ({string.Join(", ", key.Select(ShapeCheck.Quote))})");
        }
    }
}
