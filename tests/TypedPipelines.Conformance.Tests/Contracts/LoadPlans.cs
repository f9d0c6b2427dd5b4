using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The load code that the generator writes for a contract. A test project compiles in the part of each destination it tests.</summary>
internal static partial class LoadPlans
{
    internal static IReadOnlyList<LoadPlan> Of(ContractModel model, bool upserts)
    {
        var plans = new List<LoadPlan>();
        AddSqlite(plans, model, upserts);
        AddPostgreSql(plans, model, upserts);
        AddSqlServer(plans, model);
        return plans;
    }

    static partial void AddSqlite(List<LoadPlan> plans, ContractModel model, bool upserts);

    static partial void AddPostgreSql(List<LoadPlan> plans, ContractModel model, bool upserts);

    static partial void AddSqlServer(List<LoadPlan> plans, ContractModel model);

    private static LoadStatement Statement(StatementText statement, Func<string, int>? parametersOf = null) =>
        new(Enum.Parse<LoadEffect>(statement.Effect), statement.Sql, parametersOf?.Invoke(statement.Sql) ?? 0)
        {
            FindKept = statement.FindKept,
            CountFound = Statement(statement.CountFound, parametersOf),
            CountAbsent = statement.CountAbsent,
        };

    private static IReadOnlyList<CheckStatement> Checks(LoadTexts sql) =>
        [.. sql.Checks.Select(check => new CheckStatement(check.Check, check.Sql) { NorStaged = check.NorStaged, Other = check.Other })];

    private static LoadStatement? Statement(string? question, Func<string, int>? parametersOf = null) =>
        question is null ? null : new LoadStatement(LoadEffect.None, question, parametersOf?.Invoke(question) ?? 0);
}
