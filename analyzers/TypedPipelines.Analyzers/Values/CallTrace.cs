using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What a call gives: of the project's own methods by way of what they return, of the BCL's from what they get.</summary>
internal static class CallTrace
{
    /// <summary>Methods of LINQ and of collections that give the elements they get.</summary>
    private static readonly HashSet<string> PassOn = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToHashSet", "ToListAsync", "AsEnumerable", "AsParallel", "AsQueryable", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Take", "Skip", "Distinct", "DistinctBy",
        "Reverse", "Concat", "Union", "Append", "Prepend", "Cast", "OfType", "Chunk", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "Max", "Min", "AsReadOnly",
        "ToImmutableArray", "ToImmutableList",
    };

    private static readonly HashSet<string> ValueTypes = new(StringComparer.Ordinal)
    {
        "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid", "String", "Convert", "Math", "Random", "BitConverter", "Nullable", "HashCode", "TimeZoneInfo",
        "Int32", "Int64", "Int16", "Byte", "UInt32", "UInt64", "Double", "Decimal", "Single", "Boolean", "Char", "Stopwatch", "ISOWeek", "Calendar", "Encoding", "Object", "ValueType", "Task", "ValueTask",
    };

    public static List<Leaf> Of(IInvocationOperation call, ValueTrace trace, int depth)
    {
        var into = new List<Leaf>();
        IMethodSymbol method = call.TargetMethod;
        if (method.DeclaringSyntaxReferences.Length > 0)
        {
            into.Add(new Leaf(null, new CalledValue(Definition(method), null, Arguments(call, trace, depth), call.Syntax.GetLocation())));
        }
        else if (IsOfValues(method.ContainingType))
        {
            trace.Values(into, depth, [.. call.Arguments.Select(static argument => argument.Value)]);
            if (call.Instance is { } instance)
            {
                trace.Values(into, depth, instance);
            }
        }
        else if (call.Arguments.Length + (call.Instance is null ? 0 : 1) > 0)
        {
            IOperation receiver = call.Instance ?? call.Arguments[0].Value;
            if (method.Name is "Select" or "SelectMany" or "ConvertAll" && MemberFlow.LambdaOf(call.Arguments[call.Arguments.Length - 1].Value) is { } lambda)
            {
                foreach (IOperation result in Results(lambda.Body.DescendantsAndSelf(), lambda))
                {
                    into.AddRange(trace.Of(result, depth));
                }
            }
            else if (PassOn.Contains(method.Name))
            {
                into.AddRange(trace.Of(receiver, depth));
            }
        }

        return into;
    }

    /// <summary>What each parameter gets, by the order in which they are declared.</summary>
    public static IReadOnlyList<IReadOnlyList<Leaf>> Arguments(IInvocationOperation call, ValueTrace trace, int depth)
    {
        // An extension method that is called on its first argument has it among the arguments all the same.
        var given = new IReadOnlyList<Leaf>[call.TargetMethod.Parameters.Length];
        for (int i = 0; i < given.Length; i++)
        {
            IArgumentOperation? argument = null;
            foreach (IArgumentOperation candidate in call.Arguments)
            {
                argument = candidate.Parameter?.Ordinal == i ? candidate : argument;
            }

            given[i] = argument is { Parameter.RefKind: RefKind.None or RefKind.In } ? trace.Of(argument.Value, depth) : [];
        }

        return given;
    }

    /// <summary>The values that the body of a method or lambda returns, itself and not those inside it.</summary>
    public static IEnumerable<IOperation> Results(IEnumerable<IOperation> body, IOperation? owner)
    {
        foreach (IOperation operation in body)
        {
            if (operation is IReturnOperation { ReturnedValue: { } value } && OwnerOf(operation) == owner)
            {
                yield return value;
            }
        }
    }

    /// <summary>The lambda or local function that an operation stands in; null where it stands in the member itself.</summary>
    public static IOperation? OwnerOf(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Whether a type is one of the BCL's plain values, or computes with them: what comes out changes with what goes in.</summary>
    public static bool IsOfValues(ITypeSymbol? type) =>
        type is not null
        && ValueTypes.Contains(type.Name)
        && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Diagnostics" or "System.Globalization" or "System.Text" or "System.Threading.Tasks";

    /// <summary>A method as it is declared, not as it is called.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        IMethodSymbol declared = (method.ReducedFrom ?? method).OriginalDefinition;
        return declared.PartialDefinitionPart ?? declared;
    }
}
