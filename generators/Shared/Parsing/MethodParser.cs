using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>A source or step as its signature says it, before it is wired to the others.</summary>
internal sealed class ParsedMethod
{
    public required IMethodSymbol Method { get; init; }

    public required NodeForm Form { get; init; }

    /// <summary>The parameter that takes the rows; null for a source.</summary>
    public IParameterSymbol? Input { get; init; }

    public INamedTypeSymbol? InputRow { get; init; }

    public required INamedTypeSymbol OutputRow { get; init; }

    public required IReadOnlyList<ParsedParameter> Parameters { get; init; }

    public double MaxRejectedShare { get; init; }

    public string Name => Method.Name;

    public bool IsSource => Form <= NodeForm.AsyncSequenceSource;

    public string? DeclaredProducer => Input?.RuntimeAttribute("FromAttribute")?.Argument(0) as string;
}

/// <summary>A parameter of a source or step, understood.</summary>
internal sealed class ParsedParameter(IParameterSymbol symbol, ParameterForm form, INamedTypeSymbol? lookup)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterForm Form { get; } = form;

    /// <summary>For a lookup: its type, <c>Lookup&lt;TKey, TRow&gt;</c>.</summary>
    public INamedTypeSymbol? Lookup { get; } = lookup;
}

/// <summary>Recognises the form of a source or step by its signature.</summary>
internal static class MethodParser
{
    private static readonly HashSet<string> PartitionTypes =
        ["Partition", "DayPartition", "HourPartition", "MonthPartition", "QuarterPartition", "YearPartition", "FilePartition", "WholePartition"];

    public static ParsedMethod? Parse(IMethodSymbol method, AttributeData attribute, bool isSource, string partitionType, Findings findings)
    {
        if (!method.IsStatic || method.IsGenericMethod || method.Parameters.Any(parameter => parameter.RefKind is not (RefKind.None or RefKind.In)))
        {
            findings.Error(RuleIds.Signature, method, method.Name, "a source or step is a static method without type parameters, and takes nothing by ref or out");
            return null;
        }

        var parameters = new List<ParsedParameter>();
        IParameterSymbol? input = null;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (Understand(parameter, isSource || input is not null, partitionType, findings) is not { } understood)
            {
                return null;
            }

            parameters.Add(understood);
            if (understood.Form is ParameterForm.Row or ParameterForm.Rows)
            {
                input = parameter;
            }
        }

        if (isSource)
        {
            return Source(method, attribute, parameters, findings);
        }

        if (input is null)
        {
            findings.Error(RuleIds.Signature, method, method.Name, "a step takes a row, or IEnumerable<row>, as its first parameter");
            return null;
        }

