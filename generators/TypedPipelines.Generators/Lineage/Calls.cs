using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows calls into the code of this compilation.</summary>
internal sealed partial class Calls(Logic.SemanticModels models, CancellationToken cancellationToken)
{
    /// <summary>Calls followed for one step; methods that call each other over and over would take for ever.</summary>
    private const int Most = 2000;

    private const int Deepest = 40;

    private readonly Dictionary<SyntaxNode, IOperation?> _bodies = [];
    private readonly HashSet<ISymbol> _running = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _opaque = new(System.StringComparer.Ordinal);
    private readonly List<Frame> _live = [];
    private readonly Dictionary<ISymbol, Flow> _statics = new(SymbolEqualityComparer.Default);
    private readonly Logic.Implementations _implementations = new(models.Compilation);
    private readonly Dictionary<ISymbol, bool> _overridden = new(SymbolEqualityComparer.Default);
    private int _made;
    private int _tokens;

    public IReadOnlyCollection<string> Opaque => _opaque;

    /// <summary>What decides about the call that is being followed, and whether it happens at all is not certain.</summary>
    public (ImmutableHashSet<Origin> Decides, bool Maybe) Around { get; set; } = ([], false);

    /// <summary>Whether static members have been assigned: what one row or step leaves there reaches others.</summary>
    public bool KeepsState { get; private set; }

    /// <summary>How much is known of static members: it only grows.</summary>
    public int StaticsKnown => _statics.Values.Sum(static flow => flow.Origins.Count + flow.Conditions.Count + 1);

    /// <summary>A token for another object.</summary>
    public int NewToken() => ++_tokens;

    /// <summary>Changes objects wherever values can be them.</summary>
    public void Touch(ImmutableHashSet<int> tokens, System.Func<Flow, Flow> change)
    {
        foreach (Frame frame in _live.ToArray())
        {
            frame.Touch(tokens, change);
        }

        foreach (ISymbol member in _statics.Keys.ToArray())
        {
            _statics[member] = _statics[member].Touch(tokens, change);
        }
    }

    /// <summary>What code that nobody follows may do to the objects that it is given.</summary>
    public void Taint(IMethodSymbol method, Flow receiver, IReadOnlyList<Flow> arguments)
    {
        Flow given = Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        IEnumerable<Flow> changed = arguments.Where((_, place) => place >= method.Parameters.Length || Rows.CanChange(method.Parameters[place].Type))
            .Concat(Rows.CanChange(method.ContainingType) ? [receiver] : new Flow[0]);
        foreach (Flow argument in changed.Where(static argument => !argument.Tokens.IsEmpty))
        {
            Touch(argument.Tokens, before => before.Tainted(given));
        }
    }

    /// <summary>Of a part it is known that it changed, and not what else it is a part of: whatever has it may have the change.</summary>
    public void TaintWhole(Flow part, Flow changed)
    {
        foreach (Frame frame in _live.ToArray())
        {
            frame.Change(flow => flow.MayHave(part) ? flow.Tainted(changed) : flow);
        }
    }

    /// <summary>What a static member has been given; null where it has not been assigned.</summary>
    public Flow? Static(ISymbol member) => _statics.TryGetValue(member, out Flow? flow) ? flow : null;

    public void SetStatic(ISymbol member, Flow flow)
    {
        Flow value = flow.As(OriginKind.Expression);
        KeepsState = true;
        _statics[member] = _statics.TryGetValue(member, out Flow? before) ? before.Join(value, sameValue: true) : value;
    }

    /// <summary>Begins anew, for another pipeline.</summary>
    public void Forget()
    {
        _statics.Clear();
        KeepsState = false;
    }

    /// <summary>Begins anew, for another step.</summary>
    public void Begin()
    {
        _opaque.Clear();
        _running.Clear();
        _live.Clear();
        _made = 0;
        Around = ([], false);
    }

    /// <summary>What comes out of code that is nested deeper than anybody can follow.</summary>
    public Flow TooDeep(IReadOnlyList<Flow> arguments)
    {
        _opaque.Add("nests expressions deeper than they are followed");
        return Flow.All(OriginKind.Expression, arguments);
    }

    /// <summary>The result of a method; null where its code is not here.</summary>
    public Flow? Call(IMethodSymbol method, Flow receiver, IReadOnlyList<Flow> arguments) => Call(method, receiver, arguments, out _);

