using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows calls of functions that are values: they see the variables around them, and may leave something there for their next call.</summary>
internal sealed partial class Calls
{
    /// <summary>Calls of one function for the elements of a sequence, as long as each leaves something new for the next.</summary>
    private const int MostTimes = 8;

    /// <summary>The result of a function inside a method, whose variables it sees.</summary>
    /// <param name="code">The function.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="maybe">Whether it may be called once, often or not at all, as operators of LINQ do.</param>
    public Flow Call(Callable code, IReadOnlyList<Flow> arguments, bool maybe = true)
    {
        if (code.Or is { } other)
        {
            return Often(code, arguments, maybe: true).Join(Call(other, arguments));
        }

        return Often(code, arguments, maybe);
    }

    /// <summary>As a loop is, until a call leaves nothing new in the variables around the function.</summary>
    private Flow Often(Callable code, IReadOnlyList<Flow> arguments, bool maybe)
    {
        if (!maybe || code.Frame is not { } around)
        {
            return One(code, arguments, maybe);
        }

        for (int times = 1; ; times++)
        {
            Frame before = around.Copy();
            Flow result = One(code, arguments, maybe);
            if (times == MostTimes || around.IsAs(before, variable => !IsOf(variable, code.Method)))
            {
                return result;
            }
        }
    }

    private static bool IsOf(ISymbol variable, IMethodSymbol function)
    {
        for (ISymbol? at = variable.ContainingSymbol; at is IMethodSymbol; at = at.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(at, function))
            {
                return true;
            }
        }

        return false;
    }

    private Flow One(Callable code, IReadOnlyList<Flow> arguments, bool maybe)
    {
        if (code.Frame is null)
        {
            return Call(code.Method, code.Receiver ?? Flow.Nothing, arguments) ?? Unknown(code.Method, code.Receiver ?? Flow.Nothing, arguments);
        }

        var around = Around;
        Around = (around.Decides, around.Maybe || maybe);
        Flow result = Inside(code, arguments);
        Around = around;
        return result;
    }

    private Flow Inside(Callable code, IReadOnlyList<Flow> arguments)
    {
        IOperation? body = code.Body ?? Body(code.Method);
        return Enter(code.Method, () => body is null ? null : Run(code.Method, body, code.Frame!, arguments), Flow.Nothing, arguments) ?? Flow.All(OriginKind.Expression, arguments);
    }
}
