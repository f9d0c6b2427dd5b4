namespace TypedPipelines.Sqlite;

/// <summary>One statement of a publish.</summary>
/// <param name="Effect">What the rows it touches count as.</param>
/// <param name="Sql">The statement.</param>
public sealed record SqliteStatement(SqliteEffect Effect, string Sql);
