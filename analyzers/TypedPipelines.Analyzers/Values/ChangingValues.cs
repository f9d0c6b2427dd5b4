using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.Values;

/// <summary>Values that change from run to run, with the advice for code outside pipelines.</summary>
internal static class ChangingValues
{
    private const string AnOrder = "order by a key before you take it";

    /// <summary>Settings are the same on each run, unless somebody changes them on purpose.</summary>
    private static readonly HashSet<string> Settings = new(
        new[] { "GetEnvironmentVariable", "GetEnvironmentVariables", "ExpandEnvironmentVariables", "CommandLine", "GetCommandLineArgs", "CurrentDirectory", "Version", "OSVersion", "ProcessorCount", "ProcessPath", "SystemDirectory" }
            .SelectMany(static name => new[] { $"Environment.{name}", $"Environment.{name}()" }),
        StringComparer.Ordinal);

    private static readonly string[] Taken = ["First", "FirstOrDefault", "FirstAsync", "FirstOrDefaultAsync", "Last", "LastOrDefault", "ElementAt"];

    private static readonly string[] Unordered = ["HashSet", "Dictionary", "ConcurrentDictionary", "ConcurrentBag", "KeyCollection", "ValueCollection", "DbSet"];

    public static ChangingValue? Find(IOperation operation)
    {
        if (RunDependentValues.Find(operation) is var (api, _, kind) && !Settings.Contains(api))
        {
            return new ChangingValue(api, Instead(kind), kind, operation.Syntax.GetLocation());
        }

        return operation is IInvocationOperation call && TakesAny(call) is { } from
            ? new ChangingValue($"{call.TargetMethod.Name}() of {from}, which has no order,", AnOrder, RunDependence.Order, operation.Syntax.GetLocation())
            : null;
    }

    public static string Instead(RunDependence kind) => kind switch
    {
        RunDependence.Clock => "take the time from what is loaded, or pass the day that is loaded as a parameter",
        RunDependence.Id => "make it from the columns that make the row what it is",
        RunDependence.Machine => "write it as a constant, or leave it to the log",
        RunDependence.Hash => "use a hash that is the same in every process, such as SHA256.HashData",
        _ => "compute it from the row's own columns",
    };

    /// <summary>The collection that a call takes an element of, with no condition and no order before it.</summary>
    private static string? TakesAny(IInvocationOperation call) =>
        Taken.Contains(call.TargetMethod.Name)
        && call.Arguments.All(static argument => !IsFunction(argument.Parameter?.Type))
        && (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } receiver
        && Source(receiver).Type is INamedTypeSymbol { Name: var name } type
        && Unordered.Contains(name)
        && !(name == "DbSet" && type.ContainingNamespace?.ToDisplayString() is not "Microsoft.EntityFrameworkCore")
            ? $"a {(name is "KeyCollection" or "ValueCollection" ? "Dictionary" : name)}"
            : null;

    private static bool IsFunction(ITypeSymbol? type) => type is { TypeKind: TypeKind.Delegate } or { Name: "Expression" };

    private static IOperation Source(IOperation receiver) => receiver is IConversionOperation conversion ? Source(conversion.Operand) : receiver;
}
