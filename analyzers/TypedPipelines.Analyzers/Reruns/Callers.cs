using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// Who calls a method that inserts, anywhere in the project: if all of them have looked for the row before, it is as good as a look of its own. Asked
/// only where there is something to say otherwise. Calls are found by name, so that one too many may be taken for a caller, but none too few.
/// </summary>
internal static class Callers
{
    // More callers than that are those of a name that everybody uses.
    private const int Most = 24;

    /// <summary>The calls in each file, by name, as places: kept for as long as the file is, since an edit changes one file.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<string, List<TextSpan>>> Index = new();

    /// <summary>Whether the method is called, and each of its callers has looked before.</summary>
    public static bool HaveLooked(ISymbol member, Microsoft.CodeAnalysis.Compilation compilation)
    {
        if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
        {
            return false;
        }

        int found = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (!Index.GetValue(tree, static of => Read(of)).TryGetValue(method.Name, out List<TextSpan>? places))
            {
                continue;
            }

            foreach (TextSpan place in places)
            {
                if (tree.GetRoot().FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Span == place) is not { } call || !Fits(call, method))
                {
                    continue;
                }

                if (++found > Most || !(LookedFor.IsAround(call) || LookedFor.IsCleared(call, static _ => false)))
                {
                    return false;
                }
            }
        }

        return found > 0;
    }

    /// <summary>Whether anybody in the project calls a method of one of these names.</summary>
    public static bool AnyCalls(Microsoft.CodeAnalysis.Compilation compilation, params string[] names) =>
        compilation.SyntaxTrees.Any(tree => names.Any(Index.GetValue(tree, static of => Read(of)).ContainsKey));

    private static bool Fits(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        int given = call.ArgumentList.Arguments.Count + (method.IsExtensionMethod ? 1 : 0);
        return given <= method.Parameters.Length && given >= method.Parameters.Count(static parameter => !parameter.IsOptional && !parameter.IsParams);
    }

    private static Dictionary<string, List<TextSpan>> Read(SyntaxTree tree)
    {
        var calls = new Dictionary<string, List<TextSpan>>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (Presence.NameOf(call) is { } name)
            {
                if (!calls.TryGetValue(name, out List<TextSpan>? places))
                {
                    calls.Add(name, places = []);
                }

                places.Add(call.Span);
            }
        }

        return calls;
    }
}
