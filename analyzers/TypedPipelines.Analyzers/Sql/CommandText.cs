using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>The SQL text that an expression gives, as far as it can be known without running it.</summary>
internal static class CommandText
{
    /// <summary>Stands before and after each part that is only known at run time.</summary>
    public const char Hole = '\uE000';

    // A text put together of texts put together of texts: deeper than anyone writes.
    private const int Deepest = 8;

    /// <summary>The text; null where nothing is known of it.</summary>
    public static string? Of(IOperation expression, int depth = 0)
    {
        if (expression.ConstantValue is { HasValue: true, Value: string constant })
        {
            return constant;
        }

        return depth > Deepest ? null : expression switch
        {
            IConversionOperation conversion => Of(conversion.Operand, depth + 1),
            IParenthesizedOperation parenthesized => Of(parenthesized.Operand, depth + 1),
            IInterpolatedStringOperation interpolated => Interpolated(interpolated, depth),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
                Sum(Of(sum.LeftOperand, depth + 1), sum.LeftOperand, Of(sum.RightOperand, depth + 1), sum.RightOperand),
            ILocalReferenceOperation local => Local(local, depth),
            IInvocationOperation call => FormattedText.Of(call) is var (format, values) ? FormattedText.Fill(format, values, value => Of(value, depth + 1) ?? HoleOf(value)) : Built(call, depth),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } reference => Field(field, reference, depth),
            _ => null,
        };
    }

    private static string Interpolated(IInterpolatedStringOperation interpolated, int depth)
    {
        var text = new StringBuilder();
        foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
        {
            text.Append(part switch
            {
                IInterpolatedStringTextOperation literal => Of(literal.Text, depth + 1),
                IInterpolationOperation hole => Of(hole.Expression, depth + 1) ?? HoleOf(hole.Expression),
                _ => HoleOf(part),
            });
        }

        return text.ToString();
    }

    private static string? Sum(string? left, IOperation leftOperand, string? right, IOperation rightOperand) =>
        left is null && right is null ? null : (left ?? HoleOf(leftOperand)) + (right ?? HoleOf(rightOperand));

    private static string HoleOf(IOperation operation) => Hole + operation.Syntax.ToString() + Hole;

    /// <summary>A local that is given its text where it is declared, and then only has text added at its end.</summary>
    private static string? Local(ILocalReferenceOperation reference, int depth)
    {
        string? text = null;
        foreach (IOperation operation in OperationTree.Root(reference).Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator
                && SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local)
                && declarator.GetVariableInitializer()?.Value is { } initial)
            {
                text = Of(initial, depth + 1);
            }
            else if (operation is ILocalReferenceOperation other
                && SymbolEqualityComparer.Default.Equals(other.Local, reference.Local)
                && IsWritten(other))
            {
                if (other.Parent is not ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } addition)
                {
                    return null;
                }

                text += Of(addition.Value, depth + 1) ?? HoleOf(addition.Value);
            }
        }

        return text;
    }

    /// <summary>What a builder, made and filled in this member, has been given until it is asked for its text.</summary>
    private static string? Built(IInvocationOperation asked, int depth)
    {
        if (asked is not { TargetMethod.Name: "ToString", Arguments.Length: 0, Instance: ILocalReferenceOperation { Type: { Name: "StringBuilder" } } builder })
        {
            return null;
        }

        var text = new StringBuilder();
        bool isMade = false;
        foreach (IOperation operation in OperationTree.Root(asked).Descendants().Where(operation => operation.Syntax.Span.End <= builder.Syntax.SpanStart))
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, builder.Local))
            {
                isMade = true;
                if (declarator.GetVariableInitializer()?.Value is IObjectCreationOperation { Arguments: { Length: > 0 } arguments } && arguments[0].Value.Type?.SpecialType == SpecialType.System_String)
                {
                    text.Append(Of(arguments[0].Value, depth + 1) ?? HoleOf(arguments[0].Value));
                }
            }
            else if (operation is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, builder.Local) && !Append(other, text, depth))
            {
                return null;
            }
        }

        return isMade ? text.ToString() : null;
    }

    /// <summary>Adds what the calls that follow on a builder add; false where it is used for anything else.</summary>
    private static bool Append(ILocalReferenceOperation builder, StringBuilder text, int depth)
    {
        IOperation at = builder;
        while (at.Parent is IInvocationOperation { TargetMethod.Name: "Append" or "AppendLine" } call && call.Instance == at)
        {
            if (call.Arguments.FirstOrDefault()?.Value is { } value)
            {
                text.Append(Of(value, depth + 1) ?? HoleOf(value));
            }

            text.Append(call.TargetMethod.Name == "AppendLine" ? "\n" : "");
            at = call;
        }

        return at != builder;
    }

    private static bool IsWritten(ILocalReferenceOperation local) => local.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == local,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        IVariableInitializerOperation => local.Type is null,
        _ => false,
    };

    /// <summary>A readonly field of this file that has its text where it is declared.</summary>
    private static string? Field(IFieldSymbol field, IFieldReferenceOperation reference, int depth) =>
        reference.SemanticModel is { } model
        && field.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
        && declaration.SyntaxTree == reference.Syntax.SyntaxTree
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial }
        && model.GetOperation(initial) is { } operation
            ? Of(operation, depth + 1)
            : null;
}
