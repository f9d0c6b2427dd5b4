namespace TypedPipelines.Compilation.Model;

/// <summary>What the generator asks of the compilation as a whole: which destinations the project references.</summary>
/// <param name="HasSqlite">Whether it references <c>TypedPipelines.Sqlite</c>.</param>
/// <param name="HasPostgreSql">Whether it references <c>TypedPipelines.PostgreSql</c>.</param>
/// <param name="HasSqlServer">Whether it references <c>TypedPipelines.SqlServer</c>.</param>
internal sealed record EnvironmentModel(bool HasSqlite, bool HasPostgreSql, bool HasSqlServer);
