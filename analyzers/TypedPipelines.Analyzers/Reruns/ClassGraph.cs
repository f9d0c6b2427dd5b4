using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Which members of one pipeline class use which others, collected while its operations are analyzed, in any order.</summary>
internal sealed class ClassGraph(INamedTypeSymbol pipeline)
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentQueue<ISymbol>> _uses = new(SymbolEqualityComparer.Default);

    public void Note(ISymbol user, IOperation operation)
    {
        ISymbol? used = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation group => group.Method,
            IObjectCreationOperation creation => creation.Constructor,
            IMemberReferenceOperation member => member.Member,
            _ => null,
        };
        if (used is not null and not IMethodSymbol { MethodKind: MethodKind.LocalFunction }
            && SymbolEqualityComparer.Default.Equals(used.ContainingType, pipeline))
        {
            _uses.GetOrAdd(MemberOf(user), static _ => new ConcurrentQueue<ISymbol>()).Enqueue(MemberOf(used));
        }
    }

    /// <summary>For each member that one of these methods reaches, that method: the first in the order of the source.</summary>
    public Dictionary<ISymbol, IMethodSymbol> ReachedFrom(Func<IMethodSymbol, bool> isStart)
    {
        var reached = new Dictionary<ISymbol, IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol start in pipeline.GetMembers().OfType<IMethodSymbol>().Where(isStart))
        {
            var waiting = new Stack<ISymbol>();
            waiting.Push(MemberOf(start));
            while (waiting.Count > 0)
            {
                ISymbol member = waiting.Pop();
                if (reached.TryGetValue(member, out _))
                {
                    continue;
                }

                reached.Add(member, start);
                if (_uses.TryGetValue(member, out ConcurrentQueue<ISymbol>? used))
                {
                    foreach (ISymbol next in used)
                    {
                        waiting.Push(next);
                    }
                }
            }
        }

        return reached;
    }

    /// <summary>The declared member that code stands in: an accessor's is its property, and a generic method is its definition.</summary>
    public static ISymbol MemberOf(ISymbol symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } && symbol.ContainingSymbol is { } outer)
        {
            symbol = outer;
        }

        ISymbol member = (symbol as IMethodSymbol)?.AssociatedSymbol ?? symbol;
        return (member as IMethodSymbol)?.PartialDefinitionPart?.OriginalDefinition ?? member.OriginalDefinition;
    }
}
