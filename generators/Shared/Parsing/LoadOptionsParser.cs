using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>What a contract declares of its load beyond the strategy.</summary>
internal sealed record LoadOptions(int VersionColumn, string OnSameVersion, int DeleteMarker, DeleteMissingModel? DeleteMissing, bool KeepsReplaced);

/// <summary>Reads the options of a load: version, delete marker, deletion of missing rows, columns that are inserted only, the end of a version.</summary>
internal static class LoadOptionsParser
{
    private const double DefaultMaxDeletedShare = 0.2;

    private static readonly string[] SameVersions = ["Fail", "Keep", "Overwrite"];

    public static LoadOptions Parse(INamedTypeSymbol type, AttributeData strategy, StrategyKind kind, List<ColumnModel> columns, Findings findings)
    {
        if (kind == StrategyKind.History)
        {
            MarkEnd(type, strategy, columns, findings);
        }

        CheckInsertOnly(type, kind, columns, findings);
        int version = Version(type, strategy, columns, findings);
        int marker = DeleteMarker(type, strategy, columns, findings);
        int onSame = strategy.Named<int>("OnSameVersion");
        return new LoadOptions(
            version,
            onSame >= 0 && onSame < SameVersions.Length ? SameVersions[onSame] : SameVersions[0],
            marker,
            DeleteMissing(type, kind, columns, findings),
            KeepsReplaced(type, kind, findings));
    }

