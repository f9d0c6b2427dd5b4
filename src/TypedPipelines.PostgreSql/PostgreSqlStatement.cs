namespace TypedPipelines.PostgreSql;

/// <summary>One statement of a publish.</summary>
/// <param name="Effect">What the rows it touches count as.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">How many of the slice's parameters it takes, from <c>$1</c> on: PostgreSQL refuses those that a statement does not mention.</param>
public sealed record PostgreSqlStatement(PostgreSqlEffect Effect, string Sql, int Parameters = 0);
