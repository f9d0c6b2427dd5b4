using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.CodeFixes;

/// <summary>TP1005: adds <c>with (holdlock)</c> to the target of a MERGE, where its text is one literal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddHoldLockFix))]
[Shared]
public sealed class AddHoldLockFix : CodeFixProvider
{
    private const string Title = "Add WITH (HOLDLOCK) to the target";

    // A name is quoted in brackets, or plain: in a C# literal neither has an escape. What has one is left to its author.
    private static readonly Regex Target = new(
        @"\bmerge\s+(top\s*\([^)]*\)\s*)?(into\s+)?(?<name>(\[[^\]\\""]+\]|[\w#@$]+)(\s*\.\s*(\[[^\]\\""]+\]|[\w#@$]+))*)(?=\s)(?!\s*with\s*\()",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MergeWithoutLock];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is not null && Replacement(root, context.Diagnostics[0]) is not null)
        {
            context.RegisterCodeFix(CodeAction.Create(Title, stop => FixAsync(context.Document, context.Diagnostics, stop), equivalenceKey: Title), context.Diagnostics);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (Replacement(editor.OriginalRoot, diagnostic) is var (literal, with))
            {
                editor.ReplaceNode(literal, with.WithTriviaFrom(literal));
            }
        }

        return editor.GetChangedDocument();
    }

    private static (ExpressionSyntax Literal, ExpressionSyntax With)? Replacement(SyntaxNode root, Diagnostic diagnostic)
    {
        SyntaxNode marked = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (marked is not LiteralExpressionSyntax literal)
        {
            return null;
        }

        string text = literal.Token.Text;
        Match[] targets = [.. Target.Matches(text).Cast<Match>()];
        if (targets.Length != 1)
        {
            return null;
        }

        Group name = targets[0].Groups["name"];
        ExpressionSyntax with = SyntaxFactory.ParseExpression(text.Insert(name.Index + name.Length, IsUpper(targets[0].Value) ? " WITH (HOLDLOCK)" : " with (holdlock)"));
        return IsUnlocked(literal) && !IsUnlocked(with) ? (literal, with) : null;
    }

    /// <summary>The text is read once more as the rule reads it: what was found may stand in a comment, and the lock with it.</summary>
    private static bool IsUnlocked(ExpressionSyntax literal) =>
        literal is LiteralExpressionSyntax { ContainsDiagnostics: false, Token.Value: string sql } && UnlockedMerge.Find(SqlLexer.Read(sql, backslashEscapes: false), isSqlServer: true) is not null;

    private static bool IsUpper(string merge) => merge.StartsWith("MERGE", System.StringComparison.Ordinal);
}
