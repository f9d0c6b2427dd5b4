using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>Reads formulas out of code.</summary>
internal static class CodeFormula
{
    /// <summary>The formula that an expression is; null where it holds what no column is.</summary>
    public static Formula? Of(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Of(conversion.Operand),
        IParenthesizedOperation parenthesized => Of(parenthesized.Operand),
        ILiteralOperation { ConstantValue: { HasValue: true, Value: { } value } } => Number(value),
        IPropertyReferenceOperation { Property.Name: not "Length" and not "Count" } property => property.Arguments.Length == 0 && property.Property.Name != "Value" ? Formula.Column(property.Property.Name)
            : property is { Property.Name: "Value", Instance: { } nullable } ? Of(nullable)
            : null,
        IFieldReferenceOperation field => field.Field is { HasConstantValue: true, ConstantValue: { } constant } ? Number(constant) : Formula.Column(field.Field.Name),
        ILocalReferenceOperation local => local.Local is { HasConstantValue: true, ConstantValue: { } constant } ? Number(constant) : Formula.Column(local.Local.Name),
        IParameterReferenceOperation parameter => Formula.Column(parameter.Parameter.Name),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand } => Of(operand) is { } negated ? Formula.Negative(negated) : null,
        IBinaryOperation binary => Of(binary),
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Math" or "Decimal" or "Int32" or "Int64", Name: "Round" or "Abs" or "Floor" or "Ceiling" or "Max" or "Min" } } call => Of(call),
        _ => null,
    };

    /// <summary>Whether an expression is arithmetic that is part of no other: the whole of a formula.</summary>
    public static bool IsWhole(IOperation operation)
    {
        IOperation? at = operation.Parent;
        while (at is IConversionOperation or IParenthesizedOperation)
        {
            at = at.Parent;
        }

        return at is not (IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } or IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus });
    }

    /// <summary>The name of the member or parameter that an expression is given to; null where it is given to none.</summary>
    public static string? TargetOf(IOperation operation)
    {
        IOperation at = operation;
        while (at.Parent is IConversionOperation or IParenthesizedOperation or IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Math" or "Decimal" } }
            || (at.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Math" or "Decimal" } } }))
        {
            at = at.Parent!;
        }

        return at.Parent switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } } => name,
            IArgumentOperation { Parent: IObjectCreationOperation, Parameter.Name: var name } => name,
            IReturnOperation when operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) is IMethodSymbol method => Named(method),
            _ => null,
        };
    }

    private static string? Named(IMethodSymbol method) => method switch
    {
        { AssociatedSymbol.Name: var property } => property,
        { MethodKind: MethodKind.Ordinary } => method.Name,
        _ => null,
    };

    private static Formula? Of(IBinaryOperation binary)
    {
        if (!IsNumber(binary.Type) || Of(binary.LeftOperand) is not { } left || Of(binary.RightOperand) is not { } right)
        {
            return null;
        }

        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => Formula.Sum(left, right),
            BinaryOperatorKind.Subtract => Formula.Difference(left, right),
            BinaryOperatorKind.Multiply => Formula.Product(left, right),
            BinaryOperatorKind.Divide => Formula.Quotient(left, right),
            _ => null,
        };
    }

    private static Formula? Of(IInvocationOperation call)
    {
        var arguments = new List<Formula>();
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(static argument => argument.Parameter?.Ordinal))
        {
            if (argument.Value.Type?.TypeKind == TypeKind.Enum)
            {
                continue; // Which way halves are rounded.
            }

            if (Of(argument.Value) is not { } part)
            {
                return null;
            }

            arguments.Add(part);
        }

        return Formula.Call(call.TargetMethod.Name, arguments);
    }

    private static Formula? Number(object value)
    {
        try
        {
            return value is IConvertible and not string and not char and not bool ? Formula.Number(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsNumber(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Int64;
    }
}
