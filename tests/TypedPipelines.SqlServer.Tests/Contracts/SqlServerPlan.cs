using TypedPipelines.Compilation.Emit.SqlServer;
using TypedPipelines.Compilation.Model;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The generator's SQL for SQL Server.</summary>
internal sealed partial class TestContract
{
    public SqlServerSqlTexts Sql => SqlServerSql.Of(_model);

    private static SqlServerLoadPlan MakePlan(ContractModel model)
    {
        SqlServerSqlTexts sql = SqlServerSql.Of(model);
        return new SqlServerLoadPlan
        {
            Table = sql.Table,
            CreateSchema = sql.CreateSchema,
            CreateTable = sql.CreateTable,
            CreateIndexes = [.. sql.CreateIndexes.Select(index => new SqlServerIndex(index.Name, index.Sql))],
            Definitions = sql.Definitions,
            Staging = sql.Staging,
            CreateStaging = sql.CreateStaging,
            DropStaging = sql.DropStaging,
            FindDuplicates = sql.FindDuplicates,
            KeepLatest = sql.KeepLatest,
            Publish = [.. sql.Publish.Select(statement => new SqlServerStatement(Enum.Parse<SqlServerEffect>(statement.Effect), statement.Sql))],
            Read = sql.Read,
            ReadWindow = sql.ReadWindow,
        };
    }
}
