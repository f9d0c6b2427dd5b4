using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Tests.Contracts;

/// <summary>The load code that the generator writes for a contract. A test project compiles in the part of each destination it tests.</summary>
internal static partial class LoadPlans
{
    internal static IReadOnlyList<ILoadPlan> Of(ContractModel model)
    {
        var plans = new List<ILoadPlan>();
        AddSqlite(plans, model);
        AddPostgreSql(plans, model);
        AddSqlServer(plans, model);
        return plans;
    }

    static partial void AddSqlite(List<ILoadPlan> plans, ContractModel model);

    static partial void AddPostgreSql(List<ILoadPlan> plans, ContractModel model);

    static partial void AddSqlServer(List<ILoadPlan> plans, ContractModel model);
}
