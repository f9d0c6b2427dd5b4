using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>The calls of the BCL that tell people something and give nothing back: logs, metrics, traces, the console.</summary>
internal static class SideCalls
{
    private const string Diagnostics = "System.Diagnostics";

    public static bool Contains(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        return IsLog(method)
            || IsMetric(method.ContainingType)
            || (IsTrace(method.ContainingType) && (method.Name.StartsWith("Set", StringComparison.Ordinal) || method.Name.StartsWith("Add", StringComparison.Ordinal)))
            || ((method.ContainingType.Is(Diagnostics, "Debug") || method.ContainingType.Is(Diagnostics, "Trace")) && method.ReturnsVoid)
            || (method.ContainingType.Is("System", "Console") && method.Name is "Write" or "WriteLine")
            || IsConsole(call.Instance);
    }

    public static bool IsTrace(ITypeSymbol? type) => type.Is(Diagnostics, "Activity");

    // Counter<T>, Histogram<T> and the like: what they measure is read elsewhere.
    private static bool IsMetric(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Is("System.Diagnostics.Metrics", "Instrument"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLog(IMethodSymbol method)
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

    /// <summary>Console.Out and Console.Error.</summary>
    private static bool IsConsole(IOperation? instance) =>
        instance is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Out" or "Error" } property } && property.ContainingType.Is("System", "Console");
}
