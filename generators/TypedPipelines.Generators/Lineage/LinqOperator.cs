using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>One operator of LINQ, with what it is called on first among its arguments.</summary>
internal sealed class LinqOperator(IReadOnlyList<Flow> arguments, Calls calls)
{
    private readonly Flow _source = arguments.Count > 0 ? arguments[0] : Flow.Nothing;
    private readonly List<Callable> _functions = [.. arguments.Select(static argument => argument.Code).OfType<Callable>()];

    private Flow Element => Sequences.ElementOf(_source);

    /// <summary>The number of an element, which depends on the order and on which others there are.</summary>
    private Flow Place => Flow.Nothing.WithConditions(Sequences.ConditionsOfEnd(_source));

    private Flow Second => arguments.Count > 1 ? arguments[1] : Flow.Nothing;

    /// <summary>What the operator gives.</summary>
    public Flow Result(string name) => name switch
    {
        "Select" => Of(Apply(0, Element, Place)),
        "SelectMany" => SelectMany(),
        "Where" or "TakeWhile" or "SkipWhile" => Filtered(Apply(0, Element, Place)),
        "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" => Sequences.Ordered(_source, Apply(0, Element)),
        "Order" or "OrderDescending" => Sequences.Ordered(_source, Element),
        "Take" or "TakeLast" or "Skip" or "SkipLast" => Flow.Sequence(Element, Sequences.ConditionsOfEnd(_source)),
        "Distinct" => arguments.Count > 1 ? Filtered(Flow.Any([Element, Second])) : _source,
        "DistinctBy" => Filtered(Apply(0, Element), Sequences.ConditionsOfEnd(_source)),
        "ToList" or "ToArray" when arguments.Count == 1 => (_source.Element is null ? Flow.Sequence(Element) : _source).As(calls.NewToken()),
        "GroupBy" or "ToLookup" => Grouped(),
        "ToDictionary" => Filtered(Flow.Nothing, element: Flow.Pair(Apply(0, Element), _functions.Count > 1 ? Apply(1, Element) : Element)),
        "Join" or "LeftJoin" or "RightJoin" => Joined(Sequences.ElementOf(Second)),
        "GroupJoin" => Joined(Second),
        "Zip" => _functions.Count > 0
            ? Of(Apply(0, Element, Sequences.ElementOf(Second)))
            : Of(Flow.Tuple(arguments.Select(Sequences.ElementOf))),
        "Concat" or "Union" or "UnionBy" => Of(Flow.Any(arguments.Where(static argument => argument.Code is null).Select(Sequences.ElementOf))).WithConditions(Second.Conditions),
        "Append" or "Prepend" => Of(Flow.Any([Element, Second])),
        "Intersect" or "Except" or "IntersectBy" or "ExceptBy" => Filtered(Flow.Any([Element, Second])),
        "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault" or "ElementAt" or "ElementAtOrDefault" => One(name),
        "MinBy" or "MaxBy" => Element.WithConditions(_source.Conditions).WithConditions(Apply(0, Element)),
        "Count" or "LongCount" or "Any" or "All" => _functions.Count == 0 ? Sequences.CountOf(_source) : Aggregated(Apply(0, Element)),
        "Sum" or "Min" or "Max" or "Average" => Aggregated(_functions.Count == 0 ? Element : Apply(0, Element)),
        "Contains" or "SequenceEqual" => Aggregated(Flow.Any([Element, Second])),
        "Aggregate" => Accumulated(),
        "CountBy" or "AggregateBy" => Filtered(Apply(0, Element), element: Flow.Pair(Apply(0, Element), Flow.Any(_functions.Skip(1).Select(function => calls.Call(function, [Flow.Nothing, Element]))
            .Append(Sequences.CountOf(_source))).As(OriginKind.Aggregate))),
        "Chunk" => Of(Flow.Sequence(Element, Sequences.ConditionsOfEnd(_source))),
        "Index" => Of(Flow.Tuple([Place, Element])),
        "DefaultIfEmpty" => Of(arguments.Count > 1 ? Flow.Any([Element, Second]) : Element.OrNull()),
        "Range" or "Empty" => Flow.Sequence(Flow.Nothing),
        "Repeat" => Flow.Sequence(_source),
        _ => _functions.Count == 0 && _source.Element is not null ? _source : Flow.All(OriginKind.Expression, arguments),
    };

    private Flow Apply(int function, params Flow[] given) => function < _functions.Count ? calls.Call(_functions[function], given) : Flow.Nothing;

    private Flow Of(Flow element) => Flow.Sequence(element, _source.Conditions);

    private Flow Filtered(Flow decides, ImmutableHashSet<Origin>? conditions = null, Flow? element = null) =>
        Flow.Sequence(element ?? Element, conditions ?? _source.Conditions).WithConditions(decides);

    private Flow SelectMany()
    {
        Flow inner = Apply(0, Element);
        Flow element = Sequences.ElementOf(inner);
        return Of(_functions.Count > 1 ? Apply(1, Element, element) : element).WithConditions(inner.Conditions);
    }

    /// <summary>Groups have a key, and elements; with a function for the result, what that makes of both.</summary>
    private Flow Grouped()
    {
        Flow key = Apply(0, Element);
        Flow? element = null;
        Flow? result = null;
        foreach (Callable function in _functions.Skip(1))
        {
            if (function.Method.Parameters.Length == 1)
            {
                element = calls.Call(function, [Element]);
            }
            else
            {
                result = calls.Call(function, [key, Flow.Sequence(element ?? Element)]);
            }
        }

        return Filtered(key, element: result ?? Flow.Sequence(element ?? Element).With("Key", key));
    }

    private Flow Joined(Flow inner)
    {
        Flow keys = Flow.Any([Apply(0, Element), Apply(1, Sequences.ElementOf(Second))]);
        Flow result = _functions.Count > 2 ? Apply(2, Element, inner) : Flow.Tuple([Element, inner]);
        return Filtered(keys, element: result).WithConditions(Second.Conditions);
    }

    private Flow One(string name)
    {
        Flow decides = _functions.Count > 0 ? Apply(0, Element) : Flow.Nothing;
        Flow one = Element.WithConditions(Sequences.ConditionsOfEnd(_source)).WithConditions(decides);
        return name.EndsWith("OrDefault", System.StringComparison.Ordinal) ? one.OrNull() : one;
    }

    private Flow Aggregated(Flow value) => value.As(OriginKind.Aggregate).WithConditions(_source.Conditions);

    /// <summary>Twice, so that what one row leaves in the sum reaches the next.</summary>
    private Flow Accumulated()
    {
        Flow seed = _functions.Count > 0 && arguments.Count > 2 ? Second : Element;
        Flow sum = Flow.All(OriginKind.Aggregate, [seed, Apply(0, seed, Element)]);
        sum = Flow.All(OriginKind.Aggregate, [sum, Apply(0, sum, Element)]);
        return (_functions.Count > 1 ? Apply(1, sum).As(OriginKind.Aggregate) : sum).WithConditions(_source.Conditions);
    }
}
