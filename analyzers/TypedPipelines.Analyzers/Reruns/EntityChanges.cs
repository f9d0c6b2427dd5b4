using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.Values;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// Entities of EF Core that are read, changed by what they hold already, and saved: <c>account.Balance += amount</c>. What may make a second run change
/// nothing is taken as doing so.
/// </summary>
internal static class EntityChanges
{
    /// <summary>The entity and the property that an operation changes by what it holds; null where it does no such thing.</summary>
    public static (string Entity, string Property)? RelativeIn(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "SetProperty" } setter => OfStatement(setter),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply, Target: IPropertyReferenceOperation target } => OfTracked(operation, target),
        IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation target } => OfTracked(operation, target),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target, Value: IBinaryOperation value } when IsMadeFrom(value, target) => OfTracked(operation, target),
        _ => null,
    };

    /// <summary><c>order.Total = order.Total + amount</c>.</summary>
    private static bool IsMadeFrom(IBinaryOperation value, IPropertyReferenceOperation target) =>
        value.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply
        && value.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation read && Same(read.Property, target.Property) && Same(MemberFlow.SymbolOf(read.Instance), MemberFlow.SymbolOf(target.Instance)));

    /// <summary><c>ExecuteUpdate(set => set.SetProperty(row => row.Total, row => row.Total + amount))</c>.</summary>
    private static (string Entity, string Property)? OfStatement(IInvocationOperation setter)
    {
        if (setter.Arguments.Length != 2
            || setter.TargetMethod.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) != true
            || Body(setter.Arguments[0].Value)?.OfType<IPropertyReferenceOperation>().FirstOrDefault()?.Property is not { } property
            || Body(setter.Arguments[1].Value) is not { } value
            || RelativeWrites.CountsRuns(property.Name)
            || !value.OfType<IBinaryOperation>().Any(sum => sum.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply && sum.Descendants().Any(part => part is IPropertyReferenceOperation read && Same(read.Property, property))))
        {
            return null;
        }

        // A condition that asks for something which the statement sets holds once.
        IOperation statement = setter;
        while (statement.Parent is { } parent && statement is not IInvocationOperation { TargetMethod.Name: "ExecuteUpdate" or "ExecuteUpdateAsync" })
        {
            statement = parent;
        }

        var set = new HashSet<ISymbol>(SetBy(statement), SymbolEqualityComparer.Default);
        bool isGuarded = statement.Descendants().OfType<IInvocationOperation>().Where(static call => call.TargetMethod.Name == "Where")
            .SelectMany(static where => where.Arguments).SelectMany(static argument => argument.Descendants()).Any(part => part is IPropertyReferenceOperation asked && set.Contains(asked.Property));
        return isGuarded ? null : (property.ContainingType.Name, property.Name);
    }

    private static IEnumerable<ISymbol> SetBy(IOperation statement) => statement.Descendants().OfType<IInvocationOperation>()
        .Where(static call => call.TargetMethod.Name == "SetProperty" && call.Arguments.Length > 0)
        .Select(static call => Body(call.Arguments[0].Value)?.OfType<IPropertyReferenceOperation>().FirstOrDefault()?.Property)
        .OfType<ISymbol>();

    private static IEnumerable<IOperation>? Body(IOperation lambda) => lambda.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().FirstOrDefault()?.Body.Descendants();

    private static (string Entity, string Property)? OfTracked(IOperation change, IPropertyReferenceOperation target)
    {
        if (target.Instance is not ILocalReferenceOperation { Local: var row, Type: INamedTypeSymbol { TypeKind: TypeKind.Class } entity }
            || !IsNumber(target.Type)
            || RelativeWrites.CountsRuns(target.Property.Name))
        {
            return null;
        }

        IOperation root = OperationTree.Root(change);
        bool isSaved = false;
        foreach (IOperation operation in root.Descendants())
        {
            isSaved |= operation is IInvocationOperation save && save.Syntax.SpanStart > change.Syntax.SpanStart && EntityInserts.SavesChanges(save.TargetMethod);
        }

        return isSaved && IsRead(row, entity, root) && !IsGuarded(row, target.Property, root) && !LookedFor.IsAround(change.Syntax) ? (entity.Name, target.Property.Name) : null;
    }

    /// <summary>Whether a local holds a row of a set, of one query or of a loop over one.</summary>
    private static bool IsRead(ILocalSymbol row, ITypeSymbol entity, IOperation root)
    {
        var flow = new MemberFlow(root);
        IEnumerable<IOperation> given = flow.ValuesOf(row);
        foreach (IForEachLoopOperation loop in root.Descendants().OfType<IForEachLoopOperation>())
        {
            if (loop.Locals.Any(local => Same(local, row)))
            {
                given = given.Append(loop.Collection).Concat(loop.Collection.Descendants().Prepend(loop.Collection).OfType<ILocalReferenceOperation>().SelectMany(rows => flow.ValuesOf(rows.Local)));
            }
        }

        return given.SelectMany(static value => value.DescendantsAndSelf()).Any(part => EntityInserts.IsSetOf(part.Type, entity));
    }

    /// <summary>Whether the member asks for a property of the row that it sets, too: <c>if (order.IsApplied) return; ... order.IsApplied = true;</c>.</summary>
    private static bool IsGuarded(ILocalSymbol row, IPropertySymbol changed, IOperation root)
    {
        var set = new HashSet<ISymbol>(
            root.Descendants().OfType<ISimpleAssignmentOperation>().Select(static assignment => assignment.Target).OfType<IPropertyReferenceOperation>().Select(static target => target.Property).Where(property => !Same(property, changed)),
            SymbolEqualityComparer.Default);
        return root.Descendants().Any(operation => operation is IPropertyReferenceOperation asked && set.Contains(asked.Property) && IsInCondition(asked));
    }

    private static bool IsInCondition(IOperation asked)
    {
        for (IOperation at = asked; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when choice.Condition == at:
                case ISwitchOperation cases when cases.Value == at:
                case IAnonymousFunctionOperation: // Where(order => !order.IsApplied)
                    return true;
                case IBlockOperation or IExpressionStatementOperation or IVariableDeclaratorOperation:
                    if (parent is IBlockOperation { Parent: IAnonymousFunctionOperation })
                    {
                        return true;
                    }

                    return false;
            }
        }

        return false;
    }

    private static bool IsNumber(ITypeSymbol? type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? IsNumber(nullable.TypeArguments[0])
        : type?.SpecialType is SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64
            or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Byte;

    private static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);
}
