using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedPipelines.Compilation.Logic;

namespace TypedPipelines.Compilation.Declarations;

/// <summary>
/// A key of all that a compilation declares: two compilations of one key have the same types, members and attributes. It is over everything but the
/// bodies of methods, in which nothing is declared that anybody else sees. Most of what is typed is typed there.
/// </summary>
internal sealed class DeclarationKeys
{
    /// <summary>Stands for a body: in no source text.</summary>
    private const char Body = '\uFFFF';

    private readonly ConditionalWeakTable<SyntaxTree, string> _trees = new();
    private readonly ConditionalWeakTable<Microsoft.CodeAnalysis.Compilation, string> _compilations = new();
    private readonly ConditionalWeakTable<object, string> _objects = new();
    private int _numbers;

    public string Of(Microsoft.CodeAnalysis.Compilation compilation, CancellationToken cancellationToken)
    {
        if (_compilations.TryGetValue(compilation, out string known))
        {
            return known;
        }

        Digest key = new Digest().Add(compilation.AssemblyName ?? "").Add(Number(compilation.Options));
        foreach (MetadataReference reference in compilation.References)
        {
            key.Add(Number(reference)); // Where a project that is referred to changes, so does this.
        }

        ParseOptions? options = null;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (!ReferenceEquals(options, tree.Options))
            {
                options = tree.Options;
                key.Add(Number(options));
            }

            key.Add(Of(tree, cancellationToken));
        }

        string hash = key.Hash();
        return _compilations.GetValue(compilation, _ => hash);
    }

    private string Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_trees.TryGetValue(tree, out string known))
        {
            return known;
        }

        string hash = new Digest().Add(Declared(tree, cancellationToken)).Hash();
        return _trees.GetValue(tree, _ => hash);
    }

    private static string Declared(SyntaxTree tree, CancellationToken cancellationToken)
    {
        SyntaxNode root = tree.GetRoot(cancellationToken);
        SourceText source = tree.GetText(cancellationToken);
        if (root.ContainsDiagnostics)
        {
            return source.ToString(); // What belongs to which body is not sure.
        }

        var text = new StringBuilder(source.Length);
        int from = 0;
        foreach (SyntaxNode node in root.DescendantNodes(static node => !IsBody(node)))
        {
            if (IsBody(node))
            {
                text.Append(source.ToString(TextSpan.FromBounds(from, node.SpanStart))).Append(Body);
                from = node.Span.End;
            }
        }

        return text.Append(source.ToString(TextSpan.FromBounds(from, source.Length))).ToString();
    }

    /// <summary>Whether it is a method's body. A directive inside one may be about what comes after it.</summary>
    private static bool IsBody(SyntaxNode node) =>
        node is BlockSyntax or ArrowExpressionClauseSyntax && node.Parent is BaseMethodDeclarationSyntax && !node.ContainsDirectives;

    /// <summary>Tells objects apart that the compiler keeps from one compilation to the next, without keeping them.</summary>
    private string Number(object each) =>
        _objects.GetValue(each, _ => Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture));
}
