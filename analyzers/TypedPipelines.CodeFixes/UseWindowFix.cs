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
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP1003: takes the time from the partition's window instead of the clock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseWindowFix))]
[Shared]
public sealed class UseWindowFix : CodeFixProvider
{
    private const string Title = "Use the start of the partition's window";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.RunDependentValue];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null && await PlanAsync(context.Document, model, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false) is { } plan)
        {
            context.RegisterCodeFix(
                CodeAction.Create($"Use {plan.Replacement}", stop => FixAsync(context.Document, [context.Diagnostics[0]], stop), equivalenceKey: Title),
                context.Diagnostics[0]);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var plans = ImmutableArray.CreateBuilder<ClockUse>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await PlanAsync(document, editor.SemanticModel, diagnostic, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                plans.Add(plan);
                editor.ReplaceNode(plan.Clock, SyntaxFactory.ParseExpression(plan.Replacement).WithTriviaFrom(plan.Clock));
            }
        }

        foreach (IGrouping<MethodDeclarationSyntax, ClockUse> step in plans.Where(plan => plan.NewParameter is not null).GroupBy(plan => plan.Step))
        {
            ParameterSyntax parameter = step.First().NewParameter!;
            editor.ReplaceNode(step.Key.ParameterList, (list, _) => ((ParameterListSyntax)list).AddParameters(parameter));
        }

        return editor.GetChangedDocument();
    }

    /// <summary>What to replace by what; null where that would not compile, or would not mean the same window.</summary>
    private static async Task<ClockUse?> PlanAsync(Document document, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax clock
            || Accessor(model.GetSymbolInfo(clock, cancellationToken).Symbol) is not { } accessor
            || clock.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } step
            || step.RuntimeAttribute("StepAttribute") is null
            || PartitionsParser.Parse(step.ContainingType, new Findings()) is not { Scheme: not null } partitions
            || IsCutOff(clock))
        {
            return null;
        }

        if (step.Parameters.FirstOrDefault(parameter => parameter.Type.IsRuntime(partitions.PartitionType) || parameter.Type.IsRuntime("Partition")) is { } taken)
        {
            // A lambda or local function inside the step may have given the name to something else.
            bool visible = model.LookupSymbols(clock.SpanStart, name: taken.Name).Contains(taken, SymbolEqualityComparer.Default);
            return visible ? new ClockUse(clock, declaration, taken.Name + accessor, null) : null;
        }

        string name = partitions.Scheme switch { "Hourly" => "hour", "Monthly" => "month", "Quarterly" => "quarter", "Yearly" => "year", _ => "day" };
        return await CanAddParameterAsync(document, declaration, step, name, cancellationToken).ConfigureAwait(false)
            && model.Compilation.GetTypeByMetadataName("TypedPipelines." + partitions.PartitionType) is { } type
                ? new ClockUse(clock, declaration, name + accessor, Parameter(type.ToMinimalDisplayString(model, declaration.SpanStart), name))
                : null;
    }

    private static string? Accessor(ISymbol? member) => member switch
    {
        { Name: "UtcNow", ContainingType.SpecialType: SpecialType.System_DateTime } => ".Start.UtcDateTime",
        { Name: "UtcNow", ContainingType: { } type } when type.Is("System", "DateTimeOffset") => ".Start",
        _ => null,
    };

    /// <summary>Whether a static lambda or local function keeps the expression from the step's parameters.</summary>
    private static bool IsCutOff(SyntaxNode clock) => clock.Ancestors()
        .TakeWhile(node => node is not MethodDeclarationSyntax)
        .Any(node => node is AnonymousFunctionExpressionSyntax { Modifiers: var lambda } && lambda.Any(SyntaxKind.StaticKeyword)
            || node is LocalFunctionStatementSyntax { Modifiers: var local } && local.Any(SyntaxKind.StaticKeyword));

    private static async Task<bool> CanAddParameterAsync(
        Document document, MethodDeclarationSyntax declaration, IMethodSymbol step, string name, CancellationToken cancellationToken)
    {
        if (step.PartialDefinitionPart is not null
            || step.PartialImplementationPart is not null
            || step.Parameters.Any(parameter => parameter.IsParams || parameter.IsOptional)
            || declaration.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name))
        {
            return false;
        }

        // Whoever calls the step would have to give it the partition too, and may have none. Names in nameof need nothing.
        foreach (ReferencedSymbol referenced in await SymbolFinder.FindReferencesAsync(step, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (ReferenceLocation location in referenced.Locations)
            {
                SyntaxNode root = await location.Location.SourceTree!.GetRootAsync(cancellationToken).ConfigureAwait(false);
                bool onlyNamed = location.IsImplicit
                    || root.FindNode(location.Location.SourceSpan).Ancestors().Any(node =>
                        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });
                if (!onlyNamed && !IsGenerated(location.Document))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // The generator writes its calls anew.
    private static bool IsGenerated(Document document) => document is SourceGeneratedDocument;

    private static ParameterSyntax Parameter(string type, string name) => SyntaxFactory
        .Parameter(SyntaxFactory.Identifier(name))
        .WithType(SyntaxFactory.ParseTypeName(type).WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(SyntaxFactory.Space);

    private sealed class ClockUse(ExpressionSyntax clock, MethodDeclarationSyntax step, string replacement, ParameterSyntax? newParameter)
    {
        public ExpressionSyntax Clock { get; } = clock;

        public MethodDeclarationSyntax Step { get; } = step;

        public string Replacement { get; } = replacement;

        public ParameterSyntax? NewParameter { get; } = newParameter;
    }
}
