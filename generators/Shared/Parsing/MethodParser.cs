using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

    public AsyncModel? Async { get; init; }

    /// <summary>Whether it is another class's, taken in by <c>[StepsFrom]</c>.</summary>
    public bool IsShared { get; set; }

    public string Name => Method.Name;

    public bool IsSource => Form <= NodeForm.SqlStep;

    public string? DeclaredProducer => Input?.RuntimeAttribute("FromAttribute")?.Argument(0) as string;
}

/// <summary>A parameter of a source or step, understood.</summary>
internal sealed class ParsedParameter(IParameterSymbol symbol, ParameterForm form, INamedTypeSymbol? lookup)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterForm Form { get; } = form;

    /// <summary>For a lookup: its type, <c>Lookup&lt;TKey, TRow&gt;</c>.</summary>
    public INamedTypeSymbol? Lookup { get; } = lookup;

    /// <summary>For a lookup: the method that gives its rows; null where they are read from the row's table.</summary>
    public ParsedMethod? Producer { get; set; }

    /// <summary>What <c>[From]</c> names.</summary>
    public string? DeclaredProducer => Symbol.RuntimeAttribute("FromAttribute")?.Argument(0) as string;

    /// <summary>For a table: the type of its rows.</summary>
    public INamedTypeSymbol? Table { get; init; }

    /// <summary>For a table: how many earlier windows are read, too.</summary>
    public int EarlierWindows => Symbol.RuntimeAttribute("EarlierWindowsAttribute")?.Argument(0) as int? ?? 0;
}

/// <summary>Recognises the form of a source or step by its signature.</summary>
internal static class MethodParser
{
    private static readonly string[] Marks = ["SourceAttribute", "StepAttribute", "SqlStepAttribute"];

    private static readonly HashSet<string> PartitionTypes =
        ["Partition", "DayPartition", "HourPartition", "MonthPartition", "QuarterPartition", "YearPartition", "FilePartition", "WholePartition"];

    public static ParsedMethod? Parse(IMethodSymbol method, AttributeData attribute, bool isSource, string partitionType, Findings findings)
    {
        if (method.IsGenericMethod)
        {
            findings.Error(RuleIds.Signature, method.TypeParameters[0], method.Name, GenericForms.WhyNoParameters(method, !isSource));
            return null;
        }

        if (method.Parameters.FirstOrDefault(parameter => parameter.RefKind is not (RefKind.None or RefKind.In)) is { } given)
        {
            findings.Error(RuleIds.Signature, given, method.Name, "a source or step takes nothing by ref or out");
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

            RequireRows(understood, findings);
            parameters.Add(understood);
            if (understood.Form is ParameterForm.Row or ParameterForm.Rows or ParameterForm.AsyncRows)
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
            findings.Error(RuleIds.Signature, method, method.Name, "a step takes a row, IEnumerable<row> or IAsyncEnumerable<row> as its first parameter");
            return null;
        }

        return StepParser.Parse(method, attribute, input, parameters, findings);
    }

    /// <summary>Refuses <c>[From]</c> where no step's rows come in: it would say something that nobody does.</summary>
    internal static void RequireRows(ParsedParameter parameter, Findings findings)
    {
        if (parameter.Form is not (ParameterForm.Row or ParameterForm.Rows or ParameterForm.AsyncRows or ParameterForm.Lookup)
            && parameter.Symbol.RuntimeAttribute("FromAttribute") is { } from)
        {
            findings.Error(RuleIds.Signature, from, parameter.Symbol, parameter.Symbol.Name, "[From] says which step gives the rows of a parameter, and this takes none from a step; leave it out");
        }
    }

    /// <summary>Whether a method is a source or step.</summary>
    internal static bool IsMarked(IMethodSymbol method) => Marks.Any(mark => method.RuntimeAttribute(mark) is not null);

    internal static bool IsPartition(ITypeSymbol type) => type.IsRuntime(type.Name) && PartitionTypes.Contains(type.Name);

    internal static ParsedParameter? Partition(IParameterSymbol parameter, string partitionType, Findings findings)
    {
        string name = parameter.Type.Name;
        if (name == "Partition" || name == partitionType)
        {
            return new ParsedParameter(parameter, ParameterForm.Partition, null);
        }

        findings.Error(RuleIds.Signature, parameter, parameter.Name, $"the pipeline's partitions are of type {partitionType}, so nothing can give it a {name}");
        return null;
    }

