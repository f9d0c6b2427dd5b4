namespace TypedPipelines.Compilation;

/// <summary>The names of the runtime's types, as the compiler's metadata knows them.</summary>
internal static class KnownNames
{
    public const string Namespace = "TypedPipelines";
    public const string PipelineAttribute = "TypedPipelines.PipelineAttribute";
    public const string PostgreSqlLoadPlan = "TypedPipelines.PostgreSql.PostgreSqlLoadPlan";
    public const string SqlServerLoadPlan = "TypedPipelines.SqlServer.SqlServerLoadPlan";
    public const string SqliteLoadPlan = "TypedPipelines.Sqlite.SqliteLoadPlan";
}
