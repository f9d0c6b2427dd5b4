using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedPipelines.Compilation.Logic;

namespace TypedPipelines.Compilation.Declarations;

/// <summary>
/// What a file declares, and which names it says where it declares: all but the bodies of methods, in which nothing is declared that anybody else sees. Texts
/// alone, and nothing that a compilation knows: they hold as long as the file is the same.
/// </summary>
internal sealed class TreeDeclarations
{
    /// <summary>Stands for a body: in no source text.</summary>
    private const char Body = '\uFFFF';

    private const string AttributeSuffix = "Attribute";

    private TreeDeclarations(string hash, string[] types, string[] namespaces, string[] mentions, bool concernsAll)
    {
        Hash = hash;
        Types = types;
        Namespaces = namespaces;
        Mentions = mentions;
        ConcernsAll = concernsAll;
    }

    /// <summary>Of all that is declared.</summary>
    public string Hash { get; }

    /// <summary>The names by which its types can be meant.</summary>
    public string[] Types { get; }

    /// <summary>The namespaces that it puts types into.</summary>
    public string[] Namespaces { get; }

    /// <summary>The names that it says.</summary>
    public string[] Mentions { get; }

    /// <summary>Whether it says something about files that say none of its names: global usings, attributes of the assembly, types that the compiler itself looks for.</summary>
    public bool ConcernsAll { get; }

    public static TreeDeclarations Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        SourceText source = tree.GetText(cancellationToken);

        // What does not parse is taken whole.
        bool isWhole = root.ContainsDiagnostics;
        var text = new StringBuilder(source.Length);
        var types = new HashSet<string>(System.StringComparer.Ordinal);
        var namespaces = new HashSet<string>(System.StringComparer.Ordinal);
        var mentions = new HashSet<string>(System.StringComparer.Ordinal);
        int from = 0;
        foreach (SyntaxNodeOrToken each in root.DescendantNodesAndTokens(node => isWhole || !IsBody(node)))
        {
            if (each.IsToken)
            {
                if (each.IsKind(SyntaxKind.IdentifierToken))
                {
                    mentions.Add(each.AsToken().ValueText);
                }

                continue;
            }

            SyntaxNode node = each.AsNode()!;
            if (!isWhole && IsBody(node))
            {
                text.Append(source.ToString(TextSpan.FromBounds(from, node.SpanStart))).Append(Body);
                from = node.Span.End;
                continue;
            }

            switch (node)
            {
                case BaseTypeDeclarationSyntax type:
                    Declare(types, type.Identifier.ValueText);
                    break;
                case DelegateDeclarationSyntax type:
                    Declare(types, type.Identifier.ValueText);
                    break;
                case GlobalStatementSyntax:
                    types.Add("Program");
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    namespaces.Add(FullName(space));
                    break;
            }
        }

        text.Append(source.ToString(TextSpan.FromBounds(from, source.Length)));
        bool concernsAll = root.AttributeLists.Count > 0
            || root.Usings.Any(static each => each.GlobalKeyword != default)
            || namespaces.Any(static name => name == "System" || name.StartsWith("System.", System.StringComparison.Ordinal));
        return new TreeDeclarations(new Digest().Add(text.ToString()).Hash(), [.. types], [.. namespaces], [.. mentions], concernsAll);
    }

    private static void Declare(HashSet<string> types, string name)
    {
        types.Add(name);
        if (name.Length > AttributeSuffix.Length && name.EndsWith(AttributeSuffix, System.StringComparison.Ordinal))
        {
            types.Add(name.Substring(0, name.Length - AttributeSuffix.Length));
        }
    }

    private static string FullName(BaseNamespaceDeclarationSyntax space)
    {
        // By its tokens: white space and escapes are no part of it.
        string name = string.Join(".", space.Name.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText));
        return space.Parent is BaseNamespaceDeclarationSyntax around ? $"{FullName(around)}.{name}" : name;
    }

    /// <summary>Whether it is a method's body. A directive inside one may be about what comes after it.</summary>
    private static bool IsBody(SyntaxNode node) =>
        node is BlockSyntax or ArrowExpressionClauseSyntax && node.Parent is BaseMethodDeclarationSyntax && !node.ContainsDirectives;
}
