using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// The order in which initialisers of a type run. It counts where it decides what they give: where a static one reads another, or any two touch what is static and can
/// be assigned.
/// </summary>
internal sealed class InitialiserOrder(PartReader reader)
{
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _touched = new(SymbolEqualityComparer.Default);

    /// <summary>A part for each type whose order counts.</summary>
    /// <param name="reached">What steps reach.</param>
    public IEnumerable<CodePart> Of(IEnumerable<ISymbol> reached)
    {
        List<ISymbol> all = [.. reached];
        return
        [
            .. all.Where(IsInitialised)
                .GroupBy<ISymbol, INamedTypeSymbol>(static member => member.ContainingType, SymbolEqualityComparer.Default)
                .Select(group => Part("static", group.Key, [.. group]))
                .OfType<CodePart>(),
            .. all.OfType<INamedTypeSymbol>().Select(type => Part("instance", type, [.. type.GetMembers().Where(IsInitialisedByCode)])).OfType<CodePart>(),
        ];
    }

    private CodePart? Part(string kind, INamedTypeSymbol type, IReadOnlyList<ISymbol> members)
    {
        List<string> pairs = [];
        for (int i = 0; i < members.Count; i++)
        {
            for (int j = i + 1; j < members.Count; j++)
            {
                if (Knows(members[i], members[j]))
                {
                    pairs.Add(InOrder(members[i], members[j]));
                }
            }
        }

        if (pairs.Count == 0)
        {
            return null;
        }

        pairs.Sort(StringComparer.Ordinal);
        return new CodePart(
            $"the order of the {kind} initialisers of {SymbolText.Display(type)}",
            $"order {kind} {SymbolText.Key(type)}",
            pairs.Aggregate(new Digest(), static (digest, pair) => digest.Add(pair)).Hash(),
            [],
            []);
    }

    private bool Knows(ISymbol one, ISymbol other)
    {
        HashSet<ISymbol> first = Touched(one);
        HashSet<ISymbol> second = Touched(other);
        return first.Contains(other) || second.Contains(one) || first.Any(symbol => CanBeAssigned(symbol) && second.Contains(symbol));
    }

    /// <summary>All static members that an initialiser can read or assign, directly or by what it calls.</summary>
    private HashSet<ISymbol> Touched(ISymbol member)
    {
        if (!_touched.TryGetValue(member, out HashSet<ISymbol>? touched))
        {
            touched = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { member };
            var waiting = new Queue<ISymbol>([member]);
            while (waiting.Count > 0)
            {
                ISymbol next = waiting.Dequeue();

                // What is no static member is a part of its type, with all others.
                IEnumerable<ISymbol> references = ReferenceEquals(next, member) && !member.IsStatic
                    ? reader.ReferencesOf(InitialiserOf(member)!.Parent!)
                    : reader.Read(next).References;
                foreach (ISymbol reference in references)
                {
                    // The type itself knows all of its members by its static constructor, which runs behind them all.
                    if (reader.OwnerOf(reference) is { } owner and not IAssemblySymbol && !SymbolEqualityComparer.Default.Equals(owner, member.ContainingType) && seen.Add(owner))
                    {
                        waiting.Enqueue(owner);
                        if (owner is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true })
                        {
                            touched.Add(owner);
                        }
                    }
                }
            }

            _touched.Add(member, touched);
        }

        return touched;
    }

    private static bool CanBeAssigned(ISymbol symbol) => symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } or IPropertySymbol { SetMethod: not null };

    private static bool IsInitialised(ISymbol symbol) => symbol is IFieldSymbol { IsStatic: true, IsConst: false } or IPropertySymbol { IsStatic: true } && InitialiserOf(symbol) is not null;

    /// <summary>Whether an object's member is initialised by code that could do something besides.</summary>
    private static bool IsInitialisedByCode(ISymbol symbol) => symbol is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsStatic: false }
        && InitialiserOf(symbol) is { } initialiser && initialiser.DescendantNodes().Any(static node =>
            node is InvocationExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or MemberAccessExpressionSyntax);

    private static EqualsValueClauseSyntax? InitialiserOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Select(static declaration => declaration.GetSyntax() switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer,
        PropertyDeclarationSyntax property => property.Initializer,
        _ => null,
    }).FirstOrDefault(static initialiser => initialiser is not null);

    private static string InOrder(ISymbol one, ISymbol other)
    {
        SyntaxReference first = one.DeclaringSyntaxReferences[0];
        SyntaxReference second = other.DeclaringSyntaxReferences[0];
        string[] keys = [SymbolText.Key(one), SymbolText.Key(other)];
        if (first.SyntaxTree != second.SyntaxTree)
        {
            // Which of two files comes first, nobody says.
            Array.Sort(keys, StringComparer.Ordinal);
            return string.Join(" beside ", keys);
        }

        return first.Span.Start < second.Span.Start ? $"{keys[0]} before {keys[1]}" : $"{keys[1]} before {keys[0]}";
    }
}
