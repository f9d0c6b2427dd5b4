using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
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

/// <summary>TP1008 and TP1009: puts a delete and what fills the table again into one transaction, where both go through Dapper.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OneTransactionFix))]
[Shared]
public sealed class OneTransactionFix : CodeFixProvider
{
    private const string Title = "Put both into one transaction";
    private const string Name = "transaction";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.DeleteWithoutTransaction, RuleIds.EmptiedTable];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new SequentialFixes(this, Title);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Diagnostic diagnostic = context.Diagnostics[0];
        if (diagnostic.AdditionalLocations.Count > 0
            && await FixAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } mended)
        {
            context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(mended), equivalenceKey: Title), diagnostic);
        }
    }

    private static async Task<Document?> FixAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        StatementSyntax? clear = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<StatementSyntax>();
        if (model is null
            || clear?.Parent is not BlockSyntax block
            || root!.FindNode(diagnostic.AdditionalLocations[0].SourceSpan).AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Parent == block) is not { } refill
            || ConnectionOf(clear, model, cancellationToken) is not { } connection)
        {
            return null;
        }

        int first = block.Statements.IndexOf(clear), last = block.Statements.IndexOf(refill);
        StatementSyntax[] within = [.. block.Statements.Skip(first).Take(last - first + 1)];
        SyntaxNode member = block.AncestorsAndSelf().First(static node => node is MemberDeclarationSyntax or CompilationUnitSyntax);
        if ( within.Any(static statement => statement is LocalDeclarationStatementSyntax) || Calls(within, connection, model, cancellationToken) is not { } calls)
        {
            return null; // A variable that is declared in between may be used behind.
        }

        string name = Name;
        for (int number = 2; member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.Parent is not NameColonSyntax and not IdentifierNameSyntax { Parent: NameColonSyntax }); number++)
        {
            name = Name + number.ToString(CultureInfo.InvariantCulture);
        }

        bool isAsync = clear.DescendantNodes().OfType<AwaitExpressionSyntax>().Any() && Inherits(connection.Type, "DbConnection");
        bool isOpen = member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => call.SpanStart < clear.SpanStart && call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax on, Name.Identifier.ValueText: "Open" or "OpenAsync" } && on.Identifier.ValueText == connection.Name);
        var statements = new List<StatementSyntax>();
        if (!isOpen)
        {
            statements.Add(Statement(isAsync ? $"await {connection.Name}.OpenAsync();" : $"{connection.Name}.Open();"));
        }

        statements.Add(Statement(isAsync ? $"await using var {name} = await {connection.Name}.BeginTransactionAsync();" : $"using var {name} = {connection.Name}.BeginTransaction();"));
        statements[0] = statements[0].WithLeadingTrivia(clear.GetLeadingTrivia());
        foreach (StatementSyntax statement in within)
        {
            StatementSyntax with = statement.ReplaceNodes(calls.Where(call => statement.Contains(call)), (_, call) => Passed(call, name));
            statements.Add(statement == clear ? with.WithLeadingTrivia(SyntaxFactory.ElasticMarker) : with);
        }

        statements.Add(Statement(isAsync ? $"await {name}.CommitAsync();" : $"{name}.Commit();"));
        BlockSyntax mended = block.WithStatements([.. block.Statements.Take(first), .. statements, .. block.Statements.Skip(last + 1)]);
        Document after = document.WithSyntaxRoot(root.ReplaceNode(block, mended.WithAdditionalAnnotations(Formatter.Annotation)));
        return await Compiles.StillAsync(document, after, cancellationToken).ConfigureAwait(false) ? after : null;
    }

    private static InvocationExpressionSyntax Passed(InvocationExpressionSyntax call, string transaction) => call.AddArgumentListArguments(
        SyntaxFactory.Argument(SyntaxFactory.NameColon(Name).WithTrailingTrivia(SyntaxFactory.Space), default, SyntaxFactory.IdentifierName(transaction)).WithLeadingTrivia(SyntaxFactory.Space));

    private static StatementSyntax Statement(string text) => SyntaxFactory.ParseStatement(text).WithLeadingTrivia(SyntaxFactory.ElasticMarker).WithTrailingTrivia(SyntaxFactory.ElasticMarker);

    private static ILocalSymbol? ConnectionOf(StatementSyntax clear, SemanticModel model, CancellationToken cancellationToken) =>
        clear.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => IsDapper(call, model, cancellationToken))
            .Select(call => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax on } ? model.GetSymbolInfo(on, cancellationToken).Symbol as ILocalSymbol : null)
            .FirstOrDefault();

    /// <summary>All uses of the connection, where each is a call of Dapper that has no transaction yet.</summary>
    private static IReadOnlyList<InvocationExpressionSyntax>? Calls(StatementSyntax[] within, ILocalSymbol connection, SemanticModel model, CancellationToken cancellationToken)
    {
        var calls = new List<InvocationExpressionSyntax>();
        foreach (IdentifierNameSyntax use in within.SelectMany(static statement => statement.DescendantNodes().OfType<IdentifierNameSyntax>()))
        {
            if (use.Identifier.ValueText != connection.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellationToken).Symbol, connection))
            {
                continue;
            }

            if (use.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
                || access.Expression != use
                || !IsDapper(call, model, cancellationToken)
                || call.ArgumentList.Arguments.Count > 2
                || call.ArgumentList.Arguments.Any(static argument => argument.NameColon?.Name.Identifier.ValueText == Name))
            {
                return null;
            }

            calls.Add(call);
        }

        return calls;
    }

    private static bool IsDapper(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ContainingType: { } type } && type.Is("Dapper", "SqlMapper");

    private static bool Inherits(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
