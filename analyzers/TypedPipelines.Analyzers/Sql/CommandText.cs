using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>The SQL text that an expression gives, as far as it can be known without running it.</summary>
internal static class CommandText
{
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
            ILocalReferenceOperation local => LocalText.Of(local, depth + 1),
            IInvocationOperation call => FormattedText.Of(call) is var (format, values) ? FormattedText.Fill(format, values, value => Of(value, depth + 1) ?? HoleOf(value)) : Built(call, depth) ?? GivenBy(call) ?? SqlFiles.TextOf(call),
            IAwaitOperation awaited => Of(awaited.Operation, depth + 1),
            IFieldReferenceOperation { Field.IsReadOnly: true } or IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_String } => MemberText.Of(((IMemberReferenceOperation)expression).Member.OriginalDefinition),
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

    /// <summary>What stands for a part that is only known at run time.</summary>
    public static string HoleOf(IOperation operation) => SqlLexer.Hole + operation.Syntax.ToString() + SqlLexer.Hole;

    /// <summary>What a method of the project gives that does nothing but put a text together.</summary>
    private static string? GivenBy(IInvocationOperation call) =>
        call.Type?.SpecialType == SpecialType.System_String && call.TargetMethod.DeclaringSyntaxReferences.Length == 1 ? MemberText.Of(call.TargetMethod.OriginalDefinition) : null;

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
        while (at.Parent is IInvocationOperation { TargetMethod.Name: "Append" or "AppendLine" or "AppendFormat" } call && call.Instance == at)
        {
            if (call.TargetMethod.Name == "AppendFormat")
            {
                if (FormattedText.Of(call) is not var (format, values) || FormattedText.Fill(format, values, filled => Of(filled, depth + 1) ?? HoleOf(filled)) is not { } formatted)
                {
                    return false;
                }

                text.Append(formatted);
            }
            else if (call.Arguments.FirstOrDefault()?.Value is { } value)
            {
                text.Append(Of(value, depth + 1) ?? HoleOf(value));
            }

            text.Append(call.TargetMethod.Name == "AppendLine" ? "\n" : "");
            at = call;
        }

        return at != builder;
    }
}
