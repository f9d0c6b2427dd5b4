using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Code as a sequence of texts that says what it does and not how it is laid out: no trivia, local names by their number, all other names by
/// what they are bound to. It keeps every other token, so that two codes which differ in more than that never have one sequence.
/// </summary>
internal sealed partial class CodeText(SemanticModel model, SyntaxNode root, CodeReferences references)
{
    private readonly Dictionary<ISymbol, int> _locals = new(SymbolEqualityComparer.Default);

    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public void Write(SyntaxNode node)
    {
        switch (node)
        {
            case ArrowExpressionClauseSyntax arrow when arrow.Parent is BasePropertyDeclarationSyntax:
                _texts.AddRange(["{", "get"]);
                WriteBody(arrow.Expression, givesValue: true);
                _texts.Add("}");
                return;
            case ArrowExpressionClauseSyntax arrow:
                WriteBody(arrow.Expression, ArrowText.GivesValue(model, arrow.Parent!));
                return;
            case LambdaExpressionSyntax lambda:
                Write(lambda);
                return;
            case AttributeListSyntax list:
                foreach (AttributeSyntax each in list.Attributes)
                {
                    Write(each);
                }

                return;
            case AttributeSyntax attribute:
                Write(attribute);
                return;
            case PredefinedTypeSyntax:
            case IdentifierNameSyntax { IsVar: true } when model.GetSymbolInfo(node).Symbol is ITypeSymbol:
                // What may be null the compiler infers for var, and says so or not elsewhere.
                WriteSymbol(model.GetTypeInfo(node).Type?.WithNullableAnnotation(NullableAnnotation.None) ?? model.GetSymbolInfo(node).Symbol, node);
                return;
            case QualifiedNameSyntax name when IsNamespace(name.Left):
                Write(name.Right);
                return;
            case AliasQualifiedNameSyntax name when IsNamespace(name.Alias) || name.Alias.Identifier.IsKind(SyntaxKind.GlobalKeyword):
                Write(name.Name);
                return;
            case MemberAccessExpressionSyntax access when access.Expression is ThisExpressionSyntax || IsNamespace(access.Expression):
                Write(access.Name);
                return;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } invocation
                when model.GetConstantValue(invocation) is { HasValue: true } constant:
                WriteConstant(constant.Value);
                return;
            case LiteralExpressionSyntax literal when literal.Token.Value is not null:
                _texts.Add(literal.IsKind(SyntaxKind.Utf8StringLiteralExpression) ? "u8" : "literal");
                WriteConstant(literal.Token.Value is string text ? LineEnds(literal.Token, text) : literal.Token.Value);
                return;
            case NameColonSyntax { Parent: ArgumentSyntax { Parent: TupleExpressionSyntax } }:
                // Names of a tuple's elements are the compiler's alone.
                return;
            case IdentifierNameSyntax name:
                WriteName(name, name.Identifier);
                return;
            case GenericNameSyntax name:
                WriteName(name, name.Identifier);
                Write(name.TypeArgumentList);
                return;
        }

        if (LayoutText.IsWithoutEffect(node))
        {
            Write(LayoutText.Inner(node));
            return;
        }

        (string? open, string? close) = LayoutText.Around(node);
        _texts.AddRange(open is null ? [] : [open]);
        foreach (SyntaxNodeOrToken child in LayoutText.ChildrenOf(node))
        {
            if (child.AsNode() is { } inner)
            {
                Write(inner);
            }
            else
            {
                Write(child.AsToken());
            }
        }

