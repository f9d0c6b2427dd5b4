using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the lookups that steps ask for: by the row's key member or, where it has several, by a tuple of them.</summary>
internal static class LookupParser
{
    /// <param name="wiring">The wiring, which knows the lookups.</param>
    /// <param name="contract">Gives the contract of a row type whose table is read; null where it is wrong.</param>
    /// <param name="findings">What is wrong.</param>
    public static List<LookupModel> Parse(Wiring wiring, Func<INamedTypeSymbol, ISymbol, ContractModel?> contract, Findings findings)
    {
        var lookups = new List<LookupModel>();
        foreach ((INamedTypeSymbol lookup, ParsedMethod? producer, IParameterSymbol at) in wiring.Lookups)
        {
            var row = (INamedTypeSymbol)lookup.TypeArguments[1];
            if (producer is null && contract(row, at) is null)
            {
                continue;
            }

            // What the pipeline makes itself, generated code need not be able to make.
            (RowModel? made, IReadOnlyList<RowMember> members) = RowParser.Parse(row, at, producer is null ? findings : new Findings());
            if (made is null)
            {
                members = [.. RowParser.Properties(row).Select(static property => new RowMember(property, null))];
            }

            RowMember[] keys = [.. members.Where(member => member.Annotation("KeyAttribute") is not null)];
            if (keys.Length == 0)
            {
                findings.Error(RuleIds.KeyMissing, at, row.Name, "a lookup");
            }
            else if (keys.Length == 1 && keys[0].Property.Type.NullableAnnotation == NullableAnnotation.Annotated)
            {
                findings.Error(RuleIds.Signature, at, at.Name, $"the key of {row.Name} is {Shown(keys)}, and nothing is looked up by null; make {keys[0].Name} non-nullable");
            }
            else if (!Fits(lookup.TypeArguments[0], keys))
            {
                findings.Error(
                    RuleIds.Signature,
                    lookup.TypeArguments[0].IsUnknown() ? null : at,
                    at.Name,
                    $"the key of {row.Name} is {Shown(keys)}, not {lookup.TypeArguments[0].ToDisplayString()}");
            }
            else if (!lookups.Exists(known => known.RowType == row.SourceName() && known.From == producer?.Name))
            {
                // Tuples that differ in the names of their elements are one type.
                lookups.Add(new LookupModel(
                    KeyType(keys), row.SourceName(), row.Name, new EquatableArray<string>(keys.Select(key => key.Name)), producer?.Name));
            }
        }

        return lookups;
    }

    private static bool Fits(ITypeSymbol asked, RowMember[] keys)
    {
        if (keys.Length == 1)
        {
            return Same(asked, keys[0]);
        }

        return asked is INamedTypeSymbol { IsTupleType: true } tuple
            && tuple.TupleElements.Length == keys.Length
            && tuple.TupleElements.Zip(keys, static (element, key) => Same(element.Type, key)).All(static same => same);
    }

    private static string KeyType(RowMember[] keys) => keys.Length == 1
        ? keys[0].Property.Type.SourceName()
        : $"({string.Join(", ", keys.Select(key => key.Property.Type.SourceName() + (key.Property.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : "")))})";

    private static string Shown(RowMember[] keys) => keys.Length == 1
        ? keys[0].Property.Type.ToDisplayString()
        : $"({string.Join(", ", keys.Select(key => $"{key.Property.Type.ToDisplayString()} {key.Name}"))})";

    private static bool Same(ITypeSymbol asked, RowMember key) => SymbolEqualityComparer.Default.Equals(asked, key.Property.Type);
}
