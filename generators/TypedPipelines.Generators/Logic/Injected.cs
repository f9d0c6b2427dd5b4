using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>What a pipeline gets through its constructor: nobody writes <c>new</c> for it, and its constructors run all the same.</summary>
internal sealed class Injected(Implementations implementations)
{
    /// <summary>Adds the constructors of a pipeline, of its services, and of theirs, as far as this compilation has them.</summary>
    public void AddTo(CodeReferences references, INamedTypeSymbol pipeline) => Add(references, pipeline, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private void Add(CodeReferences references, INamedTypeSymbol type, HashSet<ISymbol> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        references.Add(type);
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            references.Add(constructor);
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Type.TypeKind == TypeKind.Delegate)
                {
                    references.AddOpaque($"is given {parameter.Name}, of which only what it takes and returns is known");
                }

                foreach (INamedTypeSymbol service in implementations.Types(parameter.Type))
                {
                    Add(references, service, seen);
                }
            }
        }
    }
}
