namespace TypedPipelines.Tests.Databases;

/// <summary>The destinations that the contract holds for.</summary>
public enum Destination
{
    Sqlite,
    PostgreSql,
    SqlServer,
}
