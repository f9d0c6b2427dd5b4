using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads a row contract: a row type that carries a load strategy.</summary>
internal static class ContractParser
{
    private static readonly string[] RowActions = ["Fail", "Drop", "Quarantine"];

    /// <summary>The load strategy that a type carries; null where it is no row contract.</summary>
    public static AttributeData? StrategyOf(ITypeSymbol type) => type.GetAttributes().FirstOrDefault(attribute => StrategyKindOf(attribute) is not null);

    public static ContractModel? Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        findings.Contract = type;
        ContractModel? contract = Read(type, usedAt, findings);
        findings.Contract = null;
        return contract;
    }

    private static ContractModel? Read(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        AttributeData strategy = StrategyOf(type)!;
        StrategyKind kind = StrategyKindOf(strategy)!.Value;
        (RowModel? row, IReadOnlyList<RowMember> members) = RowParser.Parse(type, usedAt, findings);
        if (row is null)
        {
            return null;
        }

        var columns = new List<ColumnModel>();
        foreach (RowMember member in members)
        {
            if (ColumnParser.Parse(member, findings) is { } column)
            {
                columns.Add(column);
            }
        }

        bool nullKeysMatch = strategy.Named<int>("NullKeys") == 1;
        CheckKeys(type, kind, columns, members, nullKeysMatch, findings);
        (string table, string? schema) = TableNameParser.Parse(type, strategy, findings);
        return new ContractModel(
            row,
            table,
            schema,
            kind,
            new EquatableArray<ColumnModel>(columns),
            PartitionColumn(type, strategy, kind, columns, findings),
            new EquatableArray<int>(KeepLatest(type, columns, findings)),
            nullKeysMatch,
            RowAction(strategy, "OutOfWindow"),
            RowAction(strategy, "OnInvalid"));
    }

    // An enum may hold a number that has no name; the default is the strictest.
    private static string RowAction(AttributeData strategy, string name) =>
        strategy.Named<int>(name) is var action && action >= 0 && action < RowActions.Length ? RowActions[action] : RowActions[0];

    private static StrategyKind? StrategyKindOf(AttributeData attribute) => attribute.AttributeClass switch
    {
        { } type when type.IsRuntime("ReplacePartitionAttribute") => StrategyKind.ReplacePartition,
        { } type when type.IsRuntime("MergeAttribute") => StrategyKind.Merge,
        { } type when type.IsRuntime("ReplaceTableAttribute") => StrategyKind.ReplaceTable,
        { } type when type.IsRuntime("AppendAttribute") => StrategyKind.Append,
        _ => null,
    };

    private static void CheckKeys(
        INamedTypeSymbol type, StrategyKind kind, List<ColumnModel> columns, IReadOnlyList<RowMember> members, bool nullKeysMatch, Findings findings)
    {
        if (kind == StrategyKind.Merge && !columns.Exists(column => column.Key))
        {
            findings.Error(RuleIds.KeyMissing, type, type.Name, "[Merge]");
        }

        foreach (ColumnModel column in columns)
        {
            if (column is { Key: true, Nullable: true } && !nullKeysMatch)
            {
                findings.Warning(RuleIds.NullableKey, members.First(member => member.Name == column.Member).Property, column.Member);
            }
        }
    }

    private static int PartitionColumn(INamedTypeSymbol type, AttributeData strategy, StrategyKind kind, List<ColumnModel> columns, Findings findings)
    {
        if (kind != StrategyKind.ReplacePartition)
        {
            return -1;
        }

        string name = strategy.Argument(0) as string ?? "";
        int position = columns.FindIndex(column => column.Member == name);
        if (position < 0)
        {
            findings.Error(RuleIds.PartitionColumn, strategy, type, $"{type.Name} has no column member named '{name}'");
        }
        else if (columns[position].Kind is not (ColumnKind.Date or ColumnKind.Instant))
        {
            findings.Error(RuleIds.PartitionColumn, strategy, type, $"{name} must be a DateOnly, DateTime or DateTimeOffset to say which window a row belongs to");
        }

        return position;
    }

    private static List<int> KeepLatest(INamedTypeSymbol type, List<ColumnModel> columns, Findings findings)
    {
        var positions = new List<int>();
        if (type.RuntimeAttribute("KeepLatestAttribute") is not { } attribute)
        {
            return positions;
        }

        if (!columns.Exists(column => column.Key))
        {
            findings.Error(RuleIds.KeyMissing, attribute, type, type.Name, "[KeepLatest]");
        }

        IEnumerable<TypedConstant> then = attribute.ConstructorArguments.Length > 1 && attribute.ConstructorArguments[1] is { Kind: TypedConstantKind.Array, IsNull: false }
            ? attribute.ConstructorArguments[1].Values
            : [];
        foreach (string? name in new[] { attribute.Argument(0) as string }.Concat(then.Select(value => value.Value as string)))
        {
            int position = columns.FindIndex(column => column.Member == name);
            if (position < 0)
            {
                findings.Error(RuleIds.PartitionColumn, attribute, type, $"{type.Name} has no column member named '{name}'");
            }
            else
            {
                positions.Add(position);
            }
        }

        return positions;
    }
}
