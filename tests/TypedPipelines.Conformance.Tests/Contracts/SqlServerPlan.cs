using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.SqlServer;
using TypedPipelines.Compilation.Model;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The generator's SQL for SQL Server.</summary>
internal sealed partial class TestContract
{
    internal LoadTexts SqlServerTexts => SqlServerSql.Of(_model);
}

internal static partial class LoadPlans
{
    static partial void AddSqlServer(List<LoadPlan> plans, ContractModel model)
    {
        LoadTexts sql = SqlServerSql.Of(model);
        plans.Add(new SqlServerLoadPlan
        {
            Table = sql.Table!,
            CreateSchema = sql.CreateSchema,
            CreateTable = sql.CreateTable,
            CreateIndexes = [.. sql.CreateIndexes.Select(index => new TableIndex(index.Name!, index.Sql))],
            Definitions = sql.Definitions!,
            KeyBytes = sql.KeyBytes!.Value,
            Staging = sql.Staging!,
            CreateStaging = sql.CreateStaging,
            DropStaging = sql.DropStaging!,
            IndexStaging = sql.IndexStaging,
            FindDuplicates = sql.FindDuplicates,
            KeepLatest = sql.KeepLatest,
            FindConflict = sql.FindConflict,
            CountMissing = Statement(sql.CountMissing),
            Publish = [.. sql.Publish.Select(text => Statement(text))],
            Checks = Checks(sql),
            Read = sql.Read,
            ReadWindow = sql.ReadWindow,
        });
    }
}
