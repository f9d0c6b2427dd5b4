using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>Reads a body into items: a statement each, the head of an if or a loop on its own, a long chain or list by its links.</summary>
internal sealed class LogicReader
{
    /// <summary>From so many links on a chain of calls is read link by link, so that one more or less does not make all of it another.</summary>
    private const int LongChain = 3;

    private readonly List<LogicItem> _items = [];
    private readonly LogicHash _hash;
    private bool _isNoLogic;

    private LogicReader(HashSet<string> locals) => _hash = new(locals);

    /// <param name="body">A block, or the expression after an arrow.</param>
    /// <param name="declaration">What declares it, with its parameters.</param>
    public static LogicBody Read(SyntaxNode body, SyntaxNode declaration)
    {
        var reader = new LogicReader(LocalsOf(declaration));
        if (body is StatementSyntax statement)
        {
            reader.Statement(statement);
        }
        else
        {
            reader._hash.Word("return");
            reader.Expression((body as ArrowExpressionClauseSyntax)?.Expression ?? (ExpressionSyntax)body);
        }

        return new LogicBody([.. reader._items], reader._hash.Words);
    }

    private static HashSet<string> LocalsOf(SyntaxNode declaration)
    {
        var names = new HashSet<string>();
        foreach (SyntaxNode node in declaration.DescendantNodes())
        {
            string? name = node switch
            {
                ParameterSyntax parameter => parameter.Identifier.ValueText,
                TypeParameterSyntax parameter => parameter.Identifier.ValueText,
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                ForEachStatementSyntax each => each.Identifier.ValueText,
                CatchDeclarationSyntax caught => caught.Identifier.ValueText,
                FromClauseSyntax from => from.Identifier.ValueText,
                LetClauseSyntax let => let.Identifier.ValueText,
                JoinClauseSyntax join => join.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => null,
            };
            if (!string.IsNullOrEmpty(name))
            {
                names.Add(name!);
            }
        }

        return names;
    }

