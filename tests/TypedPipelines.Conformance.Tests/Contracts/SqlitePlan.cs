using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.Sqlite;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Sqlite;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The generator's SQL for SQLite.</summary>
internal sealed partial class TestContract
{
    internal LoadTexts SqliteTexts => SqliteSql.Of(_model);
}

internal static partial class LoadPlans
{
    static partial void AddSqlite(List<LoadPlan> plans, ContractModel model, bool upserts)
    {
        LoadTexts sql = SqliteSql.Of(model);
        plans.Add(new SqliteLoadPlan
        {
            CreateTable = sql.CreateTable,
            CreateIndexes = [.. sql.CreateIndexes.Select(index => index.Sql)],
            CreateStaging = sql.CreateStaging,
            Stage = sql.Stage!,
            IndexStaging = sql.IndexStaging,
            FindDuplicates = sql.FindDuplicates,
            KeepLatest = sql.KeepLatest,
            FindConflict = sql.FindConflict,
            CountMissing = Statement(sql.CountMissing),
            Publish = [.. sql.Publish.Select(text => Statement(text))],
            Upsert = upserts ? sql.Upsert : null,
            Checks = Checks(sql),
            Read = sql.Read,
            ReadWindow = sql.ReadWindow,
        });
    }
}
