using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers;

/// <summary>
/// The constructors of the length annotations carry a trim warning for the member types whose length they find by reflection. A text
/// and an array have none of that to find, so the warning is wrong on them, and a row contract full of it could not be published trimmed.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LengthAnnotationSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Rule = new(
        "TPS0001", "IL2026", "The length of a text or an array is known without reflection, so trimming takes nothing that this annotation needs.");

    private static readonly ImmutableHashSet<string> Annotations = ["MaxLengthAttribute", "MinLengthAttribute", "LengthAttribute"];

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Rule];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is { } node
                && node.FirstAncestorOrSelf<AttributeSyntax>() is { Parent.Parent: { } member } attribute
                && IsNeedless(context.GetSemanticModel(tree), attribute, member, context.CancellationToken))
            {
                context.ReportSuppression(Suppression.Create(Rule, diagnostic));
            }
        }
    }

    private static bool IsNeedless(SemanticModel model, AttributeSyntax attribute, SyntaxNode member, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType is { } type
        && Annotations.Contains(type.Name)
        && type.ContainingNamespace.ToDisplayString() == "System.ComponentModel.DataAnnotations"
        && TypeOf(model.GetDeclaredSymbol(member is FieldDeclarationSyntax field ? field.Declaration.Variables[0] : member, cancellationToken)) is { } annotated
        && (annotated.SpecialType == SpecialType.System_String || annotated.TypeKind == TypeKind.Array);

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };
}