    private void Statement(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                All(block.Statements);
                break;
            case EmptyStatementSyntax:
                break;
            case IfStatementSyntax guard when NoLogic.IsGuard(guard):
                _isNoLogic = true;
                Head("if", guard.Condition);
                Statement(guard.Statement);
                _isNoLogic = false;
                break;
            case IfStatementSyntax branch:
                Head("if", branch.Condition);
                Statement(branch.Statement);
                if (branch.Else is { } otherwise)
                {
                    Head("else");
                    Statement(otherwise.Statement);
                }

                break;
            case ForEachStatementSyntax loop:
                Head("foreach", loop.Expression);
                Statement(loop.Statement);
                break;
            case ForStatementSyntax loop:
                Head("for", [.. loop.Initializers, loop.Declaration, loop.Condition, .. loop.Incrementors]);
                Statement(loop.Statement);
                break;
            case WhileStatementSyntax loop:
                Head("while", loop.Condition);
                Statement(loop.Statement);
                break;
            case DoStatementSyntax loop:
                Head("do", loop.Condition);
                Statement(loop.Statement);
                break;
            case UsingStatementSyntax scope:
                if (scope.Declaration is { Variables: var resources })
                {
                    Variables("using", resources);
                }
                else
                {
                    Head("using", scope.Expression);
                }

                Statement(scope.Statement);
                break;
            case LockStatementSyntax scope:
                Head("lock", scope.Expression);
                Statement(scope.Statement);
                break;
            case TryStatementSyntax attempt:
                Head("try");
                Statement(attempt.Block);
                foreach (CatchClauseSyntax caught in attempt.Catches)
                {
                    Head("catch", caught.Declaration?.Type, caught.Filter);
                    Statement(caught.Block);
                }

                if (attempt.Finally is { } last)
                {
                    Head("finally");
                    Statement(last.Block);
                }

                break;
            case SwitchStatementSyntax choice:
                Head("switch", choice.Expression);
                foreach (SwitchSectionSyntax section in choice.Sections)
                {
                    Head("case", [.. section.Labels]);
                    All(section.Statements);
                }

                break;
            case LocalFunctionStatementSyntax function:
                Head("function", function.ParameterList);
                Inner(function.Body, function.ExpressionBody);
                break;
            case LocalDeclarationStatementSyntax { Declaration.Variables: var variables } declaration:
                Variables(declaration.UsingKeyword == default ? null : "using", variables);
                break;
            case ReturnStatementSyntax result:
                _hash.Word("return");
                Expression(result.Expression);
                break;
            case ExpressionStatementSyntax { Expression: var expression }:
                _isNoLogic |= NoLogic.IsListing(expression);
                Expression(expression);
                _isNoLogic = false;
                break;
            default:
                _hash.Add(statement);
                Take();
                Lambdas();
                break;
        }
    }

    private void All(SyntaxList<StatementSyntax> statements)
    {
        foreach (StatementSyntax statement in statements)
        {
            Statement(statement);
        }
    }

    private void Variables(string? word, SeparatedSyntaxList<VariableDeclaratorSyntax> variables)
    {
        foreach (VariableDeclaratorSyntax variable in variables)
        {
            if (word is not null)
            {
                _hash.Word(word);
            }

            _hash.Word("=");
            Expression(variable.Initializer?.Value);
        }
    }

    private void Head(string word, params SyntaxNode?[] parts)
    {
        _hash.Word(word);
        foreach (SyntaxNode? part in parts)
        {
            if (part is not null)
            {
                _hash.Add(part);
            }
        }

        Take();
        Lambdas();
    }

    private void Expression(ExpressionSyntax? expression)
    {
        if (expression is null)
        {
            Take();
            return;
        }

        (ExpressionSyntax core, List<SyntaxNode> links) = Taken(expression);
        if (links.Count < LongChain)
        {
            _hash.Add(expression);
            Take(NoLogic.IsCopy(expression) || NoLogic.IsGuard(expression));
        }
        else
        {
            _hash.Add(core);
            Take();
            foreach (SyntaxNode link in links)
            {
                if (link is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call && expression is not BaseObjectCreationExpressionSyntax)
                {
                    _hash.Add(access.Name);
                    _hash.Add(call.ArgumentList);
                    Take();
                }
                else
                {
                    _hash.Add(link);
                    Take(NoLogic.IsListed(link));
                }
            }
        }

        Lambdas();
    }

    /// <summary>A long expression in parts: what a chain of calls begins with and its calls, or what a list is for and its elements.</summary>
    private static (ExpressionSyntax Core, List<SyntaxNode> Links) Taken(ExpressionSyntax expression)
    {
        var links = new List<SyntaxNode>();
        ExpressionSyntax at = expression is AwaitExpressionSyntax awaited ? awaited.Expression : expression;
        switch (at)
        {
            case BaseObjectCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } elements } creation:
                links.AddRange(elements);
                return (creation is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.WithInitializer(null), links);
            case SwitchExpressionSyntax choice:
                links.AddRange(choice.Arms);
                return (choice.GoverningExpression, links);
        }

        while (at is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            links.Add(call);
            at = access.Expression;
        }

        if (links.Count < LongChain)
        {
            links.Clear();
        }

        links.Reverse();
        return (at, links);
    }

    /// <summary>The statements of lambdas inside: they are items of their own.</summary>
    private void Lambdas()
    {
        foreach (BlockSyntax block in _hash.TakeBlocks())
        {
            Statement(block);
        }
    }

    private void Inner(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow)
    {
        if (block is not null)
        {
            Statement(block);
        }
        else if (arrow is not null)
        {
            _hash.Word("return");
            Expression(arrow.Expression);
        }
    }

    private void Take(bool isCopy = false) => _items.Add(_hash.Take(isSubstance: !isCopy && !_isNoLogic));
}
