using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>The members of the BCL and of the runtime whose value differs from one run to the next, and what to use instead.</summary>
internal static class RunDependentValues
{
    private const string Window = "take the time from the row or from the partition's window, such as day.Start";
    private const string RowKey = "make the key from the row's own columns";
    private const string RowValue = "compute it from the row's own columns";
    private const string Machine = "write it as a constant, or read it as a row of a source";
    private const string StableHash = "use a hash that is the same in every process, such as SHA256.HashData";

    private static readonly HashSet<string> OfEnvironment =
    [
        "CommandLine", "CurrentDirectory", "CurrentManagedThreadId", "ExpandEnvironmentVariables", "GetCommandLineArgs", "GetEnvironmentVariable",
        "GetEnvironmentVariables", "MachineName", "OSVersion", "ProcessId", "ProcessPath", "ProcessorCount", "StackTrace", "SystemDirectory",
        "TickCount", "TickCount64", "UserDomainName", "UserName", "Version", "WorkingSet",
    ];

    /// <summary>The API that the operation takes a changing value from, and what to use instead; null for any other operation.</summary>
    public static (string Api, string Instead, RunDependence Kind)? Find(IOperation operation)
    {
        ISymbol? member = operation switch
        {
            IPropertyReferenceOperation property => property.Property,
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation group => group.Method,
            IObjectCreationOperation { Arguments.Length: 0, Constructor: { } constructor } => constructor,
            _ => null,
        };
        if (member?.ContainingType is not { } type || Instead(type, member) is not { } instead)
        {
            return null;
        }

        string api = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"new {type.Name}()"
            : member is IMethodSymbol ? $"{ShownType(type)}.{member.Name}()"
            : $"{type.Name}.{member.Name}";
        return (api, instead, KindOf(instead));
    }

    private static RunDependence KindOf(string instead) => instead switch
    {
        Window => RunDependence.Clock,
        RowKey => RunDependence.Id,
        Machine => RunDependence.Machine,
        StableHash => RunDependence.Hash,
        _ => RunDependence.Random,
    };

    // "String.GetHashCode()" is not how anyone writes it.
    private static string ShownType(INamedTypeSymbol type) => type.SpecialType == SpecialType.System_String ? "string" : type.Name;

    private static string? Instead(INamedTypeSymbol type, ISymbol member) => (type.Name, member.Name) switch
    {
        ("DateTime", "Now" or "UtcNow" or "Today") or ("DateTimeOffset", "Now" or "UtcNow") when IsIn(type, "System") => Window,
        ("TimeProvider", "GetUtcNow" or "GetLocalNow" or "GetTimestamp") when IsIn(type, "System") => Window,
        ("Stopwatch", "GetTimestamp" or "StartNew") when type.Is("System.Diagnostics", "Stopwatch") => Window,
        ("Guid", "NewGuid" or "CreateVersion7") when IsIn(type, "System") => RowKey,
        ("Random", ".ctor" or "Shared") when IsIn(type, "System") => RowValue,
        ("RandomNumberGenerator", _) when member.IsStatic && type.Is("System.Security.Cryptography", "RandomNumberGenerator") => RowValue,
        ("Path", "GetRandomFileName" or "GetTempFileName") when type.Is("System.IO", "Path") => RowValue,
        ("Environment", var name) when OfEnvironment.Contains(name) && IsIn(type, "System") => Machine,
        ("String", "GetHashCode") when type.SpecialType == SpecialType.System_String => StableHash,
        ("HashCode", "Combine" or "ToHashCode") when IsIn(type, "System") => StableHash,
        ("RunContext", "StartedAt") when type.IsRuntime("RunContext") => Window,
        ("RunContext", "RunId") when type.IsRuntime("RunContext") => RowKey,
        _ => null,
    };

    private static bool IsIn(INamedTypeSymbol type, string containing) => type.Is(containing, type.Name);
}
