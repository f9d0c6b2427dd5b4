using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Analyzers.Duplicates;

namespace TypedPipelines.Analyzers.Tests.Duplicates;

/// <summary>Each method of this repository's sources is changed as people change what they copy, and must be found again beside the copy.</summary>
public class CloneRecallTests
{
    private static readonly MethodDeclarationSyntax[] Methods =
    [
        .. Directory.GetFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Analysis.ParseOptions).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => method.Body is { Statements.Count: >= 4 } body && Unit(method) is { Tokens: >= CloneFinder.FewestTokens, Items.Length: >= 5 } && body.DescendantTokens().Count() >= 50),
    ];

    [Fact]
    public void There_are_methods_enough_to_tell() => Methods.Length.ShouldBeGreaterThan(150);

    [Theory]
    [InlineData(nameof(Layout), 1.0)]
    [InlineData(nameof(RenamedLocals), 1.0)]
    [InlineData(nameof(RenamedLocalsAndLiterals), 1.0)]
    [InlineData(nameof(OtherSugar), 0.98)]
    [InlineData(nameof(InsertedStatement), 0.98)]
    [InlineData(nameof(DeletedStatement), 0.65)]
    [InlineData(nameof(SwappedStatements), 0.98)]
    [InlineData(nameof(RenamedAndTwoInserted), 0.97)]
    public void A_changed_copy_is_found(string change, double floor)
    {
        Func<MethodDeclarationSyntax, SyntaxNode> mutate = change switch
        {
            nameof(Layout) => Layout,
            nameof(RenamedLocals) => RenamedLocals,
            nameof(RenamedLocalsAndLiterals) => RenamedLocalsAndLiterals,
            nameof(OtherSugar) => OtherSugar,
            nameof(InsertedStatement) => InsertedStatement,
            nameof(DeletedStatement) => DeletedStatement,
            nameof(SwappedStatements) => SwappedStatements,
            _ => RenamedAndTwoInserted,
        };
        int found = Methods.Count(method => CloneFinder.Find([Unit(method), Unit(Reparsed(mutate(method)))]).Count == 1);

        ((double)found / Methods.Length).ShouldBeGreaterThanOrEqualTo(floor, $"{found} of {Methods.Length}");
    }

    private static LogicUnit Unit(MethodDeclarationSyntax method) =>
        new("T", "M", method.Identifier.GetLocation(), LogicReader.Read(method.Body!, method), null);

    private static MethodDeclarationSyntax Reparsed(SyntaxNode method) =>
        CSharpSyntaxTree.ParseText("class C { " + method.ToFullString() + " }", Analysis.ParseOptions).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();

    private static SyntaxNode Layout(MethodDeclarationSyntax method) =>
        method.ReplaceTokens(method.DescendantTokens(), static (_, token) => token.IsKind(SyntaxKind.SemicolonToken) ? token.WithTrailingTrivia(SyntaxFactory.Comment("/* as before */"), SyntaxFactory.LineFeed) : token);

    private static SyntaxNode RenamedLocals(MethodDeclarationSyntax method)
    {
        HashSet<string> locals =
        [
            .. method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(static local => local.Identifier.ValueText),
            .. method.DescendantNodes().OfType<ParameterSyntax>().Select(static local => local.Identifier.ValueText),
            .. method.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(static local => local.Identifier.ValueText),
            .. method.DescendantNodes().OfType<ForEachStatementSyntax>().Select(static local => local.Identifier.ValueText),
            .. method.DescendantNodes().OfType<CatchDeclarationSyntax>().Select(static local => local.Identifier.ValueText),
        ];
        return method.ReplaceTokens(
            method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && locals.Contains(token.ValueText)
                && !(token.Parent is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } name && access.Name == name) && token.Parent?.Parent is not NameColonSyntax),
            static (_, token) => SyntaxFactory.Identifier(token.LeadingTrivia, "r_" + token.ValueText, token.TrailingTrivia));
    }

    private static SyntaxNode RenamedLocalsAndLiterals(MethodDeclarationSyntax method)
    {
        SyntaxNode renamed = RenamedLocals(method);
        return renamed.ReplaceTokens(
            renamed.DescendantTokens().Where(static token => token.Kind() is SyntaxKind.NumericLiteralToken or SyntaxKind.StringLiteralToken),
            static (_, token) => (token.IsKind(SyntaxKind.NumericLiteralToken) ? SyntaxFactory.Literal(4711) : SyntaxFactory.Literal("other")).WithTriviaFrom(token));
    }

    /// <summary>Braces around what is alone, explicit compound assignments, parentheses, null tests in the other form.</summary>
    private static SyntaxNode OtherSugar(MethodDeclarationSyntax method) => method.ReplaceNodes(
        method.DescendantNodes().Where(static node => node is ReturnStatementSyntax { Expression: not null } or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } or IfStatementSyntax),
        static (_, node) => node switch
        {
            ReturnStatementSyntax { Expression: { } value } result => result.WithExpression(SyntaxFactory.ParenthesizedExpression(value).WithTriviaFrom(value)),
            BinaryExpressionSyntax { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } test =>
                SyntaxFactory.IsPatternExpression(test.Left, SyntaxFactory.ConstantPattern(test.Right)).NormalizeWhitespace().WithTriviaFrom(test),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment => SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression, assignment.Left, SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, assignment.Left.WithoutTrivia(), assignment.Right)),
            IfStatementSyntax { Statement: BlockSyntax { Statements: { Count: 1 } inner }, Else: null } branch when inner[0] is ReturnStatementSyntax or ThrowStatementSyntax =>
                branch.WithStatement(inner[0]),
            _ => node,
        });

    private static SyntaxNode InsertedStatement(MethodDeclarationSyntax method) => WithStatements(method, static statements =>
        statements.Insert(statements.Count / 2, SyntaxFactory.ParseStatement("int inserted = Count(4);\n")));

    private static SyntaxNode DeletedStatement(MethodDeclarationSyntax method) => WithStatements(method, static statements => statements.RemoveAt(statements.Count / 2));

    private static SyntaxNode SwappedStatements(MethodDeclarationSyntax method) => WithStatements(method, static statements =>
    {
        int at = statements.Count / 2;
        StatementSyntax first = statements[at - 1];
        return statements.RemoveAt(at - 1).Insert(at, first);
    });

    private static SyntaxNode RenamedAndTwoInserted(MethodDeclarationSyntax method) => WithStatements((MethodDeclarationSyntax)RenamedLocals(method), static statements => statements
        .Insert(statements.Count / 2, SyntaxFactory.ParseStatement("int inserted = Count(4);\n"))
        .Insert(0, SyntaxFactory.ParseStatement("Log(\"begins\");\n")));

    private static MethodDeclarationSyntax WithStatements(MethodDeclarationSyntax method, Func<SyntaxList<StatementSyntax>, SyntaxList<StatementSyntax>> change) =>
        method.WithBody(method.Body!.WithStatements(change(method.Body.Statements)));
}
