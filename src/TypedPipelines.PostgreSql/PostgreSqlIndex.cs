namespace TypedPipelines.PostgreSql;

/// <summary>An index that a load needs.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Sql">The statement that creates it.</param>
public sealed record PostgreSqlIndex(string Name, string Sql);
