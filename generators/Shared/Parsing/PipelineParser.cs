using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// Reads a class marked <c>[Pipeline]</c>. The generator and the analyzers call this same code: what one reports is what
/// the other cannot generate.
/// </summary>
internal static class PipelineParser
{
    /// <summary>What the runtime's own declarations ask of code that overrides them.</summary>
    private const LanguageVersion Oldest = LanguageVersion.CSharp13;

    /// <returns>The pipeline; null where something is wrong with it.</returns>
    public static ParsedPipeline? Parse(INamedTypeSymbol type, AttributeData pipeline, Findings findings, CancellationToken cancellationToken)
    {
        CheckShape(type, findings);
        CheckName(type, pipeline, findings);
        PartitionsModel partitions = PartitionsParser.Parse(type, findings);
        ScheduleModel? schedule = ScheduleParser.Parse(type, findings);
        int ofClass = findings.Errors; // They say nothing of the methods, which are read all the same: not everything comes out only when these are mended.
        List<ParsedMethod> methods = Methods(type, partitions, findings, cancellationToken);
        SharedSteps.AddTo(methods, type, partitions.PartitionType, findings);
        int ofMethods = findings.Errors;
        EquatableArray<ServiceModel>? constructor = ConstructorParser.Parse(type, methods, findings);
        if (ofMethods > ofClass)
        {
            return null; // Half a pipeline would be reported as a list of methods that nothing feeds.
        }

        if (methods.Count == 0)
        {
            findings.Error(RuleIds.NothingToDo, type, type.Name);
            return null;
        }

        int before = findings.Errors;
        Nameable.Require(methods, type, constructor is not null, findings);
        var wiring = new Wiring(methods, findings);
        IReadOnlyList<ParsedMethod> ordered = wiring.Connect();
        if (findings.Errors > before)
        {
            return null;
        }

        var contracts = new ContractSet(findings);
        List<LoadModel> loads = Loads(type, ordered, wiring, contracts, partitions, findings);
        wiring.RequireUse(row => ContractParser.StrategyOf(row) is not null);
        List<LookupModel> lookups = LookupParser.Parse(wiring, contracts.Add, findings);
        List<CsvModel> csv = Sources(ordered, loads, contracts, findings);
        List<ResultModel> results = SqlStepParser.Results(ordered, findings);
        List<NodeModel> nodes = [.. ordered.Select(method => Node(method, wiring, contracts))];
        if (Stages.Plan(nodes, lookups).Stuck is { } stuck)
        {
            wiring.ReportStuck(stuck, lookups);
        }

        List<ContractModel> tables = [.. contracts.All];
        contracts.AddTablesOfChecks();
        cancellationToken.ThrowIfCancellationRequested();
        if (findings.Broken)
        {
            return null;
        }

        var model = new PipelineModel(
            type.ContainingNamespace.NamespaceName(),
            type.Name,
            pipeline.Argument(0) as string ?? type.Name,
            pipeline.Named<string>("Owner"),
            pipeline.Named<string>("Description"),
            partitions,
            new EquatableArray<NodeModel>(nodes),
            new EquatableArray<LookupModel>(lookups),
            new EquatableArray<LoadModel>(loads),
            new EquatableArray<TableModel>(tables.Select(contract => new TableModel(contract.Row.TypeName, contract.Table, contract.Schema))))
        {
            Schedule = schedule,
            Summary = SummaryText.Of(type),
            Constructor = constructor,
            IsMarkedGenerated = type.GetAttributes().Any(static attribute => attribute.AttributeClass.Is("System.CodeDom.Compiler", "GeneratedCodeAttribute")),
            TakenNames = new EquatableArray<string>(TakenNames(type, methods)),
            Obsolete = Obsolescence.Of([.. ordered.SelectMany(UsedBy), .. constructor is null ? [] : UsedBy(type.InstanceConstructors[0])]),
            ClassObsolete = Obsolescence.Of([type]),
        };
        return new ParsedPipeline(model, new EquatableArray<ContractModel>(contracts.All), new EquatableArray<CsvModel>(csv)) { Results = new EquatableArray<ResultModel>(results) };
    }

