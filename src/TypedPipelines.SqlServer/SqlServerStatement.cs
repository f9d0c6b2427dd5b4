namespace TypedPipelines.SqlServer;

/// <summary>One statement of a publish.</summary>
/// <param name="Effect">What the rows it touches count as.</param>
/// <param name="Sql">The statement.</param>
public sealed record SqlServerStatement(SqlServerEffect Effect, string Sql);
