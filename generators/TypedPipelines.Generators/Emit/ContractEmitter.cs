using System.Linq;
using TypedPipelines.Compilation.Emit.Sqlite;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the contract of a table: its shape, its typed writer and reader, its row checks, and its load SQL.</summary>
internal static class ContractEmitter
{
    private const string Runtime = "global::TypedPipelines.";

    public static string QualifiedName(TypeName row) => row.QualifiedGeneratedClass(TypeName.Table);

    public static string Emit(ContractModel contract, EnvironmentModel environment)
    {
        string row = contract.Row.Type;
        string name = contract.Row.TypeName.GeneratedClass(TypeName.Table);
        SourceWriter writer = SourceWriter.ForFile(contract.Row.TypeName.GeneratedNamespace, contract.Row.Obsolete);
        writer.Line($"/// <summary>The table <c>{Text.Xml(contract.Table)}</c>, whose rows are <see cref=\"{row}\"/>.</summary>");
        writer.Line($"/// <remarks>{Text.Xml(Explain(contract))}</remarks>");
        writer.Line(Text.GeneratedCode).Line(Text.Embedded).Obsolete(contract.Row.Obsolete);
        using (writer.Braces($"internal sealed class {name} : {Runtime}TableContract<{row}>"))
        {
            writer.Line("/// <summary>The one instance.</summary>");
            writer.Line($"public static {name} Instance {{ get; }} = new();").Line();
            new CheckFields(contract).Emit(writer);
            EmitShape(writer, contract, environment);
            RowCodeEmitter.EmitWrite(writer, contract);
            ReadEmitter.Emit(writer, contract.Row, contract.Columns, isOverride: true);
            writer.Line();
            RowCodeEmitter.EmitCompareKeys(writer, contract);
            RowCodeEmitter.EmitFindViolation(writer, contract);
            TableCheckEmitter.Emit(writer, contract);
            RowCodeEmitter.EmitValueOf(writer, contract);
            foreach (PlanEmitter plan in PlanEmitter.For(environment))
            {
                writer.Line();
                plan.Emit(writer, contract);
            }
        }

        return writer.ToString();
    }

    /// <summary>What a run of this load does, in words.</summary>
    private static string Explain(ContractModel contract)
    {
        string keys = string.Join(", ", contract.Keys.Select(column => column.Name));
        string how = contract.Strategy switch
        {
            StrategyKind.ReplacePartition => $"A run deletes the rows whose {contract.Columns[contract.PartitionColumn].Name} lies in its window and inserts the batch, in one transaction: what makes it re-runnable is the window.",
            StrategyKind.Merge => $"A run updates the rows that changed and inserts those that are new, in one transaction: what makes it re-runnable is the key ({keys}).",
            StrategyKind.Snapshot => $"A run stamps the batch with its date and deletes that date's rows before it inserts, in one transaction: what makes it re-runnable is the stamp ({contract.Columns[contract.PartitionColumn].Name}).",
            StrategyKind.ReplaceRun or StrategyKind.ReplaceFile => $"A run deletes the rows whose {contract.RunColumn!.Name} is its {(contract.Strategy == StrategyKind.ReplaceFile ? "file" : "partition")} and inserts the batch, in one transaction: what makes it re-runnable is that name.",
            StrategyKind.History => $"A run takes back what its window did before, then closes the versions that changed and opens new ones, in one transaction: what makes it re-runnable is the key ({keys}) with the time.",
            StrategyKind.ReplaceTable => "A run replaces all rows, in one transaction: what makes it re-runnable is that nothing of an earlier run stays.",
            _ => "A run inserts the batch and looks at nothing: a second run inserts it again.",
        };
        string[] more =
        [
            contract.KeepLatest.Count == 0 ? "" : $" Of several rows with one key, the one with the greatest {string.Join(", then ", contract.KeepLatest.Select(column => contract.Columns[column].Name))} is kept.",
            contract.KeepsReplaced ? " What it replaces is kept until the next run, for an undo." : "",
            contract.Version is null ? "" : $" A row never overwrites one with a greater {contract.Version.Name}.",
            contract.Marker is null ? "" : $" A row whose {contract.Marker.Name} is true is deleted.",
            contract.DeleteMissing is null ? "" : " Rows that the batch does not have are deleted, " + contract.DeleteMissing.Scope switch
            {
                DeleteScopeKind.Window => $"where their {contract.Columns[contract.WindowColumn].Name} lies in the window.",
                DeleteScopeKind.Group => $"where the batch has their {contract.Columns[contract.DeleteMissing.Column].Name}.",
                _ => "in the whole table.",
            },
        ];
        return how + string.Concat(more);
    }

    private static void EmitShape(SourceWriter writer, ContractModel contract, EnvironmentModel environment)
    {
        Property(writer, "string Table", Text.Literal(contract.Table));
        if (contract.Schema is not null)
        {
            Property(writer, "string? Schema", Text.Literal(contract.Schema));
        }

        Property(writer, Runtime + "LoadStrategy Strategy", $"{Runtime}LoadStrategy.{contract.Strategy}");
        if (contract.PartitionColumn >= 0)
        {
            Property(writer, "int? PartitionColumn", Text.Literal(contract.PartitionColumn));
        }

        if (contract.KeepsReplaced)
        {
            Property(writer, "bool KeepsReplaced", "true");
        }

        if (contract.Version is not null && contract.OnSameVersion != "Overwrite")
        {
            Property(writer, "bool KeepsNewest", "true");
        }

        if (contract.WindowColumn != contract.PartitionColumn)
        {
            Property(writer, "int? WindowColumn", Text.Literal(contract.WindowColumn));
        }

        if (contract.Columns.TakeWhile(static column => column.Stamp != StampKind.Open).Count() is var end && end < contract.Columns.Count)
        {
            Property(writer, "int? EndColumn", Text.Literal(end));
        }

        if (contract.Columns.TakeWhile(static column => column.Stamp != StampKind.Partition).Count() is var run && run < contract.Columns.Count)
        {
            Property(writer, "int? RunColumn", Text.Literal(run));
        }

        if (contract.DeleteMissing is { } missing)
        {
            Property(
                writer,
                Runtime + "DeleteLimits? DeleteMissing",
                $"new(AllowEmpty: {Text.Literal(missing.AllowEmpty)}, MaxDeletedShare: {Text.Literal(missing.MaxDeletedShare)})"
                    + (contract.DeletesOnlyByLatest ? " { OnlyByLatest = true }" : ""));
        }

        if (contract.OutOfWindow != "Fail")
        {
            Property(writer, Runtime + "RowAction OutOfWindow", $"{Runtime}RowAction.{contract.OutOfWindow}");
        }

        if (contract.OnInvalid != "Fail")
        {
            Property(writer, Runtime + "RowAction OnInvalid", $"{Runtime}RowAction.{contract.OnInvalid}");
        }

        if (contract.Row.IsMutable)
        {
            Property(writer, "bool HasMutableRows", Text.Literal(true));
        }

        ColumnsEmitter.Emit(writer, contract.Columns, "override ");
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Runtime}LoadPlan> Plans {{ get; }} = [{string.Join(", ", PlanEmitter.For(environment).Select(plan => plan.Instance))}];").Line();
    }

    private static void Property(SourceWriter writer, string declaration, string value) =>
        writer.Line("/// <inheritdoc/>").Line($"public override {declaration} => {value};").Line();
}
