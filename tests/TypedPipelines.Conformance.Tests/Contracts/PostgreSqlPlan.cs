using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.PostgreSql;
using TypedPipelines.Compilation.Model;
using TypedPipelines.PostgreSql;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The generator's SQL for PostgreSQL.</summary>
internal sealed partial class TestContract
{
    internal LoadTexts PostgreSqlTexts => PostgreSqlSql.Of(_model);
}

internal static partial class LoadPlans
{
    static partial void AddPostgreSql(List<LoadPlan> plans, ContractModel model, bool upserts)
    {
        LoadTexts sql = PostgreSqlSql.Of(model);
        plans.Add(new PostgreSqlLoadPlan
        {
            Table = sql.Table!,
            CreateSchema = sql.CreateSchema,
            CreateTable = sql.CreateTable,
            CreateIndexes = [.. sql.CreateIndexes.Select(index => new TableIndex(index.Name!, index.Sql))],
            Definitions = sql.Definitions!,
            Staging = sql.Staging!,
            CreateStaging = sql.CreateStaging,
            Stage = sql.Stage!,
            IndexStaging = sql.IndexStaging,
            FindDuplicates = sql.FindDuplicates,
            KeepLatest = sql.KeepLatest,
            FindConflict = sql.FindConflict,
            CountMissing = Statement(sql.CountMissing, PostgreSqlDialect.ParametersOf),
            Publish = [.. sql.Publish.Select(text => Statement(text, PostgreSqlDialect.ParametersOf))],
            Upsert = upserts ? sql.Upsert : null,
            CountUnchanged = upserts ? sql.CountUnchanged : null,
            FindLongest = sql.FindLongest,
            Copy = sql.Copy,
            Checks = Checks(sql),
            Read = sql.Read,
            ReadWindow = sql.ReadWindow,
        });
    }
}
