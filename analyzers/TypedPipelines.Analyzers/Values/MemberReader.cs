using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Values;

/// <summary>Reads the body of one member: what it writes that changes from run to run, and what others must know of it.</summary>
internal sealed class MemberReader
{
    private readonly ISymbol _member;
    private readonly IOperation _root;
    private readonly IOperation[] _operations;
    private readonly ValueTrace _trace;
    private readonly bool _isAsked;
    private readonly List<MemberFacts> _facts = [];

    private MemberReader(ISymbol member, IOperation root)
    {
        _member = member;
        _root = root;
        _operations = [.. root.DescendantsAndSelf()]; // They are gone through several times.
        _trace = new ValueTrace(_operations);
        _isAsked = CodeScope.IsAsked(member) && !CodeScope.AnswersRequest(member) && !(member.ContainingType is { } type && PipelineTypes.AreAround(type));
    }

    /// <summary>Values that the member writes and that it takes itself.</summary>
    public List<(ChangingValue Value, string? Table, string? Column)> Found { get; } = [];

    public IReadOnlyList<MemberFacts> Facts => _facts;

    public static MemberReader Read(ISymbol member, IOperation root)
    {
        var reader = new MemberReader(member, root);
        reader.ReadResults(root, owner: null, ClassGraph.MemberOf(member));
        if (root is IBlockOperation or IMethodBodyBaseOperation or IExpressionStatementOperation)
        {
            reader.ReadBody();
        }

        return reader;
    }

    private void ReadBody()
    {
        var statements = new List<StatementSites>();
        foreach (IOperation operation in _operations)
        {
            switch (operation)
            {
                case ILocalFunctionOperation { Body: { } body } function:
                    ReadResults(body, function, function.Symbol.OriginalDefinition);
                    break;
                case ISimpleAssignmentOperation or IObjectCreationOperation or IInvalidOperation:
                    AddStatement(operation, statements);
                    ReadAssignment(operation);
                    break;
                case IInvocationOperation call:
                    AddStatement(call, statements);
                    ReadCall(call);
                    break;
            }
        }

        if (statements.Count > 0)
        {
            foreach (WriteSite site in ParameterSites.In(_operations, statements, _trace))
            {
                Write(site);
            }
        }
    }

    private void AddStatement(IOperation operation, List<StatementSites> statements)
    {
        if (!_isAsked || StatementSites.Of(operation, _trace) is not { } statement || IsOfRequest(operation))
        {
            return;
        }

        if (statement.InsertedTable is { } table && ExistenceCheck.IsAround(operation, table))
        {
            return; // The second run finds the row, and leaves what the first has written.
        }

        statements.Add(statement);
        Found.AddRange(statement.OfEngine().Select(static found => (found.Value, (string?)found.Table, found.Column)));
        foreach (WriteSite site in statement.Sites())
        {
            Write(site);
        }
    }

    private void ReadCall(IInvocationOperation call)
    {
        if (_isAsked)
        {
            foreach (WriteSite site in RowSites.Of(call, _root, _member))
            {
                if (!IsOfRequest(call))
                {
                    Write(site);
                }
            }
        }

        if (_isAsked && call.TargetMethod.DeclaringSyntaxReferences.Length > 0 && call.Arguments.Any(static argument => !argument.Value.ConstantValue.HasValue))
        {
            IReadOnlyList<IReadOnlyList<Leaf>> arguments = CallTrace.Arguments(call, _trace, 0);
            if (arguments.Any(static leaves => leaves.Count > 0) && !IsOfRequest(call))
            {
                FactsOf(OwnerOf(call)).Calls.Add((CallTrace.Definition(call.TargetMethod), arguments));
            }
        }
    }

    private void Write(WriteSite site)
    {
        List<Leaf> leaves = _trace.Of(site.Value);
        foreach (Leaf leaf in leaves)
        {
            if (leaf.Origin is ChangingValue changing)
            {
                Found.AddRange(site.Target.ColumnsOf(leaf.Member).Select(column => (changing, column.Table, column.Column)));
            }
        }

        leaves.RemoveAll(static leaf => leaf.Origin is ChangingValue);
        if (leaves.Count > 0)
        {
            FactsOf(OwnerOf(site.Value)).Writes.Add((site.Target, leaves));
        }
    }

    /// <summary>What a method returns: where it returns in several places, each must change, or nobody can say that the result does.</summary>
    private void ReadResults(IOperation body, IOperation? owner, ISymbol member)
    {
        var leaves = new List<Leaf>();
        if (body is ISymbolInitializerOperation initializer)
        {
            leaves = _trace.Of(initializer.Value);
        }
        else if (GivesValues(member))
        {
            IOperation[] results = [.. CallTrace.Results(body == _root ? _operations : body.DescendantsAndSelf(), owner)];
            if (Array.Exists(results, static result => result.Parent is IReturnOperation { Kind: OperationKind.YieldReturn }))
            {
                leaves = [.. results.SelectMany(result => _trace.Of(result))];
            }
            else
            {
                _trace.Either(leaves, 0, results);
            }
        }

        if (leaves.Count > 0 && !(_member is IMethodSymbol { MethodKind: MethodKind.PropertySet }))
        {
            FactsOf(member).Results.AddRange(leaves);
        }
    }

    /// <summary>Whether what a member gives can be written to a column: what only says yes or no tells nothing of when or where.</summary>
    private static bool GivesValues(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type.SpecialType != SpecialType.System_Boolean,
        IFieldSymbol => true,
        IMethodSymbol method => !method.ReturnsVoid && method.ReturnType is { SpecialType: not SpecialType.System_Boolean } and not INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 },
        _ => false,
    };

    /// <summary>A field of the type itself that its constructor fills.</summary>
    private void ReadAssignment(IOperation operation)
    {
        if (_member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            && operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: { } filled } } assignment
            && filled is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }
            && _trace.Of(assignment.Value) is { Count: > 0 } leaves)
        {
            FactsOf(filled.OriginalDefinition).Results.AddRange(leaves.Where(static leaf => leaf.Origin is not GivenValue));
        }
    }

    private ISymbol OwnerOf(IOperation operation)
    {
        for (IOperation? at = operation; at is not null; at = at.Parent)
        {
            if (at is ILocalFunctionOperation function)
            {
                return function.Symbol.OriginalDefinition;
            }
        }

        return ClassGraph.MemberOf(_member);
    }

    private MemberFacts FactsOf(ISymbol member)
    {
        MemberFacts? facts = _facts.Find(known => SymbolEqualityComparer.Default.Equals(known.Member, member));
        if (facts is null)
        {
            _facts.Add(facts = new MemberFacts(member));
        }

        return facts;
    }

    /// <summary>Whether an operation stands in the handler of an HTTP request: <c>app.MapPost("/orders", async () => ...)</c>.</summary>
    private static bool IsOfRequest(IOperation operation)
    {
        for (IOperation? at = operation; at is not null; at = at.Parent)
        {
            if (at is IInvocationOperation { TargetMethod.Name: "MapGet" or "MapPost" or "MapPut" or "MapPatch" or "MapDelete" or "MapMethods" or "Use" or "Run" or "UseExceptionHandler" } call && call != operation)
            {
                return true;
            }
        }

        return false;
    }
}
