using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>
/// TP1011: makes a parameter of a value in the text of SQL, where the text is one interpolated string that goes to Dapper or to a command of ADO.NET.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseParameterFix))]
[Shared]
public sealed class UseParameterFix : CodeFixProvider
{
    private const string Title = "Pass it as a parameter";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ValueInText];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document mended = await FixAsync(context.Document, context.Diagnostics, context.CancellationToken).ConfigureAwait(false);
        if (mended != context.Document && await Compiles.StillAsync(context.Document, mended, context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(mended), equivalenceKey: Title), context.Diagnostics);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return document;
        }

        var changes = new Dictionary<SyntaxNode, SyntaxNode>();
        var behind = new Dictionary<StatementSyntax, IReadOnlyList<StatementSyntax>>();
        foreach (IGrouping<InterpolatedStringExpressionSyntax, InterpolationSyntax> text in diagnostics
            .Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InterpolationSyntax>())
            .Where(static hole => hole?.Parent is InterpolatedStringExpressionSyntax)
            .GroupBy(static hole => (InterpolatedStringExpressionSyntax)hole!.Parent!, static hole => hole!))
        {
            if (ParameterText.Of(text.Key, [.. text]) is not { } mended)
            {
                continue;
            }

            if (text.Key.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } && IsDapper(call, model, cancellationToken))
            {
                if (DapperCall(call, text.Key, mended) is { } with)
                {
                    changes[call] = with;
                }
            }
            else if (CommandOf(text.Key, model, cancellationToken) is var (command, statement))
            {
                changes[text.Key] = mended.Text;
                behind[statement] = [.. mended.Parameters.Select(parameter => SyntaxFactory
                    .ParseStatement($"{command}.Parameters.AddWithValue(\"@{parameter.Name}\", {parameter.Value.WithoutTrivia()});")
                    .WithLeadingTrivia(SyntaxFactory.ElasticMarker).WithTrailingTrivia(statement.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation))];
            }
        }

        if (changes.Count == 0)
        {
            return document;
        }

        SyntaxNode after = root.TrackNodes(changes.Keys.Concat(behind.Keys));
        foreach (KeyValuePair<SyntaxNode, SyntaxNode> change in changes)
        {
            after = after.ReplaceNode(after.GetCurrentNode(change.Key)!, change.Value);
        }

        foreach (KeyValuePair<StatementSyntax, IReadOnlyList<StatementSyntax>> added in behind)
        {
            after = after.InsertNodesAfter(after.GetCurrentNode(added.Key)!, added.Value);
        }

        return document.WithSyntaxRoot(after);
    }

    private static bool IsDapper(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ContainingType: { } type } && type.Is("Dapper", "SqlMapper");

    /// <summary>The call with the values as members of its object; null where it has parameters of another kind.</summary>
    private static InvocationExpressionSyntax? DapperCall(InvocationExpressionSyntax call, InterpolatedStringExpressionSyntax text, ParameterText mended)
    {
        string added = string.Join(", ", mended.Parameters.Select(static parameter => parameter.Value.ToString() == parameter.Name ? parameter.Name : $"{parameter.Name} = {parameter.Value.WithoutTrivia()}"));
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        int at = arguments.IndexOf(argument => argument.Expression == text);
        if (at != 0 || arguments.Any(static argument => argument.NameColon?.Name.Identifier.ValueText is "param" or "sql"))
        {
            return null;
        }

        ArgumentSyntax first = arguments[0].WithExpression(mended.Text);
        if (arguments.Count == 1 || arguments[1].NameColon is not null)
        {
            ArgumentSyntax row = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new {{ {added} }}")).WithLeadingTrivia(SyntaxFactory.Space);
            return call.WithArgumentList(call.ArgumentList.WithArguments([first, row, .. arguments.Skip(1)]));
        }

        if (arguments[1].Expression is not AnonymousObjectCreationExpressionSyntax given)
        {
            return null;
        }

        string all = given.Initializers.Count == 0 ? added : $"{given.Initializers.ToString().TrimEnd(',', ' ')}, {added}";
        return call.WithArgumentList(call.ArgumentList.WithArguments([first, arguments[1].WithExpression(SyntaxFactory.ParseExpression($"new {{ {all} }}")), .. arguments.Skip(2)]));
    }

    /// <summary>The local that is the command, and the statement behind which its parameters can be added.</summary>
    private static (string Command, StatementSyntax Statement)? CommandOf(InterpolatedStringExpressionSyntax text, SemanticModel model, CancellationToken cancellationToken)
    {
        if (text.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or GlobalStatementSyntax } statement || statement.Parent is GlobalStatementSyntax)
        {
            return null;
        }

        (ITypeSymbol? Type, string Name)? command = statement switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } declared } when declared[0].Initializer?.Value is BaseObjectCreationExpressionSyntax creation
                && creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression == text => (model.GetTypeInfo(creation, cancellationToken).Type, declared[0].Identifier.ValueText),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText", Expression: IdentifierNameSyntax holder } } assignment }
                when assignment.Right == text => (model.GetTypeInfo(holder, cancellationToken).Type, holder.Identifier.ValueText),
            _ => null,
        };
        return command is var (type, name) && HasAddWithValue(type) ? (name, statement) : null;
    }

    private static bool HasAddWithValue(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (IPropertySymbol parameters in type.GetMembers("Parameters").OfType<IPropertySymbol>())
            {
                return parameters.Type.GetMembers("AddWithValue").Any();
            }
        }

        return false;
    }
}
