using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Entities of EF Core, or of EF 6, that are added and saved in one member.</summary>
internal static class EntityInserts
{
    /// <summary>
    /// The entity that a call adds, with nothing in its member that looks for it, removes it or updates it instead; null where the call
    /// adds none, or something may make it repeatable.
    /// </summary>
    public static ITypeSymbol? UnguardedBy(IInvocationOperation call)
    {
        // Of a repository that is written once for all entities, each caller decides what it does.
        if (EntityOf(call) is not { TypeKind: not TypeKind.TypeParameter } entity)
        {
            return null;
        }

        IOperation? given = Given(call);
        bool isSaved = false;
        foreach (IOperation operation in OperationTree.Root(call).Descendants())
        {
            bool before = operation.Syntax.SpanStart < call.Syntax.SpanStart;
            if (operation is IInvocationOperation other)
            {
                bool saves = !before && IsSave(other.TargetMethod);
                isSaved |= saves;
                if (IsUpdate(other)
                    || (saves && UniqueViolation.IsCaughtAround(other))
                    || (before && (LooksUp(other, entity, given) || AsksWhetherItIs(other) || Clears(other, entity))))
                {
                    return null;
                }
            }
            else if (before && ((IsSetOf(operation.Type, entity) && !IsSetOfAdd(operation)) || IsFoundMissing(operation, entity)))
            {
                return null;
            }
        }

        return isSaved ? entity : null;
    }

    /// <summary>Whether a call adds entities.</summary>
    public static bool IsAdd(IInvocationOperation call) => EntityOf(call) is not null;

    /// <summary>The entity that a call adds; null where it adds none.</summary>
    public static ITypeSymbol? AddedBy(IInvocationOperation call) => EntityOf(call);

    /// <summary>The entity of which a call deletes rows, now or when it is saved; null where it does not.</summary>
    public static ITypeSymbol? DeletedBy(IInvocationOperation call)
    {
        if (call.TargetMethod.Name.StartsWith("ExecuteDelete", StringComparison.Ordinal))
        {
            return call.TargetMethod is { TypeArguments.Length: 1, ContainingNamespace: { } space } method && space.ToDisplayString().StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) ? method.TypeArguments[0] : null;
        }

