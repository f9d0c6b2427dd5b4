using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads what the compiler says of whoever uses a symbol.</summary>
internal static class Obsolescence
{
    public static ObsoleteModel Of(IEnumerable<ISymbol?> symbols)
    {
        bool refused = false;
        var ids = new SortedSet<string>(System.StringComparer.Ordinal);
        foreach (ISymbol? symbol in symbols)
        {
            for (ISymbol? at = symbol; at is not null; at = at.ContainingType)
            {
                foreach (AttributeData attribute in at.GetAttributes())
                {
                    bool obsolete = attribute.AttributeClass.Is("System", "ObsoleteAttribute");
                    string? id = obsolete ? attribute.Named<string>("DiagnosticId")
                        : attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute") ? attribute.Argument(0) as string
                        : null;
                    refused |= obsolete && attribute.Argument(1) is true;
                    if (id is not null && SyntaxFacts.IsValidIdentifier(id))
                    {
                        ids.Add(id);
                    }
                }
            }
        }

        return refused || ids.Count > 0 ? new ObsoleteModel(refused, new EquatableArray<string>(ids)) : ObsoleteModel.None;
    }
}