    private static IEnumerable<string> TakenNames(INamedTypeSymbol type, IReadOnlyList<ParsedMethod> methods)
    {
        string[] wanted = [.. MemberNames.Wanted(methods.Select(static method => method.Name))];
        var taken = new SortedSet<string>(System.StringComparer.Ordinal);
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            taken.UnionWith(at.MemberNames.Append(type.Name).Concat(at.GetTypeMembers().Select(static inner => inner.Name)).Where(name => wanted.Any(name.StartsWith)));
        }

        return taken;
    }

    private static IEnumerable<ISymbol?> UsedBy(ParsedMethod method) =>
        UsedBy(method.Method).Append(method.InputRow).Append(method.OutputRow).Concat(method.Parameters.Select(static parameter => parameter.Lookup?.TypeArguments[1]));

    private static IEnumerable<ISymbol?> UsedBy(IMethodSymbol method) => method.Parameters.Select(static parameter => parameter.Type).Append<ISymbol?>(method);

    private static void CheckShape(INamedTypeSymbol type, Findings findings)
    {
        if (type.ContainingType is not null || type.IsGenericType || type.IsFileLocal || type.IsStatic || type.IsRecord)
        {
            findings.Error(RuleIds.ClassShape, type, type.Name);
        }

        if (type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < Oldest } options)
        {
            findings.Error(RuleIds.Signature, type, type.Name, $"what is generated for it is C# {Oldest.ToDisplayString()}, and the project's language is C# {options.LanguageVersion.ToDisplayString()}; raise or remove <LangVersion>");
        }

        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                findings.Error(RuleIds.ClassNotPartial, type, type.Name);
                break;
            }
        }
    }

    private static void CheckName(INamedTypeSymbol type, AttributeData pipeline, Findings findings)
    {
        if (!pipeline.IsMalformed() && string.IsNullOrWhiteSpace(pipeline.Argument(0) as string))
        {
            findings.Error(RuleIds.PipelineName, pipeline, type, type.Name);
        }
    }

    private static List<ParsedMethod> Methods(INamedTypeSymbol type, PartitionsModel partitions, Findings findings, CancellationToken cancellationToken)
    {
        var methods = new List<ParsedMethod>();
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AttributeData? source = method.RuntimeAttribute("SourceAttribute");
            AttributeData? step = method.RuntimeAttribute("StepAttribute");
            AttributeData? sql = method.RuntimeAttribute("SqlStepAttribute");
            if (method.RuntimeAttribute("CheckAttribute") is { } check)
            {
                // A declared check that nobody makes is worse than none.
                findings.Error(RuleIds.CheckSignature, check, method, method.Name, "a check is declared on the row contract whose rows it checks; move it there");
            }

            if ((sql ?? source ?? step) is not { } attribute)
            {
                continue;
            }

            if (source is not null && step is not null)
            {
                findings.Error(RuleIds.Signature, step, method, method.Name, "it is marked [Source] and [Step], and is one of them; leave out the other");
            }
            else if (method.MethodKind != MethodKind.Ordinary)
            {
                findings.Error(RuleIds.Signature, attribute, method, method.AssociatedSymbol?.Name ?? method.Name, "a source or step is a method of its own, and no accessor, operator or implementation of an interface alone; write a method");
            }
            else if (methods.Exists(other => other.Name == method.Name))
            {
                findings.Error(RuleIds.Signature, method, method.Name, "another source or step has this name, and the ledger and [From] know them by name");
            }
            else if ((sql is null
                ? MethodParser.Parse(method, attribute, source is not null, partitions.PartitionType, findings)
                : SqlStepParser.Parse(method, partitions.PartitionType, findings)) is { } parsed)
            {
                methods.Add(parsed);
            }
        }

        SharedSteps.RefuseInherited(type, type, findings);
        return methods;
    }

    private static List<LoadModel> Loads(
        INamedTypeSymbol type, IReadOnlyList<ParsedMethod> ordered, Wiring wiring, ContractSet contracts, PartitionsModel partitions, Findings findings)
    {
        var loads = new List<LoadModel>();
        int before = findings.Errors;
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (ParsedMethod method in ordered)
        {
            // A table read as a source is not loaded back into itself.
            if (method.Form == NodeForm.TableSource || ContractParser.StrategyOf(method.OutputRow) is null || !seen.Add(method.OutputRow))
            {
                continue;
            }

            ParsedMethod? producer = wiring.LoadProducer(method.OutputRow);
            if (producer is null)
            {
                findings.Error(
                    RuleIds.SeveralProduce,
                    method.Method,
                    method.OutputRow.Name,
                    string.Join(", ", ordered.Where(other => SymbolEqualityComparer.Default.Equals(other.OutputRow, method.OutputRow)).Select(other => other.Name)));
            }
            else if (contracts.Add(method.OutputRow, method.Method) is { } contract)
            {
                if (PartitionsParser.Mismatch(partitions, contract) is { } mismatch)
                {
                    findings.Error(RuleIds.PartitionColumn, method.Method, mismatch);
                }

                loads.Add(new LoadModel(method.OutputRow.SourceName(), producer.Name));
            }
        }

        if (loads.Count == 0 && findings.Errors == before)
        {
            findings.Error(RuleIds.NothingToDo, type, type.Name);
        }

        return loads;
    }

    private static List<CsvModel> Sources(IReadOnlyList<ParsedMethod> ordered, List<LoadModel> loads, ContractSet contracts, Findings findings)
    {
        var csv = new List<CsvModel>();
        foreach (ParsedMethod source in ordered.Where(method => method.IsSource))
        {
            if (source.Form == NodeForm.CsvSource
                && !csv.Exists(known => known.Row.Type == source.OutputRow.SourceName())
                && CsvParser.Parse(source.OutputRow, source.Method, findings) is { } row)
            {
                csv.Add(row);
            }

            if (source.Form == NodeForm.SqlStep)
            {
                SqlStepParser.AddTables(source, loads, contracts.Add, findings);
            }

            if (source.Form == NodeForm.TableSource)
            {
                if (ContractParser.StrategyOf(source.OutputRow) is null)
                {
                    findings.Error(RuleIds.NothingProduces, source.Method, source.OutputRow.Name, "it has no load strategy, so there is no table to read it from");
                }
                else
                {
                    contracts.Add(source.OutputRow, source.Method);
                }
            }
        }

        return csv;
    }

    private static NodeModel Node(ParsedMethod method, Wiring wiring, ContractSet contracts) => new(
        method.Name,
        method.Form,
        method.InputRow?.SourceName(),
        RowParser.NameOf(method.OutputRow),
        wiring.ProducerOf(method)?.Name,
        new EquatableArray<ParameterModel>(method.Parameters.Select(parameter => new ParameterModel(
            parameter.Form, (parameter.Table ?? parameter.Lookup?.TypeArguments[1])?.SourceName(), parameter.Table is null ? 0 : parameter.EarlierWindows)
        {
            From = parameter.Producer?.Name,
            AsAnyPartition = parameter.Form == ParameterForm.Partition && parameter.Symbol.Type.Name == "Partition",
            Exactly = method.Method.ContainingType.GetMembers(method.Name).Length > 1,
        })),
        method.MaxRejectedShare)
    {
        Description = SummaryText.Of(method.Method),
        OutputIsMutable = RowParser.IsMutable(method.OutputRow),
        Owner = method.IsShared ? method.Method.ContainingType.SourceName() : null,
        IsInstance = !method.Method.IsStatic,
        Async = method.Async,
        Sql = method.Form == NodeForm.SqlStep ? SqlStepParser.Model(method, contracts.Add) : null,
    };
}
