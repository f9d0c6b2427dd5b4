using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Calls that the compiler leaves out unless a symbol is defined where they stand (<c>[Conditional]</c>).</summary>
internal static class ConditionalCalls
{
    /// <summary>Whether a call is not compiled. Those that only watch (<c>Debug</c>, <c>Trace</c>) count as one thing, compiled or not: a debug build loads the same rows.</summary>
    public static bool IsLeftOut(IInvocationOperation call)
    {
        if (!call.TargetMethod.ReturnsVoid || call.TargetMethod.ContainingType.ToDisplayString() is "System.Diagnostics.Debug" or "System.Diagnostics.Trace")
        {
            return false;
        }

        string[] symbols = [.. Symbols(call.TargetMethod)];
        return symbols.Length > 0 && !symbols.Any(symbol => IsDefined(symbol, call.Syntax));
    }

    private static IEnumerable<string> Symbols(IMethodSymbol method)
    {
        for (IMethodSymbol? declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            foreach (AttributeData attribute in declared.GetAttributes())
            {
                if (attribute.AttributeClass?.ToDisplayString() == "System.Diagnostics.ConditionalAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is string symbol)
                {
                    yield return symbol;
                }
            }
        }
    }

    private static bool IsDefined(string symbol, SyntaxNode at)
    {
        bool defined = at.SyntaxTree.Options is CSharpParseOptions options && options.PreprocessorSymbolNames.Contains(symbol);
        for (DirectiveTriviaSyntax? directive = at.SyntaxTree.GetRoot().GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            defined = directive switch
            {
                DefineDirectiveTriviaSyntax { IsActive: true } define when define.Name.ValueText == symbol => true,
                UndefDirectiveTriviaSyntax { IsActive: true } undefine when undefine.Name.ValueText == symbol => false,
                _ => defined,
            };
        }

        return defined;
    }
}
