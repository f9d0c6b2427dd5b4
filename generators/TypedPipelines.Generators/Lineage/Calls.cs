using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows calls into the code of this compilation.</summary>
internal sealed class Calls(Logic.SemanticModels models, CancellationToken cancellationToken)
{
    /// <summary>Calls followed for one step; methods that call each other over and over would take for ever.</summary>
    private const int Most = 2000;

    private const int Deepest = 40;

    private readonly Dictionary<SyntaxNode, IOperation?> _bodies = [];
    private readonly HashSet<ISymbol> _running = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _opaque = new(System.StringComparer.Ordinal);
    private int _made;

    public IReadOnlyCollection<string> Opaque => _opaque;

    /// <summary>Begins anew, for another step.</summary>
    public void Begin()
    {
        _opaque.Clear();
        _running.Clear();
        _made = 0;
    }

    /// <summary>What comes out of code that is nested deeper than anybody can follow.</summary>
    public Flow TooDeep(IReadOnlyList<Flow> arguments)
    {
        _opaque.Add("nests expressions deeper than they are followed");
        return Flow.All(OriginKind.Expression, arguments);
    }

    /// <summary>The result of a method; null where its code is not here.</summary>
    public Flow? Call(IMethodSymbol method, Flow receiver, IReadOnlyList<Flow> arguments)
    {
        IMethodSymbol definition = Implementation(method.OriginalDefinition);
        return Enter(definition, () => Body(definition) is { } body ? Run(definition, body, new Frame(receiver), arguments) : null, receiver, arguments);
    }

    /// <summary>The result of a function inside a method, whose variables it sees.</summary>
    public Flow Call(Callable code, IReadOnlyList<Flow> arguments)
    {
        if (code.Frame is null)
        {
            return Call(code.Method, code.Receiver ?? Flow.Nothing, arguments) ?? Unknown(code.Method, code.Receiver ?? Flow.Nothing, arguments);
        }

        IOperation? body = code.Body ?? Body(code.Method);
        return Enter(code.Method, () => body is null ? null : Run(code.Method, body, code.Frame, arguments), Flow.Nothing, arguments) ?? Flow.All(OriginKind.Expression, arguments);
    }

    /// <summary>An object made by a constructor of this compilation; null where its code is not here.</summary>
    public Flow? Construct(IMethodSymbol constructor, IReadOnlyList<Flow> arguments)
    {
        IMethodSymbol definition = constructor.OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, models.Compilation.Assembly)
            ? Enter(definition, () => new Construction(this).Make(definition, arguments), Flow.Nothing, arguments)
            : null;
    }

    /// <summary>What comes out of code that nobody can read: an expression of all that goes in.</summary>
    public Flow Unknown(IMethodSymbol method, Flow receiver, IReadOnlyList<Flow> arguments)
    {
        if (!Rows.IsFromFramework(method.ContainingType))
        {
            _opaque.Add($"{Logic.SymbolText.Display(method)} has no code here to follow");
        }

        return Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
    }

    /// <summary>The operations of a body, an initialiser or an expression.</summary>
    public IOperation? Operation(SyntaxNode syntax)
    {
        if (!_bodies.TryGetValue(syntax, out IOperation? body))
        {
            body = models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);
            _bodies.Add(syntax, body);
        }

        return body;
    }

    public Flow Run(IMethodSymbol method, IOperation body, Frame frame, IReadOnlyList<Flow> arguments)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            frame.Set(parameter, parameter.Ordinal < arguments.Count ? arguments[parameter.Ordinal] : Flow.Nothing);
        }

        var reader = new BodyReader(this, frame);
        reader.Read(body);
        return reader.Result;
    }

    private Flow? Enter(IMethodSymbol method, System.Func<Flow?> call, Flow receiver, IReadOnlyList<Flow> arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_running.Contains(method))
        {
            return Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        }

        if ((++_made > Most && method.MethodKind != MethodKind.Constructor) || _running.Count >= Deepest)
        {
            _opaque.Add("calls more methods than are followed");
            return Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        }

        _running.Add(method);
        Flow? result = call();
        _running.Remove(method);
        return result;
    }

    private IOperation? Body(IMethodSymbol method) => method.DeclaringSyntaxReferences
        .Select(declaration => declaration.GetSyntax(cancellationToken))
        .Select(syntax => syntax switch
        {
            BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => null,
            BaseMethodDeclarationSyntax or ArrowExpressionClauseSyntax => Operation(syntax),
            LocalFunctionStatementSyntax => (Operation(syntax) as ILocalFunctionOperation)?.Body,
            AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => null,
            AccessorDeclarationSyntax => Operation(syntax),
            _ => null,
        })
        .FirstOrDefault(body => body is not null);

    private static IMethodSymbol Implementation(IMethodSymbol method) => method.PartialImplementationPart ?? method;
}
