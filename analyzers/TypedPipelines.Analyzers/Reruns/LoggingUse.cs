using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Tells values that only reach a log from those that may reach a row.</summary>
internal static class LoggingUse
{
    // start = ..., elapsed = now - start, log(elapsed): more steps than that and it is no longer obvious.
    private const int MostLocals = 3;

    /// <summary>Whether the value goes nowhere but into logging calls, directly or by way of locals.</summary>
    public static bool IsAll(IOperation value, int locals = 0)
    {
        IOperation at = value;
        while (at.Parent is { } parent)
        {
            switch (parent)
            {
                case IInvocationOperation { TargetMethod: var method } when IsLogging(method):
                case INameOfOperation: // Never run at all.
                    return true;
                case IVariableDeclaratorOperation declarator:
                    return locals < MostLocals && OnlyLogged(declarator.Symbol, parent, locals + 1);
                case IExpressionStatementOperation:
                    return locals > 0 && at is IInvocationOperation { Type.SpecialType: SpecialType.System_Void } call && call.Instance == value; // watch.Stop();
                case IAnonymousFunctionOperation or IBlockOperation or IReturnOperation or IAssignmentOperation:
                    return false;
            }

            at = parent;
        }

        return false;
    }

    private static bool OnlyLogged(ILocalSymbol local, IOperation declarator, int locals)
    {
        foreach (IOperation operation in OperationTree.Root(declarator).Descendants())
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !IsAll(reference, locals))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLogging(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass.Is("Microsoft.Extensions.Logging", "LoggerMessageAttribute"))
            {
                return true;
            }
        }

        return method.ContainingType.Is("Microsoft.Extensions.Logging", "LoggerExtensions")
            || method.ContainingType.Is("Microsoft.Extensions.Logging", "ILogger");
    }
}
