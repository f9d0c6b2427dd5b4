using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Takes the steps of other classes into a pipeline: those that its rows can go through to somewhere.</summary>
internal static class SharedSteps
{
    public static void AddTo(List<ParsedMethod> methods, INamedTypeSymbol pipeline, string partitionType, Findings findings)
    {
        var shared = new List<ParsedMethod>();
        foreach (AttributeData from in TakenBy(pipeline))
        {
            if (from.Argument(0) is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsUnboundGenericType: false } type)
            {
                findings.Error(RuleIds.Signature, from, pipeline, pipeline.Name, "[StepsFrom] takes a class whose steps are static; of a generic one with its type arguments");
                continue;
            }

            RefuseInherited(type, pipeline, findings);
            int before = shared.Count;
            int errors = findings.Errors;
            foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (MethodParser.IsMarked(method) && method.MethodKind != MethodKind.Ordinary)
                {
                    findings.Error(RuleIds.Signature, from, pipeline, method.AssociatedSymbol?.Name ?? method.Name, "a step is a method of its own, and no accessor or operator; write a method");
                }
                else if (method.RuntimeAttribute("SourceAttribute") is not null)
                {
                    RefuseSource(method, from, pipeline, findings);
                }
                else if (method.RuntimeAttribute("SqlStepAttribute") is not null)
                {
                    findings.Error(RuleIds.Signature, from, pipeline, method.Name, "a SQL step is the pipeline's own, and not shared");
                }
                else if (method.RuntimeAttribute("StepAttribute") is { } step)
                {
                    Add(shared, methods, pipeline, method, step, from, partitionType, findings);
                }
            }

            if (shared.Count == before && findings.Errors == errors)
            {
                findings.Error(RuleIds.Signature, from, pipeline, pipeline.Name, $"{type.Name} has no method marked [Step]");
            }
        }

        methods.AddRange(Used(methods, shared));
    }

    /// <summary>What a source reads is not shared; one of another pipeline, whose steps are taken, is plainly that pipeline's own.</summary>
    private static void RefuseSource(IMethodSymbol method, AttributeData from, INamedTypeSymbol pipeline, Findings findings)
    {
        if (method.ContainingType.RuntimeAttribute("PipelineAttribute") is null)
        {
            findings.Error(
                RuleIds.Signature, from, pipeline, method.Name, $"a source is the pipeline's own, and not shared; write a [Source] in {pipeline.Name} that returns {method.ContainingType.Name}.{method.Name}(...), and take the mark off the shared one");
        }
    }

    /// <summary>A step that is not taken would be a filter that nobody misses. One that the class declares again is its own, and one of [StepsFrom] is taken.</summary>
    public static void RefuseInherited(INamedTypeSymbol type, INamedTypeSymbol pipeline, Findings findings)
    {
        ITypeSymbol[] taken = [.. TakenBy(pipeline).Select(from => from.Argument(0)).OfType<ITypeSymbol>()];
        for (INamedTypeSymbol? above = type.BaseType; above is not null && above.SpecialType != SpecialType.System_Object; above = above.BaseType)
        {
            if (taken.Contains(above, SymbolEqualityComparer.Default))
            {
                continue;
            }

            foreach (IMethodSymbol method in above.GetMembers().OfType<IMethodSymbol>().Where(method => MethodParser.IsMarked(method) && !type.GetMembers(method.Name).OfType<IMethodSymbol>().Any(MethodParser.IsMarked)))
            {
                string shown = above.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
                findings.Error(
                    RuleIds.Signature, pipeline, method.Name, $"it is inherited from {shown}, and steps are not: take them with [StepsFrom(typeof({shown}))], or declare it in {type.Name}");
            }
        }
    }

    private static IEnumerable<AttributeData> TakenBy(INamedTypeSymbol pipeline) =>
        pipeline.GetAttributes().Where(attribute => attribute.AttributeClass.IsRuntime("StepsFromAttribute"));

    private static void Add(
        List<ParsedMethod> shared, List<ParsedMethod> own, INamedTypeSymbol pipeline, IMethodSymbol method, AttributeData step, AttributeData from, string partitionType, Findings findings)
    {
        if (!method.IsStatic || !Access.FromWithin(method, pipeline))
        {
            findings.Error(RuleIds.Signature, from, pipeline, method.Name, "a step that pipelines share is static and can be called from them");
        }
        else if (shared.Find(other => other.Name == method.Name)?.Method.ContainingType is { } other && SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, method.ContainingType.OriginalDefinition))
        {
            string taken = other.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            findings.Error(
                RuleIds.Signature,
                from,
                pipeline,
                method.Name,
                SymbolEqualityComparer.Default.Equals(other, method.ContainingType)
                    ? $"the steps of {taken} are taken already; leave out one [StepsFrom]"
                    : $"it is taken from {taken} already, and the ledger and [From] know steps by name; call that of {method.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} from a step of your own");
        }
        else if (own.Exists(other => other.Name == method.Name) || shared.Exists(other => other.Name == method.Name))
        {
            findings.Error(RuleIds.Signature, from, pipeline, method.Name, "another source or step has this name, and the ledger and [From] know them by name");
        }
        else if (MethodParser.Parse(method, step, false, partitionType, findings) is { } parsed)
        {
            parsed.IsShared = true;
            shared.Add(parsed);
        }
    }

    /// <summary>Those whose rows the pipeline makes, less those whose own rows nobody takes.</summary>
    private static List<ParsedMethod> Used(List<ParsedMethod> own, List<ParsedMethod> shared)
    {
        var used = new List<ParsedMethod>();
        bool found = true;
        while (found)
        {
            ParsedMethod[] reached = [.. shared.Where(step => !used.Contains(step) && own.Concat(used).Any(producer => Same(producer.OutputRow, step.InputRow!)))];
            used.AddRange(reached);
            found = reached.Length > 0;
        }

        while (used.RemoveAll(step => ContractParser.StrategyOf(step.OutputRow) is null && !own.Concat(used).Any(taker => taker != step && Takes(taker, step))) > 0)
        {
        }

        return used;
    }

    private static bool Takes(ParsedMethod taker, ParsedMethod step) =>
        (taker.InputRow is { } row && Same(row, step.OutputRow))
        || taker.Parameters.Any(parameter => parameter.Lookup is { } lookup && Same(lookup.TypeArguments[1], step.OutputRow));

    private static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