        return Step(method, input, parameters, findings);
    }

    private static ParsedParameter? Understand(IParameterSymbol parameter, bool rowTaken, string partitionType, Findings findings)
    {
        ITypeSymbol type = parameter.Type;
        if (type.IsRuntime(type.Name) && PartitionTypes.Contains(type.Name))
        {
            if (type.Name != "Partition" && type.Name != partitionType)
            {
                findings.Error(
                    RuleIds.Signature, parameter, parameter.Name, $"the pipeline's partitions are of type {partitionType}, so nothing can give it a {type.Name}");
                return null;
            }

            return new ParsedParameter(parameter, ParameterForm.Partition, null);
        }

        if (type.IsRuntime("RunContext"))
        {
            return new ParsedParameter(parameter, ParameterForm.RunContext, null);
        }

        if (type.Is("System.Threading", "CancellationToken"))
        {
            return new ParsedParameter(parameter, ParameterForm.CancellationToken, null);
        }

        if (type.IsRuntime("RowLookup")
            && type is INamedTypeSymbol { TypeArguments.Length: 2 } lookup
            && IsRow(lookup.TypeArguments[1])
            && !(!rowTaken && parameter.Ordinal == 0))
        {
            return new ParsedParameter(parameter, ParameterForm.Lookup, lookup);
        }

        ITypeSymbol row = type.SequenceElement() ?? type;
        if (!rowTaken && row is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsGenericType: false, SpecialType: SpecialType.None } named
            && named.DeclaredAccessibility != Accessibility.NotApplicable)
        {
            return new ParsedParameter(parameter, ReferenceEquals(row, type) ? ParameterForm.Row : ParameterForm.Rows, null);
        }

        if (!type.IsUnknown())
        {
            findings.Error(
                RuleIds.Signature,
                parameter,
                parameter.Name,
                rowTaken
                    ? $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} is none of: the partition, RunContext, CancellationToken{(parameter.Ordinal > 0 ? ", RowLookup<TKey, TRow>" : "")}"
                    : $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} cannot be a row: a row is a class, record or struct of your own");
        }
        else
        {
            findings.Error(RuleIds.Signature, (Location?)null, parameter.Name, "its type does not exist"); // The compiler says it better.
        }

        return null;
    }

    private static ParsedMethod? Source(IMethodSymbol method, AttributeData attribute, List<ParsedParameter> parameters, Findings findings)
    {
        ITypeSymbol type = method.ReturnType;
        (NodeForm Form, ITypeSymbol Row)? found = type switch
        {
            INamedTypeSymbol { TypeArguments.Length: 1 } csv when csv.IsRuntime("CsvFiles") => (NodeForm.CsvSource, csv.TypeArguments[0]),
            INamedTypeSymbol { TypeArguments.Length: 1 } table when table.IsRuntime("Table") => (NodeForm.TableSource, table.TypeArguments[0]),
            _ when type.SequenceElement("IAsyncEnumerable") is { } element => (NodeForm.AsyncSequenceSource, element),
            _ when type.SequenceElement() is { } element => (NodeForm.SequenceSource, element),
            _ => null,
        };
        if (found is not { Row: INamedTypeSymbol row } || !IsRow(row))
        {
            findings.Error(
                RuleIds.Signature, type.IsUnknown() ? null : method, method.Name, "a source returns CsvFiles<row>, Table<row>, IEnumerable<row> or IAsyncEnumerable<row>, where row is a type of your own");
            return null;
        }

        if (parameters.Exists(parameter => parameter.Form == ParameterForm.Lookup))
        {
            findings.Error(RuleIds.Signature, method, method.Name, "a source takes no lookup; join in a step");
            return null;
        }

        double share = attribute.Named<double>("MaxRejectedShare");
        if (!(share >= 0 && share <= 1))
        {
            findings.Error(RuleIds.RejectedShare, attribute.Location("MaxRejectedShare"), method.Name, share.ToString("R", CultureInfo.InvariantCulture));
        }

        return new ParsedMethod
        {
            Method = method,
            Form = found.Value.Form,
            OutputRow = row,
            Parameters = parameters,
            MaxRejectedShare = share,
        };
    }

    private static ParsedMethod? Step(IMethodSymbol method, IParameterSymbol input, List<ParsedParameter> parameters, Findings findings)
    {
        bool takesSet = parameters.Exists(parameter => parameter.Form == ParameterForm.Rows);
        var inputRow = (INamedTypeSymbol)Bare(takesSet ? input.Type.SequenceElement()! : input.Type);
        ITypeSymbol type = method.ReturnType;
        (NodeForm Form, ITypeSymbol Row)? found = type switch
        {
            _ when type.SequenceElement() is { } element => (takesSet ? NodeForm.WholeSet : NodeForm.Expand, element),
            _ when takesSet => null,
            { SpecialType: SpecialType.System_Boolean } => (NodeForm.Filter, inputRow),
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => (NodeForm.FilterMap, nullable.TypeArguments[0]),
            { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated } => (NodeForm.FilterMap, type),
            _ => (NodeForm.Map, type),
        };
        if (found is null || Bare(found.Value.Row) is not INamedTypeSymbol row || !IsRow(row))
        {
            if (!type.IsUnknown())
            {
                findings.Error(
                    RuleIds.Signature,
                    method,
                    method.Name,
                    takesSet
                        ? "a step that takes IEnumerable<row> returns IEnumerable<row>"
                        : "a step that takes a row returns a row, a row or null, bool, or IEnumerable<row>");
            }
            else
            {
                findings.Error(RuleIds.Signature, (Location?)null, method.Name, "its return type does not exist");
            }

            return null;
        }

        return new ParsedMethod
        {
            Method = method,
            Form = found.Value.Form,
            Input = input,
            InputRow = inputRow,
            OutputRow = row,
            Parameters = parameters,
        };
    }

    private static ITypeSymbol Bare(ITypeSymbol type) => type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;

    private static bool IsRow(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsGenericType: false, SpecialType: SpecialType.None };
}
