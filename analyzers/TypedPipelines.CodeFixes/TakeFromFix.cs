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
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP4003 and TP4004: says with <c>[From]</c> which source or step a parameter takes its rows from, for each with which that comes out right.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TakeFromFix))]
[Shared]
public sealed class TakeFromFix : CodeFixProvider
{
    // More would be no help in choosing.
    private const int MostOffered = 8;

    // What is wrong with the rows further on is found when this is right; rows that then go nowhere are a reason not to offer it.
    private static readonly string[] Behind = [RuleIds.PartitionColumn, RuleIds.KeyMissing, RuleIds.RowConstruction, RuleIds.ColumnType];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NothingProduces, RuleIds.SeveralProduce];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new SequentialFixes(this, "Take the rows of the first method that gives them and leaves nothing unused");

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || Parameter(model, context.Diagnostics[0], context.CancellationToken) is not { } parameter || model.GetDeclaredSymbol(parameter, context.CancellationToken) is not { } symbol)
        {
            return;
        }

        int offered = 0;
        foreach (IMethodSymbol producer in Candidates((IMethodSymbol)symbol.ContainingSymbol))
        {
            Document changed = await ChangeAsync(context.Document, parameter, Name(producer, symbol.ContainingType, model, parameter.SpanStart), context.CancellationToken).ConfigureAwait(false);
            if (offered < MostOffered
                && await Soundness.IsMendedAsync(context.Document, changed, context.Diagnostics[0].Id, Behind, context.CancellationToken).ConfigureAwait(false))
            {
                offered++;
                context.RegisterCodeFix(
                    CodeAction.Create($"Take the rows of '{producer.Name}'", _ => Task.FromResult(changed), equivalenceKey: "Take the rows of " + producer.Name),
                    context.Diagnostics[0]);
            }
        }
    }

    /// <summary>The parameter that is reported, by its name or by what its attribute says.</summary>
    private static ParameterSyntax? Parameter(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? at = model.SyntaxTree.GetRoot(cancellationToken).FindToken(diagnostic.Location.SourceSpan.Start).Parent;
        return (at as ParameterSyntax ?? at?.FirstAncestorOrSelf<AttributeSyntax>()?.Parent?.Parent) is ParameterSyntax { Parent.Parent: MethodDeclarationSyntax } parameter ? parameter : null;
    }

    /// <summary>The sources and steps that the pipeline has: its own, then those that it takes from other classes.</summary>
    private static IEnumerable<IMethodSymbol> Candidates(IMethodSymbol step) => step.ContainingType.GetAttributes()
        .Where(static attribute => attribute.AttributeClass.IsRuntime("StepsFromAttribute"))
        .Select(static attribute => attribute.Argument(0) as INamedTypeSymbol)
        .OfType<INamedTypeSymbol>()
        .Prepend(step.ContainingType)
        .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
        .Where(method => MethodParser.IsMarked(method) && method.Name != step.Name);

    private static string Name(IMethodSymbol producer, INamedTypeSymbol pipeline, SemanticModel model, int position)
    {
        string name = SyntaxFacts.GetKeywordKind(producer.Name) == SyntaxKind.None ? producer.Name : "@" + producer.Name;
        return SymbolEqualityComparer.Default.Equals(producer.ContainingType, pipeline) ? name : $"{producer.ContainingType.ToMinimalDisplayString(model, position)}.{name}";
    }

    private static async Task<Document> ChangeAsync(Document document, ParameterSyntax parameter, string producer, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        AttributeArgumentListSyntax arguments = SyntaxFactory.ParseAttributeArgumentList($"(nameof({producer}))")!;
        AttributeSyntax? said = parameter.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(static attribute => attribute.Name.ToString() is var name && (name.EndsWith("From") || name.EndsWith("FromAttribute")));
        SyntaxNode changed = said is not null
            ? root.ReplaceNode(said.ArgumentList ?? (SyntaxNode)said, said.ArgumentList is null ? said.WithArgumentList(arguments) : arguments.WithTriviaFrom(said.ArgumentList))
            : root.ReplaceNode(parameter, parameter.WithoutLeadingTrivia().AddAttributeLists(
                SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("From"), arguments)))
                    .WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(parameter.GetLeadingTrivia()));
        return document.WithSyntaxRoot(changed);
    }
}
