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

    public static bool IsStrategy(AttributeData attribute) => StrategyKindOf(attribute) is not null;

    public static ContractModel? Parse(INamedTypeSymbol type, ISymbol usedAt, Findings findings)
    {
        findings.Contract = type;
        findings.Project = usedAt.ContainingAssembly;
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

        CheckParser.RefuseOnRow(type, findings);
        CheckParser.RefuseOwnValidation(type, findings);
        ShapeParser.RequireOneStrategy(type, findings);
        ShapeParser.RequireGeneratedName(type, TypeName.Table, usedAt, findings);
        ShapeParser.RequireOwnColumns(members, findings);
        ShapeParser.RequireRowId(members, findings);
        bool nullKeysMatch = strategy.Named<int>("NullKeys") == 1;
        CheckKeys(type, kind, columns, members, nullKeysMatch, findings);
        (string table, string? schema) = TableNameParser.Parse(type, strategy, findings);
        int partitionColumn = PartitionColumn(type, strategy, kind, columns, findings);
        List<int> keepLatest = KeepLatest(type, columns, findings);
        LoadOptions options = LoadOptionsParser.Parse(type, strategy, kind, columns, findings);
        CheckParser.RefuseOnStamps(members, columns, findings);
        return new ContractModel(
            row,
            table,
            schema,
            kind,
            new EquatableArray<ColumnModel>(columns),
            partitionColumn,
            new EquatableArray<int>(keepLatest),
            nullKeysMatch,
            RowAction(options.DeleteMissing is { Scope: DeleteScopeKind.Window } ? type.RuntimeAttribute("DeleteMissingAttribute")! : strategy, "OutOfWindow"),
            RowAction(strategy, "OnInvalid"))
        {
            VersionColumn = options.VersionColumn,
            OnSameVersion = options.OnSameVersion,
            DeleteMarker = options.DeleteMarker,
            DeleteMissing = options.DeleteMissing,
            KeepsReplaced = options.KeepsReplaced,
            Checks = TableCheckParser.Parse(type, columns, members, findings),
            NewColumnsOpenVersions = strategy.Named<bool>("NewColumnsOpenVersions"),
        };
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
        { } type when type.IsRuntime("SnapshotAttribute") => StrategyKind.Snapshot,
        { } type when type.IsRuntime("ReplaceRunAttribute") => StrategyKind.ReplaceRun,
        { } type when type.IsRuntime("ReplaceFileAttribute") => StrategyKind.ReplaceFile,
        { } type when type.IsRuntime("HistoryAttribute") => StrategyKind.History,
        _ => null,
    };

    private static void CheckKeys(
        INamedTypeSymbol type, StrategyKind kind, List<ColumnModel> columns, IReadOnlyList<RowMember> members, bool nullKeysMatch, Findings findings)
    {
        if (kind is StrategyKind.Merge or StrategyKind.History && !columns.Exists(column => column.Key))
        {
            findings.Error(RuleIds.KeyMissing, type, type.Name, $"[{kind}]");
        }

        foreach (ColumnModel column in columns)
        {
            if (column is { Key: true, Nullable: true } && !nullKeysMatch)
            {
                findings.Warning(RuleIds.NullableKey, members.First(member => member.Name == column.Member).Property, column.Member);
            }
        }
    }

    /// <summary>The position of the column that says which window a row belongs to. What the load fills in is marked on the columns.</summary>
    private static int PartitionColumn(INamedTypeSymbol type, AttributeData strategy, StrategyKind kind, List<ColumnModel> columns, Findings findings)
    {
        if (kind is StrategyKind.Merge or StrategyKind.ReplaceTable or StrategyKind.Append)
        {
            return -1;
        }

        string name = strategy.Argument(0) as string ?? "";
        int position = columns.FindIndex(column => column.Member == name);
        if (position < 0)
        {
            findings.ErrorIn(RuleIds.PartitionColumn, strategy, strategy.Location(0), type, $"{type.Name} has no column member named '{name}'");
            return -1;
        }

        switch (kind)
        {
            case StrategyKind.Snapshot when columns[position].Kind != ColumnKind.Date:
                findings.Error(RuleIds.PartitionColumn, strategy, type, $"{name} must be a DateOnly to hold the date of a snapshot");
                break;
            case StrategyKind.Snapshot:
                columns[position] = columns[position] with { Stamp = StampKind.Date, Nullable = false };
                break;
            case StrategyKind.ReplaceRun or StrategyKind.ReplaceFile when columns[position].Kind != ColumnKind.String:
                findings.Error(RuleIds.PartitionColumn, strategy, type, $"{name} must be a string to hold the {(kind == StrategyKind.ReplaceFile ? "path of a file" : "key of a partition")}");
                break;
            case StrategyKind.ReplaceRun or StrategyKind.ReplaceFile:
                columns[position] = columns[position] with { Stamp = StampKind.Partition, Nullable = false };
                return -1;
            case StrategyKind.History when columns[position].Kind is ColumnKind.Date or ColumnKind.Instant:
                columns[position] = columns[position] with { Stamp = StampKind.Start, Nullable = false };
                break;
            default:
                if (columns[position].Kind is not (ColumnKind.Date or ColumnKind.Instant))
                {
                    findings.Error(RuleIds.PartitionColumn, strategy, type, $"{name} must be a DateOnly, DateTime or DateTimeOffset to say which window a row belongs to");
                }

                break;
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
                if (columns[position].Key)
                {
                    findings.Error(RuleIds.LoadOptions, attribute, type, $"{name} is in the key, which is the same in all rows of one key: it says nothing of which is the latest");
                }

                positions.Add(position);
            }
        }

        return positions;
    }
}