        return IsSet(call.TargetMethod.ContainingType) ? call.TargetMethod.ContainingType.TypeArguments[0]
            : IsContext(call.TargetMethod.ContainingType) && Given(call)?.Type is INamedTypeSymbol given ? (given.TypeArguments.Length == 1 ? given.TypeArguments[0] : given)
            : null;
    }

    /// <summary>Whether a method saves what has been added and changed.</summary>
    public static bool SavesChanges(IMethodSymbol method) => IsSave(method);

    private static ITypeSymbol? EntityOf(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name is not ("Add" or "AddAsync" or "AddRange" or "AddRangeAsync") || method.ContainingType is not { } type)
        {
            return null;
        }

        return IsSet(type) ? type.TypeArguments[0]
            : !IsContext(type) ? null
            : method.TypeArguments.Length == 1 ? method.TypeArguments[0]
            : Given(call)?.Type is { SpecialType: not SpecialType.System_Object } given && given.TypeKind != TypeKind.Array && !IsSequence(given) ? given
            : null;
    }

    private static IOperation? Given(IInvocationOperation call)
    {
        IOperation? value = call.Arguments.FirstOrDefault()?.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value;
    }

    /// <summary>EF's own, and what others name as it or hide it behind: <c>InternalSaveChanges</c>, a unit of work's <c>CommitAsync</c>.</summary>
    private static bool IsSave(IMethodSymbol method) =>
        method.Name.IndexOf("SaveChanges", StringComparison.Ordinal) >= 0
        || (method.Name is "Commit" or "CommitAsync" or "Complete" or "CompleteAsync" or "Save" or "SaveAsync" or "SaveEntitiesAsync"
            && method.ContainingType is { } type
            && (type.Name.IndexOf("UnitOfWork", StringComparison.Ordinal) >= 0 || IsContext(type) || (method.DeclaringSyntaxReferences.Length > 0 && method.Parameters.All(static parameter => parameter.Type.Name == "CancellationToken"))));

    /// <summary>A method of whoever wrote this that takes the rows of the table away: <c>context.DeleteAllBatchedAsync&lt;Order&gt;()</c>.</summary>
    private static bool Clears(IInvocationOperation call, ITypeSymbol entity) =>
        call.TargetMethod.TypeArguments.Any(of => Same(of, entity))
        && new[] { "Delete", "Clear", "Truncate", "Purge", "Remove" }.Any(word => call.TargetMethod.Name.IndexOf(word, StringComparison.Ordinal) >= 0);

    /// <summary>A test for null of an entity that the caller has looked up: <c>if (order == null) { order = new Order(); ... }</c>.</summary>
    private static bool IsFoundMissing(IOperation operation, ITypeSymbol entity) =>
        operation is IParameterReferenceOperation { Type: { } type, Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } or IIsPatternOperation or IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } } }
        && Same(type.WithNullableAnnotation(NullableAnnotation.None), entity.WithNullableAnnotation(NullableAnnotation.None))
        && !IsThrown(operation);

    /// <summary>Whether a test only refuses what is missing: <c>if (order is null) throw ...</c>.</summary>
    private static bool IsThrown(IOperation test)
    {
        IOperation? at = test.Parent;
        while (at is not null and not IConditionalOperation)
        {
            at = at.Parent;
        }

        IOperation? last = at is IConditionalOperation { WhenTrue: var then } ? then : null;
        while (last is IBlockOperation { Operations: { Length: > 0 } statements })
        {
            last = statements[statements.Length - 1];
        }

        return last is IThrowOperation or IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation };
    }

    /// <summary>Where a member also updates, it tells the new from the old.</summary>
    private static bool IsUpdate(IInvocationOperation call) =>
        call.TargetMethod.Name is "Update" or "UpdateRange" or "Attach" or "AttachRange" && (IsSet(call.TargetMethod.ContainingType) || IsContext(call.TargetMethod.ContainingType));

    /// <summary>A method that gives entities, other than the one that makes what is added.</summary>
    private static bool LooksUp(IInvocationOperation call, ITypeSymbol entity, IOperation? given)
    {
        ITypeSymbol? result = Unwrapped(call.Type);
        return result is not null
            && Same(result, entity)
            && !IsContext(call.TargetMethod.ContainingType.BaseType) // The entry that Add gives.
            && call.TargetMethod.Name is not ("Add" or "AddAsync")
            && !Makes(call, given);
    }

    private static bool Makes(IInvocationOperation call, IOperation? given) =>
        given is null
        || given.Syntax.Span.Contains(call.Syntax.Span)
        || (given is ILocalReferenceOperation { Local: var local } && IsAssignedTo(call, local));

    private static bool IsAssignedTo(IOperation value, ILocalSymbol local)
    {
        for (IOperation? at = value.Parent; at is not null; at = at.Parent)
        {
            switch (at)
            {
                case IVariableDeclaratorOperation declarator:
                    return SymbolEqualityComparer.Default.Equals(declarator.Symbol, local);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target }:
                    return SymbolEqualityComparer.Default.Equals(target.Local, local);
                case IBlockOperation:
                    return false;
            }
        }

        return false;
    }

    /// <summary>A method of whoever wrote this whose name says that it asks for what is there: <c>ExistsAsync</c>, <c>IsAlreadyLoaded</c>.</summary>
    private static bool AsksWhetherItIs(IInvocationOperation call) =>
        Unwrapped(call.Type)?.SpecialType == SpecialType.System_Boolean
        && call.TargetMethod.DeclaringSyntaxReferences.Length > 0
        && new[] { "Exist", "Already", "Duplicate", "Has", "Any", "Contain", "Known", "Seeded", "Processed" }.Any(word => call.TargetMethod.Name.IndexOf(word, StringComparison.Ordinal) >= 0);

    /// <summary>Whether a type is the set of an entity.</summary>
    public static bool IsSetOf(ITypeSymbol? type, ITypeSymbol entity) => type is INamedTypeSymbol named && IsSet(named) && Same(named.TypeArguments[0], entity);

    private static bool IsSetOfAdd(IOperation set) =>
        set.Parent is IInvocationOperation { TargetMethod.Name: "Add" or "AddAsync" or "AddRange" or "AddRangeAsync" } call && call.Instance == set;

    private static bool IsSet(INamedTypeSymbol? type) => type is { Name: "DbSet" or "IDbSet", TypeArguments.Length: 1 } && IsOfEntityFramework(type);

    private static bool IsContext(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "DbContext" && IsOfEntityFramework(type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfEntityFramework(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() is "Microsoft.EntityFrameworkCore" or "System.Data.Entity";

    /// <summary>What a task gives.</summary>
    private static ITypeSymbol? Unwrapped(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task ? task.TypeArguments[0] : type;

    private static bool IsSequence(ITypeSymbol type) => type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
