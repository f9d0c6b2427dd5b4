using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>What the operators of LINQ, and collections, do with the elements of sequences.</summary>
internal static class Sequences
{
    /// <summary>Where the keys are by which a sequence is ordered: they decide once something is taken from an end.</summary>
    private const string Order = "<order>";

    public static Flow ElementOf(Flow sequence) => sequence.Element ?? sequence.As(OriginKind.Expression);

    /// <summary>The element at a place, or under a key.</summary>
    public static Flow Index(Flow sequence, IEnumerable<Flow> at) => sequence.Element is { } element
        ? Entry(element).WithConditions(ConditionsOfEnd(sequence)).WithConditions(Flow.Any(at))
        : Flow.All(OriginKind.Expression, at.Prepend(sequence));

    /// <summary>What is found under a key: the value of a dictionary's entry.</summary>
    public static Flow Entry(Flow element) => element.IsPair ? element.Member("Value") : element;

    public static Flow Property(string name, Flow sequence) => name switch
    {
        "Keys" when sequence.Element!.IsPair => Flow.Sequence(sequence.Element.Member("Key"), sequence.Conditions),
        "Values" => Flow.Sequence(Entry(sequence.Element!), sequence.Conditions),
        "Count" or "Length" or "LongLength" => CountOf(sequence),
        _ => sequence.As(OriginKind.Expression),
    };

    public static bool IsSequence(ITypeSymbol type) => type.SpecialType != SpecialType.System_String
        && (type is IArrayTypeSymbol || IsEnumerable(type) || type.AllInterfaces.Any(IsEnumerable));

    public static ITypeSymbol? ElementType(ITypeSymbol? type) => type switch
    {
        null => null,
        IArrayTypeSymbol array => array.ElementType,
        _ => type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : [])
            .Select(static candidate => candidate.SequenceElement() ?? candidate.SequenceElement("IAsyncEnumerable"))
            .FirstOrDefault(static element => element is not null),
    };

    /// <summary>Whether the elements of a collection are entries with a key.</summary>
    public static bool HasEntries(INamedTypeSymbol type) => ElementType(type).Is("System.Collections.Generic", "KeyValuePair");

    /// <summary>What decides whether a collection keeps what its method is given, as far as it says that it may not.</summary>
    public static Flow KeyOf(IMethodSymbol method, IReadOnlyList<Flow> arguments) =>
        method.ReturnType.SpecialType == SpecialType.System_Boolean && arguments.Count > 0 ? arguments[0] : Flow.Nothing;

    /// <summary>The element that a collection keeps of what its method is given; null where it keeps none.</summary>
    public static Flow? Keeps(IMethodSymbol method, IReadOnlyList<Flow> arguments) => method.Name switch
    {
        "Add" or "TryAdd" when arguments.Count == 2 => Flow.Pair(arguments[0], arguments[1]),
        "Add" or "Push" or "Enqueue" or "AddLast" or "AddFirst" or "TryAdd" when arguments.Count > 0 => arguments[0],
        "Insert" when arguments.Count == 2 => arguments[1],
        "AddRange" or "UnionWith" when arguments.Count > 0 => ElementOf(arguments[0]),
        _ => null,
    };

    /// <summary>Whether a method of a collection, of which it is not known what it keeps, may keep what it is given.</summary>
    public static bool Changes(IMethodSymbol method) => method.ReturnsVoid
        || new[] { "Add", "GetOrAdd", "Insert", "Push", "Enqueue", "Set", "Update", "TryAdd", "TryUpdate", "Append", "Prepend", "Replace" }.Any(name => method.Name.StartsWith(name, System.StringComparison.Ordinal));

    /// <summary>The result of an operator of LINQ; null where the method is none.</summary>
    public static Flow? Call(IMethodSymbol method, IReadOnlyList<Flow> arguments, Calls calls)
    {
        INamedTypeSymbol type = method.ContainingType;
        return type.Is("System.Linq", "Enumerable") || type.Is("System.Linq", "AsyncEnumerable") || type.Is("System.Linq", "ImmutableArrayExtensions")
            ? new LinqOperator(arguments, calls).Result(method.Name.EndsWith("Async", System.StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name)
            : null;
    }

    /// <summary>A count depends on no value, only on which rows there are.</summary>
    public static Flow CountOf(Flow sequence) => Flow.Any([.. ElementOf(sequence).As(OriginKind.Aggregate).Origins
        .Select(static origin => origin with { Path = "" })
        .Distinct()
        .Select(Flow.Of)]).WithConditions(sequence.Conditions);

    public static Flow Ordered(Flow sequence, Flow key) => sequence.With(Order, Flow.Any([sequence.Members.TryGetValue(Order, out Flow? before) ? before : Flow.Nothing, key]).As(OriginKind.Expression));

    /// <summary>What is taken from an end of a sequence depends on its order.</summary>
    public static ImmutableHashSet<Origin> ConditionsOfEnd(Flow sequence) =>
        sequence.Members.TryGetValue(Order, out Flow? order) ? sequence.WithConditions(order).Conditions : sequence.Conditions;

    private static bool IsEnumerable(ITypeSymbol type) => type.SpecialType == SpecialType.System_Collections_IEnumerable
        || type.Is("System.Collections.Generic", "IAsyncEnumerable");
}
