using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Recognises a SQL step by its signature. What its statement says, an analyzer reads: no code that is generated depends on it.</summary>
internal static class SqlStepParser
{
    public static ParsedMethod? Parse(IMethodSymbol method, string partitionType, Findings findings)
    {
        if (method.RuntimeAttribute("SourceAttribute") is not null || method.RuntimeAttribute("StepAttribute") is not null)
        {
            findings.Error(RuleIds.Signature, method, method.Name, "it is a SQL step and something else");
            return null;
        }

        if (method.IsGenericMethod)
        {
            findings.Error(RuleIds.Signature, method.TypeParameters[0], method.Name, "a SQL step has no type parameters, since its statement names the columns of its rows: write one for each type");
            return null;
        }

        if (!method.IsStatic)
        {
            findings.Error(RuleIds.Signature, method, method.Name, "a SQL step is static, since its statement is looked at before anything runs");
            return null;
        }

        if (RowOf(method, findings) is not { } row)
        {
            return null;
        }

        int before = findings.Errors;
        var parameters = new List<ParsedParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (Understand(parameter, partitionType, findings) is { } understood)
            {
                MethodParser.RequireRows(understood, findings);
                parameters.Add(understood);
            }
        }

        return findings.Errors > before ? null : new ParsedMethod { Method = method, Form = NodeForm.SqlStep, OutputRow = row, Parameters = parameters };
    }

    /// <summary>Takes the tables that a step reads for tables of the pipeline, and refuses those that it loads itself: its rows are not in them yet.</summary>
    public static void AddTables(ParsedMethod step, IReadOnlyList<LoadModel> loads, System.Func<INamedTypeSymbol, ISymbol, ContractModel?> contract, Findings findings)
    {
        foreach (ParsedParameter parameter in step.Parameters.Where(parameter => parameter.Table is not null))
        {
            INamedTypeSymbol row = parameter.Table!;
            if (loads.Any(load => load.RowType == row.SourceName()))
            {
                findings.Error(RuleIds.OwnTable, TypeOf(parameter.Symbol), step.Name, row.Name);
            }
            else
            {
                contract(row, parameter.Symbol);
            }
        }
    }

    /// <summary>The row types that have no table: what reads them is generated for the result.</summary>
    public static List<ResultModel> Results(IReadOnlyList<ParsedMethod> methods, Findings findings)
    {
        var results = new List<ResultModel>();
        foreach (ParsedMethod step in methods)
        {
            if (step.Form == NodeForm.SqlStep
                && !HasTable(step)
                && !results.Exists(known => known.Row.Type == step.OutputRow.SourceName())
                && ResultParser.Parse(step.OutputRow, step.Method, findings) is { } result)
            {
                results.Add(result);
            }
        }

        return results;
    }

    /// <summary>What reads the rows, and what of loaded columns the load fills in, so that a statement may leave them out.</summary>
    public static SqlModel? Model(ParsedMethod step, System.Func<INamedTypeSymbol, ISymbol, ContractModel?> contract) => !HasTable(step)
        ? new SqlModel(EquatableArray<int>.Empty) { ReadBy = TypeName.Result }
        : contract(step.OutputRow, step.Method) is { } loaded
            ? new SqlModel(new EquatableArray<int>(
                loaded.Columns.Select((column, position) => (column, position)).Where(each => each.column.Stamp != StampKind.None).Select(each => each.position)))
            : null;

    private static bool HasTable(ParsedMethod step) => ContractParser.StrategyOf(step.OutputRow) is not null;

    private static INamedTypeSymbol? RowOf(IMethodSymbol method, Findings findings)
    {
        ITypeSymbol type = method.ReturnType;
        Location? at = MethodParser.ReturnType(method);
        if (!type.IsRuntime("Sql") || type is not INamedTypeSymbol { TypeArguments.Length: 1 } sql)
        {
            findings.Error(RuleIds.Signature, type.IsUnknown() ? null : at, method.Name, "a SQL step returns Sql<row>, where row is a type of your own");
            return null;
        }

        if (sql.TypeArguments[0] is INamedTypeSymbol row && MethodParser.IsRow(row))
        {
            if (row.NullableAnnotation != NullableAnnotation.Annotated)
            {
                return row;
            }

            findings.Error(RuleIds.Signature, at, method.Name, $"a statement gives no null among its rows: write Sql<{row.Name}>, without the question mark");
            return null;
        }

        findings.Error(
            RuleIds.Signature,
            type.IsUnknown() ? null : at,
            method.Name,
            GenericForms.WhyNoRow(sql.TypeArguments[0]) ?? $"{sql.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} cannot be a row: a row is a class, record or struct of your own, whose columns the statement selects");
        return null;
    }

    private static ParsedParameter? Understand(IParameterSymbol parameter, string partitionType, Findings findings)
    {
        ITypeSymbol type = parameter.Type;
        if (parameter.RefKind is not (RefKind.None or RefKind.In))
        {
            findings.Error(RuleIds.Signature, parameter, parameter.Name, "a SQL step takes nothing by ref or out");
            return null;
        }

        if (MethodParser.IsPartition(type))
        {
            return MethodParser.Partition(parameter, partitionType, findings);
        }

        if (parameter.RefKind == RefKind.None && type.IsRuntime("Table") && type is INamedTypeSymbol { TypeArguments.Length: 1 } table)
        {
            if (table.TypeArguments[0] is INamedTypeSymbol row && MethodParser.IsRow(row) && ContractParser.StrategyOf(row) is not null)
            {
                var understood = new ParsedParameter(parameter, ParameterForm.Table, null) { Table = row };
                if (understood.EarlierWindows < 0)
                {
                    findings.Error(RuleIds.Signature, parameter.RuntimeAttribute("EarlierWindowsAttribute")!, parameter, parameter.Name, "EarlierWindows is a number of windows, 0 or more");
                }

                return understood;
            }

            if (GenericForms.WhyNoRow(table.TypeArguments[0]) is { } generic)
            {
                bool isToldThere = ContractParser.StrategyOf(table.TypeArguments[0]) is not null && table.TypeArguments[0].Locations.Any(static place => place.IsInSource);
                findings.Error(RuleIds.Signature, isToldThere ? null : TypeOf(parameter), parameter.Name, generic);
                return null;
            }

            findings.Error(
                RuleIds.NothingProduces,
                type.IsUnknown() ? null : TypeOf(parameter),
                table.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                "it has no load strategy, so there is no table to read it from");
            return null;
        }

        findings.Error(
            RuleIds.Signature,
            type.IsUnknown() ? null : TypeOf(parameter),
            parameter.Name,
            $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} is none of: Table<row>, the partition");
        return null;
    }

    private static Location? TypeOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.GetLocation() ?? parameter.Locations.FirstOrDefault();
}
