namespace TypedPipelines.Destinations;

/// <summary>What tables are called outside their database, by OpenLineage's rules for names.</summary>
/// <param name="Namespace">Where the database is, such as <c>postgres://db.example.org:5432</c>; never a password.</param>
/// <param name="Database">The database, which stands before a table's name; null where the namespace says it all.</param>
public sealed record DatasetNames(string Namespace, string? Database)
{
    /// <summary>The full name of a table.</summary>
    /// <param name="table">The table as the destination calls it.</param>
    public string Of(string table) => Database is null ? table : $"{Database}.{table}";
}
