using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Recognises the form of a step by what it takes and returns.</summary>
internal static class StepParser
{
    private const int DefaultConcurrency = 8;

    private const int DefaultDelay = 200;

    public static ParsedMethod? Parse(IMethodSymbol method, AttributeData attribute, IParameterSymbol input, List<ParsedParameter> parameters, Findings findings)
    {
        ParameterForm takes = parameters.Find(parameter => ReferenceEquals(parameter.Symbol, input)).Form;
        var inputRow = (INamedTypeSymbol)Bare(input.Type.SequenceElement() ?? input.Type.SequenceElement("IAsyncEnumerable") ?? input.Type);
        ITypeSymbol type = method.ReturnType;
        if (type is INamedTypeSymbol { Arity: 0 } && (type.Is("System.Threading.Tasks", "Task") || type.Is("System.Threading.Tasks", "ValueTask")))
        {
            findings.Error(RuleIds.Signature, MethodParser.ReturnType(method), method.Name, $"it gives no row when it has waited: return {type.Name}<row>");
            return null;
        }

        (NodeForm Form, ITypeSymbol Row)? found = takes switch
        {
            ParameterForm.Rows => type.RowsElement() is { } element ? (NodeForm.WholeSet, element) : null,
            ParameterForm.AsyncRows => type.SequenceElement("IAsyncEnumerable") is { } element ? (NodeForm.AsyncWholeSet, element) : null,
            _ => OfRow(method, type, inputRow),
        };
        if (found is null || Bare(found.Value.Row) is not INamedTypeSymbol row || !MethodParser.IsRow(row))
        {
            Report(method, takes, found?.Row, findings);
            return null;
        }

        bool givesSeveral = found.Value.Form is NodeForm.Expand or NodeForm.AsyncExpand or NodeForm.WholeSet or NodeForm.AsyncWholeSet;
        if (givesSeveral && found.Value.Row.NullableAnnotation == NullableAnnotation.Annotated)
        {
            findings.Error(RuleIds.Signature, MethodParser.ReturnType(method), method.Name, $"a step that gives several rows leaves out those that it drops, and gives no null among them: write {row.Name}, without the question mark");
        }

        if (givesSeveral && (Awaited(type) ?? type).NullableAnnotation == NullableAnnotation.Annotated)
        {
            findings.Error(RuleIds.Signature, MethodParser.ReturnType(method), method.Name, "a step that gives several rows gives an empty sequence where there are none, and never null");
        }

        return new ParsedMethod
        {
            Method = method,
            Form = found.Value.Form,
            Input = input,
            InputRow = inputRow,
            OutputRow = row,
            Parameters = parameters,
            Async = Async(method, attribute, found.Value.Form, findings),
        };
    }

    private static (NodeForm Form, ITypeSymbol Row)? OfRow(IMethodSymbol method, ITypeSymbol type, INamedTypeSymbol inputRow) => type switch
    {
        _ when type.RowsElement() is { } element => (NodeForm.Expand, element),
        _ when type.SequenceElement("IAsyncEnumerable") is { } element => (NodeForm.AsyncExpand, element),
        { SpecialType: SpecialType.System_Boolean } => (NodeForm.Filter, inputRow),
        _ when Awaited(type) is { } later => later switch
        {
            { SpecialType: SpecialType.System_Boolean } => (NodeForm.AsyncFilter, inputRow),
            _ when later.RowsElement() is { } element => (NodeForm.AsyncExpand, element),
            _ => (AdmitsNull(later) ? NodeForm.AsyncFilterMap : NodeForm.AsyncMap, later),
        },
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => (NodeForm.FilterMap, nullable.TypeArguments[0]),
        _ => (AdmitsNull(type) || (type.IsReferenceType && SaysMaybe(method)) ? NodeForm.FilterMap : NodeForm.Map, type),
    };

    /// <summary>What a step waits for; null where it waits for nothing.</summary>
    private static ITypeSymbol? Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } later && (later.Is("System.Threading.Tasks", "ValueTask") || later.Is("System.Threading.Tasks", "Task")) ? later.TypeArguments[0] : null;

    private static bool AdmitsNull(ITypeSymbol type) => type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated };

    private static bool SaysMaybe(IMethodSymbol method) =>
        method.GetReturnTypeAttributes().Any(static attribute => attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "MaybeNullAttribute"));

    private static void Report(IMethodSymbol method, ParameterForm takes, ITypeSymbol? row, Findings findings)
    {
        if (method.ReturnType.IsUnknown())
        {
            findings.Error(RuleIds.Signature, (Location?)null, method.Name, "its return type does not exist");
            return;
        }

        findings.Error(
            RuleIds.Signature,
            MethodParser.ReturnType(method),
            method.Name,
            GenericForms.WhyNoRow(row) ?? takes switch
            {
                ParameterForm.Rows => "a step that takes IEnumerable<row> returns IEnumerable<row>, or an array or list of rows",
                ParameterForm.AsyncRows => "a step that takes IAsyncEnumerable<row> returns IAsyncEnumerable<row>",
                _ => "a step that takes a row returns a row, a row or null, bool, IEnumerable<row>, an array or list of rows, IAsyncEnumerable<row>, or a ValueTask or Task of any of them but the last, where a row that may be null is of a class",
            });
    }

    private static AsyncModel? Async(IMethodSymbol method, AttributeData step, NodeForm form, Findings findings)
    {
        AttributeData? retry = method.RuntimeAttribute("RetryAttribute");
        int concurrency = step.Named("MaxConcurrency", DefaultConcurrency);
        if (form is not (NodeForm.AsyncMap or NodeForm.AsyncFilterMap or NodeForm.AsyncFilter or NodeForm.AsyncExpand))
        {
            if (retry is not null)
            {
                findings.Error(RuleIds.Signature, retry, method, method.Name, "only a step that takes a row and returns a ValueTask, a Task or an IAsyncEnumerable can be tried again");
            }

            if (step.NamedArguments.Any(argument => argument.Key == "MaxConcurrency"))
            {
                findings.Error(RuleIds.Signature, step.Location("MaxConcurrency"), method.Name, "only a step that takes a row and returns a ValueTask, a Task or an IAsyncEnumerable is called for several rows at a time");
            }

            return null;
        }

        int retries = retry?.Argument(0) as int? ?? 0;
        int delay = retry?.Named("DelayMilliseconds", DefaultDelay) ?? 0;
        if (concurrency < 1)
        {
            findings.Error(RuleIds.Signature, step.Location("MaxConcurrency"), method.Name, "MaxConcurrency is at least 1");
        }

        if (retry is not null && (retries < 1 || delay < 0))
        {
            findings.Error(RuleIds.Signature, retry, method, method.Name, "a step is tried again at least once, after a pause that is not negative");
        }

        return new AsyncModel(concurrency, retries, delay) { Streams = form == NodeForm.AsyncExpand && Awaited(method.ReturnType) is null };
    }

    private static ITypeSymbol Bare(ITypeSymbol type) => type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;
}
