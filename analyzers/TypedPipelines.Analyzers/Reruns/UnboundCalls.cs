using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Commands in code that does not compile now, as while it is typed or its packages are restored: by what their names say.</summary>
internal static class UnboundCalls
{
    /// <summary>The expression that gives a command its SQL text; null where the operation is no such thing.</summary>
    public static IOperation? CommandTextOf(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IInvalidOperation { Syntax: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" } } } assignment => assignment.Value,
        IInvalidOperation { Syntax: ObjectCreationExpressionSyntax { Type: var type } } creation when NameOf(type).EndsWith("Command", StringComparison.Ordinal) => TextOf(creation),
        IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } } call
            when DatabaseCalls.IsNamedLikeCommand(name) => TextOf(call),
        _ => null,
    };

    private static IOperation? TextOf(IInvalidOperation call) =>
        DatabaseCalls.Statement(call.ChildOperations.FirstOrDefault(static child => child.Type?.SpecialType == SpecialType.System_String));

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