    private static ParsedParameter? Understand(IParameterSymbol parameter, bool rowTaken, string partitionType, Findings findings)
    {
        ITypeSymbol type = parameter.Type;
        if (IsPartition(type))
        {
            return Partition(parameter, partitionType, findings);
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

        ITypeSymbol row = type.SequenceElement() ?? type.SequenceElement("IAsyncEnumerable") ?? type;
        if (!rowTaken && row is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsGenericType: false, IsRefLikeType: false, SpecialType: SpecialType.None } named
            && named.DeclaredAccessibility != Accessibility.NotApplicable)
        {
            return new ParsedParameter(parameter, FormOf(type), null);
        }

        if (!type.IsUnknown())
        {
            findings.Error(
                RuleIds.Signature,
                parameter,
                parameter.Name,
                GenericForms.WhyNoRow(rowTaken ? type.IsRuntime("RowLookup") && type is INamedTypeSymbol { TypeArguments.Length: 2 } side ? side.TypeArguments[1] : null : type.RowsElement() ?? row)
                ?? (rowTaken
                    ? $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} is none of: the partition, RunContext, CancellationToken{(parameter.Ordinal > 0 ? ", RowLookup<TKey, TRow>" : "")}"
                    : type.RowsElement() is INamedTypeSymbol element && IsRow(element)
                    ? $"a step that takes all rows takes them as IEnumerable<{element.Name}>, and not as {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}"
                    : $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} cannot be a row: a row is a class, record or struct of your own"));
        }
        else
        {
            findings.Error(RuleIds.Signature, (Location?)null, parameter.Name, "its type does not exist"); // The compiler says it better.
        }

        return null;
    }

    /// <summary>Where a method says what it returns.</summary>
    internal static Location? ReturnType(IMethodSymbol method) =>
        (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? method.Locations.FirstOrDefault();

    private static ParameterForm FormOf(ITypeSymbol rows) =>
        rows.SequenceElement() is not null ? ParameterForm.Rows
        : rows.SequenceElement("IAsyncEnumerable") is not null ? ParameterForm.AsyncRows
        : ParameterForm.Row;

    private static ParsedMethod? Source(IMethodSymbol method, AttributeData attribute, List<ParsedParameter> parameters, Findings findings)
    {
        ITypeSymbol type = method.ReturnType;
        (NodeForm Form, ITypeSymbol Row)? found = type switch
        {
            INamedTypeSymbol { TypeArguments.Length: 1 } csv when csv.IsRuntime("CsvFiles") => (NodeForm.CsvSource, csv.TypeArguments[0]),
            INamedTypeSymbol { TypeArguments.Length: 1 } json when json.IsRuntime("JsonFiles") => (NodeForm.JsonSource, json.TypeArguments[0]),
            INamedTypeSymbol { TypeArguments.Length: 1 } table when table.IsRuntime("Table") => (NodeForm.TableSource, table.TypeArguments[0]),
            _ when type.SequenceElement("IAsyncEnumerable") is { } element => (NodeForm.AsyncSequenceSource, element),
            _ when type.RowsElement() is { } element => (NodeForm.SequenceSource, element),
            _ when type.SourceElement() is { } element => (NodeForm.OpenedSource, element),
            _ => null,
        };
        if (found is not { Row: INamedTypeSymbol row } || !IsRow(row))
        {
            findings.Error(
                RuleIds.Signature, type.IsUnknown() ? null : ReturnType(method), method.Name, GenericForms.WhyNoRow(found?.Row) ?? "a source returns CsvFiles<row>, JsonFiles<row>, HttpPages<row>, Table<row>, IEnumerable<row>, an array or list of rows, IAsyncEnumerable<row> or another ISource<row>, where row is a type of your own");
            return null;
        }

        if (row.NullableAnnotation == NullableAnnotation.Annotated)
        {
            findings.Error(RuleIds.Signature, ReturnType(method), method.Name, $"a source gives no null among its rows: write {row.Name}, without the question mark");
            return null;
        }

        if (parameters.Find(parameter => parameter.Form == ParameterForm.Lookup) is { } lookup)
        {
            findings.Error(RuleIds.Signature, lookup.Symbol, method.Name, "a source takes no lookup; join in a step");
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

    internal static bool IsRow(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsGenericType: false, IsRefLikeType: false, SpecialType: SpecialType.None };
}