    /// <summary>The result of a method; null where its code is not here.</summary>
    /// <param name="method">The method.</param>
    /// <param name="receiver">What it is called on.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="after">Its variables at its end; null where it is not followed.</param>
    public Flow? Call(IMethodSymbol method, Flow receiver, IReadOnlyList<Flow> arguments, out Frame? after)
    {
        IMethodSymbol definition = Implementation(method.OriginalDefinition);
        if (arguments.Count > definition.Parameters.Length && method.Parameters.Length == arguments.Count && definition.ContainingType.IsExtensionBlock())
        {
            (receiver, arguments) = (arguments[0], [.. arguments.Skip(1)]);
        }

        Frame? frame = null;
        Flow? result = Enter(definition, () => Body(definition) is { } body ? Run(definition, body, frame = new Frame(receiver), arguments) : null, receiver, arguments);
        after = frame;
        return result;
    }

    /// <summary>The parameters of a method as its code knows them.</summary>
    public IReadOnlyList<IParameterSymbol> Parameters(IMethodSymbol method) => Implementation(method.OriginalDefinition).Parameters;

    /// <summary>How a value is taken apart.</summary>
    public DeconstructionInfo Deconstruction(SyntaxNode syntax) => syntax switch
    {
        AssignmentExpressionSyntax assignment => models.Of(syntax.SyntaxTree).GetDeconstructionInfo(assignment),
        ForEachVariableStatementSyntax loop => models.Of(syntax.SyntaxTree).GetDeconstructionInfo(loop),
        _ => default,
    };

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
            Taint(method, receiver, arguments);
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
            frame.Set(parameter, parameter.Ordinal < arguments.Count && parameter.RefKind != RefKind.Out ? arguments[parameter.Ordinal] : Flow.Nothing);
        }

        return Living(frame, () =>
        {
            var reader = new BodyReader(this, frame, method);
            reader.Read(body);
            return reader.Result;
        });
    }

    /// <summary>Follows code whose variables see what is done to objects meanwhile.</summary>
    public Flow Living(Frame frame, System.Func<Flow> code)
    {
        _live.Add(frame);
        Flow result = code();
        _live.RemoveAt(_live.Count - 1);
        return result;
    }

    /// <summary>Whether another member may run in a member's place: then nobody knows which.</summary>
    public bool IsOverridden(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        if (definition.ContainingType?.TypeKind != TypeKind.Class || !(definition.IsVirtual || definition.IsOverride || definition.IsAbstract) || definition.IsSealed)
        {
            return false;
        }

        if (!_overridden.TryGetValue(definition, out bool isOverridden))
        {
            isOverridden = definition.IsAbstract || _implementations.Of(definition).Any();
            _overridden.Add(definition, isOverridden);
        }

        if (isOverridden)
        {
            _opaque.Add($"{Logic.SymbolText.Display(member)} is overridden, and where it is called nobody knows by which");
        }

        return isOverridden;
    }

    /// <summary>Whether a method has code here that can be followed.</summary>
    public bool HasCode(IMethodSymbol method) => Body(Implementation(method.OriginalDefinition)) is not null;

    /// <summary>Says that something was done that nobody follows.</summary>
    public void NotFollowed(string what) => _opaque.Add(what);

    private Flow? Enter(IMethodSymbol method, System.Func<Flow?> call, Flow receiver, IReadOnlyList<Flow> arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_running.Contains(method))
        {
            Taint(method, receiver, arguments);
            return Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        }

        if ((++_made > Most && method.MethodKind != MethodKind.Constructor) || _running.Count >= Deepest)
        {
            _opaque.Add("calls more methods than are followed");
            Taint(method, receiver, arguments);
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

    /// <summary>The method that has the code: of a member of an extension block, called as a static method, the member.</summary>
    private IMethodSymbol Implementation(IMethodSymbol method) => method.PartialImplementationPart
        ?? (method.IsStatic && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { Parent: TypeDeclarationSyntax { Keyword.ValueText: "extension" } } written
            ? models.Of(written.SyntaxTree).GetDeclaredSymbol(written, cancellationToken) as IMethodSymbol
            : null)
        ?? method;
}