        _texts.AddRange(close is null ? [] : [close]);
    }

    /// <summary>Adds a symbol that the code is bound to without naming it.</summary>
    public void WriteBound(string what, ISymbol? symbol)
    {
        if (symbol is not null)
        {
            _texts.Add(what);
            WriteSymbol(symbol, root);
        }
    }

    /// <summary>Adds symbols that the code may be bound to, in an order of their own.</summary>
    public void WriteBound(string what, IEnumerable<ISymbol> symbols)
    {
        foreach (ISymbol symbol in symbols.Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>().OrderBy(SymbolText.Key, System.StringComparer.Ordinal))
        {
            WriteBound(what, symbol);
        }
    }

    /// <summary>Adds what the compiler makes of the code by an option of the project.</summary>
    public void WriteFact(string fact) => _texts.Add(fact);

    /// <summary>Adds what the compiler passes of the caller's own text.</summary>
    public void WriteCaller(object? value)
    {
        _texts.Add("caller");
        WriteConstant(value);
    }

    private void Write(LambdaExpressionSyntax lambda)
    {
        foreach (SyntaxNodeOrToken child in LayoutText.ChildrenOf(lambda))
        {
            if (child.AsNode() is { } node && node == lambda.ExpressionBody)
            {
                WriteBody(lambda.ExpressionBody, ArrowText.GivesValue(model, lambda));
            }
            else if (child.AsNode() is ParameterSyntax only)
            {
                _texts.Add("(");
                Write(only);
                _texts.Add(")");
            }
            else if (child.AsNode() is { } part)
            {
                Write(part);
            }
            else
            {
                Write(child.AsToken());
            }
        }
    }

    private void WriteBody(ExpressionSyntax expression, bool givesValue)
    {
        _texts.Add("{");
        if (expression is ThrowExpressionSyntax thrown)
        {
            _texts.Add("throw");
            Write(thrown.Expression);
        }
        else
        {
            _texts.AddRange(givesValue ? ["return"] : []);
            Write(expression);
        }

        _texts.AddRange([";", "}"]);
    }

    private void Write(SyntaxToken token)
    {
        if (token.IsKind(SyntaxKind.None) || (token.Parent is TupleElementSyntax && token.IsKind(SyntaxKind.IdentifierToken)) || IsModifierWithoutEffect(token) || ArrowText.IsEnd(token) || LayoutText.IsTrailing(token))
        {
            return;
        }

        if (token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is { } parent && model.GetDeclaredSymbol(parent) is { } declared)
        {
            // A member's own name is in its key; what else declares a name here is local.
            _texts.Add(declared is ITypeParameterSymbol ? SymbolText.Key(declared) : IsLocal(declared) && !IsOfRecord(parent) ? Local(declared) : declared.Name);
            return;
        }

        // A raw string's value is without its indentation, an escaped one's without its escapes.
        _texts.Add(token.IsKind(SyntaxKind.InterpolatedStringTextToken) ? "\"" + LineEnds(token, token.ValueText) : token.IsKind(SyntaxKind.IdentifierToken) ? token.ValueText : KindText(token));
    }

    /// <summary>A string over several lines has those of its file, which is another one on another system.</summary>
    private static string LineEnds(SyntaxToken token, string value) => token.Text.IndexOf('\n') < 0 ? value : value.Replace("\r\n", "\n");

    /// <summary>Tokens whose text is layout, such as the quotes of a string, are known by their kind alone.</summary>
    private static string KindText(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken => "$\"",
        SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedRawStringEndToken => "\"$",
        _ => token.Text,
    };

    private static bool IsModifierWithoutEffect(SyntaxToken token) =>
        token.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword
            or SyntaxKind.PartialKeyword or SyntaxKind.SealedKeyword
        || (token.IsKind(SyntaxKind.NewKeyword) && token.Parent is MemberDeclarationSyntax);

    private void WriteName(SimpleNameSyntax name, SyntaxToken identifier)
    {
        SymbolInfo info = model.GetSymbolInfo(name);
        ISymbol? symbol = info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
        if (symbol is null or IDiscardSymbol or INamespaceSymbol)
        {
            _texts.Add(identifier.ValueText);
        }
        else
        {
            WriteSymbol(symbol, name);
        }
    }

    private void WriteSymbol(ISymbol? symbol, SyntaxNode at)
    {
        switch (symbol)
        {
            case null:
                _texts.Add(at.ToString());
                return;
            case IParameterSymbol parameter when at.Parent is NameColonSyntax || !IsInside(parameter.ContainingSymbol):
                // A named argument, or a parameter of the primary constructor: by position, so that only its owner knows its name.
                _texts.Add("parameter " + parameter.Ordinal.ToString(CultureInfo.InvariantCulture));
                references.Add(parameter.ContainingType);
                return;
            case var local when IsLocal(local):
                _texts.Add(Local(local));
                return;
        }

        if (symbol is IFieldSymbol { CorrespondingTupleField: { } element })
        {
            symbol = element;
        }

        references.Add(symbol);
        _texts.Add(SymbolText.Key(symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol));
    }

    private void WriteConstant(object? value) => _texts.Add(value switch
    {
        null => "null",
        string text => "\"" + text,
        double number => "double " + number.ToString("R", CultureInfo.InvariantCulture),
        float number => "float " + number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetType().Name + " " + System.Convert.ToString(value, CultureInfo.InvariantCulture),
    });

    /// <summary>A parameter that is a property as well.</summary>
    private static bool IsOfRecord(SyntaxNode declaration) => declaration is ParameterSyntax { Parent.Parent: RecordDeclarationSyntax };

    private static bool IsLocal(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol or ILabelSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction };

    private string Local(ISymbol symbol)
    {
        if (!_locals.TryGetValue(symbol, out int number))
        {
            number = _locals.Count;
            _locals.Add(symbol, number);
        }

        return "#" + number.ToString(CultureInfo.InvariantCulture);
    }

    private bool IsInside(ISymbol owner)
    {
        foreach (SyntaxReference declaration in owner.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == root.SyntaxTree && root.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNamespace(SyntaxNode node) => model.GetSymbolInfo(node).Symbol is INamespaceSymbol;
}
