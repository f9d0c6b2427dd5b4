using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>What changes something outside the rows that a step gives: files, services, messages, processes, static state, the database.</summary>
internal static class SideEffects
{
    private static readonly string[] FileWrites = ["Write", "Append", "Create", "Delete", "Move", "Copy", "Replace", "Open", "Set", "Encrypt", "Decrypt"];

    private static readonly string[] FileReads = ["OpenRead", "OpenText", "OpenHandle"];

    private static readonly string[] HttpWrites = ["Put", "Delete", "Patch"];

    private static readonly HashSet<string> Senders = new(StringComparer.Ordinal) { "SmtpClient", "IBus", "IPublishEndpoint", "ISendEndpoint", "ServiceBusSender", "IProducer", "IModel", "IChannel", "IMessageSession", "ICapPublisher", "QueueClient", "EventHubProducerClient" };

    private static readonly string[] Changes = ["Add", "AddRange", "Remove", "Clear", "Enqueue", "Dequeue", "Push", "Pop", "Insert"];

    /// <summary>What an operation changes; null where it changes nothing, or nobody knows.</summary>
    public static string? Of(IOperation operation) => operation switch
    {
        IInvocationOperation call => OfCall(call),
        IObjectCreationOperation { Type: { } type, Arguments: { Length: > 0 } arguments } when type.Is("System.IO", "StreamWriter") && arguments[0].Value.Type?.SpecialType == SpecialType.System_String => "a file",
        IAssignmentOperation { Target: IMemberReferenceOperation target } => OfState(target),
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation target } => OfState(target),
        _ => null,
    };

    private static string? OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol? type = method.ContainingType;
        string name = method.Name;
        if (type.Is("System.IO", "File") || type.Is("System.IO", "Directory"))
        {
            return FileWrites.Any(word => name.StartsWith(word, StringComparison.Ordinal)) && !FileReads.Contains(name) && !(name == "Open" && !Says(call, "Write", "Create", "Append", "Truncate")) ? "a file" : null;
        }

        if (IsHttp(type))
        {
            // What a POST gives back is often what it was sent for: a query. One whose answer nobody reads is not.
            return HttpWrites.Any(word => name.StartsWith(word, StringComparison.Ordinal)) || (name.StartsWith("Post", StringComparison.Ordinal) && IsStatement(call)) ? "a service" : null;
        }

        if (type is not null && (Senders.Contains(type.Name) || type.AllInterfaces.Any(static implemented => Senders.Contains(implemented.Name)))
            && (name.StartsWith("Send", StringComparison.Ordinal) || name.StartsWith("Publish", StringComparison.Ordinal) || name.StartsWith("Produce", StringComparison.Ordinal) || name.StartsWith("BasicPublish", StringComparison.Ordinal)))
        {
            return "what a message tells";
        }

        return type.Is("System.Diagnostics", "Process") && name == "Start" ? "what another program does"
            : call.Instance is IFieldReferenceOperation { Field: { IsStatic: true } } field && Changes.Contains(name) && IsCollection(field.Type) ? $"the static '{field.Field.Name}'"
            : name is "ExecuteNonQuery" or "ExecuteNonQueryAsync" && type is not null && DatabaseCalls.IsCommand(type) ? "the database"
            : name is "SaveChanges" or "SaveChangesAsync" && call.Instance is not null ? "the database"
            : null;
    }

    private static string? OfState(IMemberReferenceOperation target) => target.Member switch
    {
        IFieldSymbol { IsStatic: true } field => $"the static '{field.Name}'",
        IPropertySymbol { IsStatic: true } property => $"the static '{property.Name}'",
        _ => null,
    };

    private static bool IsHttp(INamedTypeSymbol? type) => type.Is("System.Net.Http", "HttpClient") || type.Is("System.Net.Http.Json", "HttpClientJsonExtensions");

    private static bool IsCollection(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent";

    private static bool IsStatement(IOperation call)
    {
        IOperation? parent = call.Parent;
        while (parent is IAwaitOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IExpressionStatementOperation;
    }

    private static bool Says(IInvocationOperation call, params string[] words) => words.Any(word => call.Syntax.ToString().Contains(word));
}
