using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What the members of a new object, or the elements of a new collection, come from.</summary>
internal static class ObjectTrace
{
    public static List<Leaf> Of(IOperation creation, ValueTrace trace, int depth)
    {
        var into = new List<Leaf>();
        switch (creation)
        {
            case IAnonymousObjectCreationOperation anonymous:
                SetMembers(anonymous.Initializers, into, trace, depth);
                break;
            case IWithOperation copy:
                into.AddRange(trace.Of(copy.Operand, depth));
                SetMembers(copy.Initializer.Initializers, into, trace, depth);
                break;
            case IArrayCreationOperation { Initializer: { } elements }:
                AddElements(elements.ElementValues, into, trace, depth);
                break;
            case ICollectionExpressionOperation collection:
                AddElements(collection.Elements.Select(static element => element is ISpreadOperation spread ? spread.Operand : element), into, trace, depth);
                break;
            case IObjectCreationOperation { Type: { } type } made:
                Made(made, type, into, trace, depth);
                break;
        }

        return into;
    }

    private static void Made(IObjectCreationOperation made, ITypeSymbol type, List<Leaf> into, ValueTrace trace, int depth)
    {
        if (CallTrace.IsOfValues(type))
        {
            trace.Values(into, depth, [.. made.Arguments.Select(static argument => argument.Value)]); // new DateTime(now.Year, now.Month, 1)
            return;
        }

        foreach (IArgumentOperation argument in made.Arguments)
        {
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (MemberOf(type, parameter) is { } member)
            {
                into.AddRange(trace.Of(argument.Value, depth).Where(static leaf => leaf.Member is null).Select(leaf => new Leaf(member, leaf.Origin)));
            }
            else if (made.Arguments.Length == 1 && IsCopy(type))
            {
                into.AddRange(trace.Of(argument.Value, depth)); // new List<Row>(rows), new DynamicParameters(row)
            }
        }

        foreach (IOperation initializer in made.Initializer?.Initializers ?? [])
        {
            if (initializer is IInvocationOperation { Arguments: var added })
            {
                if (added.Length == 1)
                {
                    into.AddRange(trace.Of(added[0].Value, depth));
                }
                else if (added.Length == 2 && added[0].Value.ConstantValue is { HasValue: true, Value: string key })
                {
                    into.AddRange(trace.Of(added[1].Value, depth).Where(static leaf => leaf.Member is null).Select(leaf => new Leaf(key, leaf.Origin))); // { "day", day }
                }
            }
        }

        into.AddRange(Defaults(made, type, into));
        SetMembers(made.Initializer?.Initializers ?? [], into, trace, depth);
    }

    /// <summary>What properties have of themselves: <c>public Guid Id { get; set; } = Guid.NewGuid();</c>.</summary>
    private static List<Leaf> Defaults(IObjectCreationOperation made, ITypeSymbol type, List<Leaf> given)
    {
        var defaults = new List<Leaf>();
        for (ITypeSymbol? at = type; at is { DeclaringSyntaxReferences.Length: > 0 }; at = at.BaseType)
        {
            foreach (ISymbol member in at.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, DeclaringSyntaxReferences: { Length: 1 } declared }
                    && declared[0].GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: InvocationExpressionSyntax or MemberAccessExpressionSyntax }
                    && !given.Exists(leaf => leaf.Member == member.Name))
                {
                    defaults.Add(new Leaf(member.Name, new CalledValue(member.OriginalDefinition, null, [], made.Syntax.GetLocation())));
                }
            }
        }

        return defaults;
    }

    private static void SetMembers(IEnumerable<IOperation> initializers, List<Leaf> into, ValueTrace trace, int depth)
    {
        foreach (IOperation initializer in initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var declared } target } assignment)
            {
                // ["day"] = day
                string name = target is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } index } && index[0].Value.ConstantValue is { HasValue: true, Value: string key } ? key : declared;
                into.RemoveAll(leaf => string.Equals(leaf.Member, name, StringComparison.OrdinalIgnoreCase));
                into.AddRange(trace.Of(assignment.Value, depth).Where(static leaf => leaf.Member is null).Select(leaf => new Leaf(name, leaf.Origin)));
            }
        }
    }

    private static void AddElements(IEnumerable<IOperation> elements, List<Leaf> into, ValueTrace trace, int depth)
    {
        foreach (IOperation element in elements)
        {
            into.AddRange(trace.Of(element, depth));
        }
    }

    /// <summary>The member that a constructor's parameter fills, by its name: of a record it is so by the language, of others by custom.</summary>
    private static string? MemberOf(ITypeSymbol type, IParameterSymbol parameter) =>
        type.GetMembers().FirstOrDefault(member => member is IPropertySymbol && string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))?.Name;

    private static bool IsCopy(ITypeSymbol type) => type.Name is "List" or "HashSet" or "Queue" or "DynamicParameters" or "ConcurrentBag";
}