    private static bool KeepsReplaced(INamedTypeSymbol type, StrategyKind kind, Findings findings)
    {
        if (type.RuntimeAttribute("KeepReplacedAttribute") is not { } attribute)
        {
            return false;
        }

        if (kind is StrategyKind.Merge or StrategyKind.History or StrategyKind.Append)
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, $"[KeepReplaced] keeps the rows that a load replaces, and [{kind}] replaces none that could be put back");
        }

        return true;
    }

    private static int Version(INamedTypeSymbol type, AttributeData strategy, List<ColumnModel> columns, Findings findings)
    {
        if (strategy.Named<string>("Version") is not { } name)
        {
            return -1;
        }

        int position = Find(type, strategy, strategy.Location("Version"), name, columns, findings);
        if (position < 0)
        {
            return -1;
        }

        ColumnModel column = columns[position];
        if (column.Key || column.InsertOnly || column.Kind is ColumnKind.Boolean or ColumnKind.Guid or ColumnKind.Bytes or ColumnKind.String)
        {
            findings.ErrorIn(RuleIds.LoadOptions, strategy, strategy.Location("Version"), type, $"{name} says nothing of which row is the newer: a version is a number, date or instant, and neither in the key nor [InsertOnly]");
        }
        else if (column.Kind is ColumnKind.Single or ColumnKind.Double)
        {
            // Nothing would ever be newer than NaN; and a number that is computed twice can be newer than itself.
            findings.ErrorIn(RuleIds.LoadOptions, strategy, strategy.Location("Version"), type, $"{name} is a floating-point number, of which NaN is neither older nor newer than any other; a version is a whole number, decimal, date or instant");
        }

        return position;
    }

    private static int DeleteMarker(INamedTypeSymbol type, AttributeData strategy, List<ColumnModel> columns, Findings findings)
    {
        if (strategy.Named<string>("DeleteMarker") is not { } name)
        {
            return -1;
        }

        int position = Find(type, strategy, strategy.Location("DeleteMarker"), name, columns, findings);
        if (position < 0)
        {
            return -1;
        }

        if (columns[position].Kind != ColumnKind.Boolean || columns[position].Nullable || columns[position].Key)
        {
            findings.ErrorIn(RuleIds.LoadOptions, strategy, strategy.Location("DeleteMarker"), type, $"{name} must be a bool that is neither null nor in the key to say whether a row was deleted");
        }

        columns[position] = columns[position] with { Stored = false };
        return position;
    }

    private static DeleteMissingModel? DeleteMissing(INamedTypeSymbol type, StrategyKind kind, List<ColumnModel> columns, Findings findings)
    {
        if (type.RuntimeAttribute("DeleteMissingAttribute") is not { } attribute)
        {
            return null;
        }

        if (kind is not (StrategyKind.Merge or StrategyKind.History))
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, $"[DeleteMissing] goes with [Merge] and [History]: what [{kind}] replaces, it deletes anyway");
        }

        var scope = (DeleteScopeKind)(attribute.Argument(0) as int? ?? 0);
        string? name = attribute.Argument(1) as string;
        if (scope == DeleteScopeKind.Window && kind == StrategyKind.History)
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, "a version of a history belongs to the time for which it holds, not to a window; use DeleteScope.Table or DeleteScope.Group");
        }

        int column = -1;
        if (scope != DeleteScopeKind.Table)
        {
            column = Find(type, attribute, attribute.Location(1), name ?? "", columns, findings);
        }
        else if (name is not null)
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, $"the scope is the whole table, which does not go by {name}; name no member, or another scope");
        }

        if (scope == DeleteScopeKind.Window && column >= 0 && columns[column].Kind is not (ColumnKind.Date or ColumnKind.Instant))
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, $"{name} must be a DateOnly, DateTime or DateTimeOffset to say which window a row belongs to");
        }

        if (scope != DeleteScopeKind.Window && attribute.Named<int>("OutOfWindow") != 0)
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, "OutOfWindow says what happens to rows outside the window, and this scope does not go by it; use DeleteScope.Window, or leave it out");
        }

        double share = attribute.Named("MaxDeletedShare", DefaultMaxDeletedShare);
        if (!(share >= 0 && share <= 1))
        {
            findings.Error(RuleIds.LoadOptions, attribute, type, "MaxDeletedShare is a share, from 0 to 1");
        }

        return new DeleteMissingModel(scope, column, attribute.Named<bool>("AllowEmpty"), share);
    }

    private static void MarkEnd(INamedTypeSymbol type, AttributeData strategy, List<ColumnModel> columns, Findings findings)
    {
        int from = columns.FindIndex(column => column.Member == strategy.Argument(0) as string);
        int to = Find(type, strategy, strategy.Location(1), strategy.Argument(1) as string ?? "", columns, findings);
        if (from < 0 || to < 0)
        {
            return;
        }

        if (columns[to].ClrType != columns[from].ClrType || !columns[to].Nullable || from == to || columns[from].Key || columns[to].Key)
        {
            findings.Error(RuleIds.LoadOptions, strategy, type, $"{columns[from].Member} and {columns[to].Member} must be of one type, neither in the key, and {columns[to].Member} nullable: the current version has no end");
        }

        columns[to] = columns[to] with { Stamp = StampKind.Open };
    }

    private static void CheckInsertOnly(INamedTypeSymbol type, StrategyKind kind, List<ColumnModel> columns, Findings findings)
    {
        foreach (ColumnModel column in columns)
        {
            if (column.InsertOnly && (kind != StrategyKind.Merge || column.Key))
            {
                findings.Error(RuleIds.LoadOptions, type, column.Key
                    ? $"{column.Member} is a key, which no update changes; [InsertOnly] says nothing of it"
                    : $"{column.Member} is [InsertOnly], and only [Merge] updates rows");
            }
        }
    }

    private static int Find(INamedTypeSymbol type, AttributeData attribute, Location? at, string name, List<ColumnModel> columns, Findings findings)
    {
        int position = columns.FindIndex(column => string.Equals(column.Member, name, StringComparison.Ordinal));
        if (position < 0)
        {
            findings.ErrorIn(RuleIds.LoadOptions, attribute, at, type, name.Length == 0 ? "this scope goes by a member, and none is named" : $"{type.Name} has no column member named '{name}'");
        }

        return position;
    }
}
