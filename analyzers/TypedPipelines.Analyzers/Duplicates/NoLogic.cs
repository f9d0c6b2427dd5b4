using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>What is said in many bodies alike and is not what they do: guards, names copied to names, lists of data and of settings.</summary>
internal static class NoLogic
{
    public static bool IsGuard(StatementSyntax statement) => statement is IfStatementSyntax { Else: null, Statement: var then }
        && (then is ThrowStatementSyntax || (then is BlockSyntax { Statements: { Count: 1 } only } && only[0] is ThrowStatementSyntax));

    public static bool IsGuard(ExpressionSyntax expression) => expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
        && (access.Name.Identifier.ValueText.StartsWith("ThrowIf", StringComparison.Ordinal) || access.Expression is IdentifierNameSyntax { Identifier.ValueText: "Guard" });

    public static bool IsCopy(ExpressionSyntax expression) => expression is AssignmentExpressionSyntax
    {
        RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
        Left: IdentifierNameSyntax or MemberAccessExpressionSyntax,
        Right: var right,
    } && IsName(right);

    /// <summary>An element of an initializer, or an arm of a switch, that gives a name, a value or a row of them.</summary>
    public static bool IsListed(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => IsName(assignment.Right) || assignment.Right is BaseObjectCreationExpressionSyntax,
        SwitchExpressionArmSyntax arm => IsName(arm.Expression) || arm.Expression is ThrowExpressionSyntax,
        ExpressionSyntax element => IsName(element) || element is BaseObjectCreationExpressionSyntax or InitializerExpressionSyntax,
        _ => false,
    };

    /// <summary>A statement that sets something for a member, such as <c>entity.Property(x => x.Name).IsRequired()</c>.</summary>
    public static bool IsListing(ExpressionSyntax expression)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
            {
                if (argument.Expression is SimpleLambdaExpressionSyntax { ExpressionBody: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax of } } lambda
                    && of.Identifier.ValueText == lambda.Parameter.Identifier.ValueText)
                {
                    return true;
                }
            }

            expression = access.Expression;
        }

        return false;
    }

    private static bool IsName(ExpressionSyntax expression) => expression is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax;
}
