using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Writes what code is bound to and does not name: constructors, operators, conversions, enumerators, the methods behind patterns.</summary>
internal sealed class BoundSymbols(SemanticModel model, Implementations implementations, CodeText text, CodeReferences references)
{
    public void Write(SyntaxNode declaration, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode node in declaration is CompilationUnitSyntax ? [declaration] : declaration.DescendantNodesAndSelf())
        {
            if (IsRoot(node) && !(node is AttributeSyntax attribute && CodeText.SaysNothingMore(model, attribute)) && model.GetOperation(node, cancellationToken) is { } operation)
            {
                foreach (IOperation inner in operation.DescendantsAndSelf())
                {
                    Write(inner);
                }
            }
        }
    }

    /// <summary>Whether an operation begins at a node that is no part of another one.</summary>
    private static bool IsRoot(SyntaxNode node) => node switch
    {
        CompilationUnitSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or AttributeSyntax or PrimaryConstructorBaseTypeSyntax => true,
        ArrowExpressionClauseSyntax => node.Parent is BasePropertyDeclarationSyntax,
        EqualsValueClauseSyntax => node.Parent is PropertyDeclarationSyntax or ParameterSyntax or EnumMemberDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax },
        _ => false,
    };

    private void Write(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                text.WriteBound("call", call.TargetMethod);
                if (ConditionalCalls.IsLeftOut(call))
                {
                    text.WriteFact("left out");
                }

                break;
            case IArgumentOperation { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter, Value.ConstantValue: { HasValue: true } value }
                when parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CallerMemberNameAttribute" or "CallerArgumentExpressionAttribute"):
                text.WriteCaller(value.Value);
                break;
            case IObjectCreationOperation creation:
                text.WriteBound("new", creation.Constructor);
                break;
            case IPropertyReferenceOperation property:
                text.WriteBound("property", property.Property);
                break;
            case IMethodReferenceOperation method:
                text.WriteBound("method", method.Method);
                break;
            case IBinaryOperation binary:
                text.WriteBound("operator", binary.OperatorMethod);
                WriteOverflow(binary.IsChecked);
                if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
                {
                    text.WriteBound("truth", PatternMembers.Truth(binary));
                }

                break;
            case IUnaryOperation unary:
                text.WriteBound("operator", unary.OperatorMethod);
                WriteOverflow(unary.IsChecked);
                break;
            case ICompoundAssignmentOperation assignment:
                text.WriteBound("operator", assignment.OperatorMethod);
                WriteOverflow(assignment.IsChecked);
                text.WriteBound("conversion", assignment.InConversion.MethodSymbol);
                text.WriteBound("conversion", assignment.OutConversion.MethodSymbol);
                break;
            case IIncrementOrDecrementOperation increment:
                text.WriteBound("operator", increment.OperatorMethod);
                WriteOverflow(increment.IsChecked);
                break;
            case IConversionOperation conversion:
                text.WriteBound("conversion", conversion.OperatorMethod);
                text.WriteBound("conversion", PatternMembers.Conversions(model.Compilation, conversion.Operand.Type, conversion.Type));
                WriteOverflow(conversion.IsChecked && conversion.Operand.Type?.SpecialType != SpecialType.System_Decimal && conversion.Type?.SpecialType != SpecialType.System_Decimal); // A decimal overflows the same way everywhere.
                break;
            case ICoalesceOperation coalesce:
                text.WriteBound("conversion", coalesce.ValueConversion.MethodSymbol);
                text.WriteBound("conversion", PatternMembers.Conversions(model.Compilation, coalesce.Value.Type, coalesce.Type));
                break;
            case IRecursivePatternOperation pattern:
                text.WriteBound("deconstruct", pattern.DeconstructSymbol);
                break;
            case IListPatternOperation pattern:
                text.WriteBound("length", pattern.LengthSymbol);
                text.WriteBound("index", pattern.IndexerSymbol);
                break;
            case ISlicePatternOperation pattern:
                text.WriteBound("slice", pattern.SliceSymbol);
                break;
            case IImplicitIndexerReferenceOperation element:
                text.WriteBound("length", element.LengthSymbol);
                text.WriteBound("index", element.IndexerSymbol);
                break;
            case IWithOperation copy:
                text.WriteBound("copy", PatternMembers.Copy(copy.Operand.Type, implementations));
                break;
            case ICollectionExpressionOperation collection:
                text.WriteBound("construct", collection.ConstructMethod);
                text.WriteBound("add", PatternMembers.Add(model, collection));
                break;
            case ISpreadOperation spread:
                text.WriteBound("enumerator", PatternMembers.Enumerator(model, spread, spread.Operand.Type));
                text.WriteBound("element", spread.ElementConversion.MethodSymbol);
                break;
            case IUsingOperation { Resources: var resources } used:
                text.WriteBound("dispose", PatternMembers.Dispose(model, used, resources, used.IsAsynchronous));
                break;
            case IUsingDeclarationOperation { DeclarationGroup: var resources } used:
                text.WriteBound("dispose", PatternMembers.Dispose(model, used, resources, used.IsAsynchronous));
                break;
            case IVariableDeclaratorOperation { Syntax: VariableDeclaratorSyntax { Initializer.Value: { } pinned, Parent.Parent: FixedStatementSyntax } }:
                text.WriteBound("pin", PatternMembers.Pin(model, pinned));
                break;
            case ITupleBinaryOperation comparison:
                text.WriteBound("operator", PatternMembers.Comparison(comparison));
                break;
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop }:
                ForEachStatementInfo each = model.GetForEachStatementInfo(loop);
                text.WriteBound("enumerator", each.GetEnumeratorMethod);
                text.WriteBound("next", each.MoveNextMethod);
                text.WriteBound("current", each.CurrentProperty);
                text.WriteBound("dispose", each.DisposeMethod);
                text.WriteBound("element", each.ElementConversion.MethodSymbol);
                text.WriteBound("element", PatternMembers.Conversions(model.Compilation, each.ElementType, ((IForEachLoopOperation)operation).LoopControlVariable.Type ?? (loop is ForEachStatementSyntax one ? model.GetDeclaredSymbol(one)?.Type : null)));
                if (loop is ForEachVariableStatementSyntax { Variable: not DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax } } several)
                {
                    Write(model.GetDeconstructionInfo(several));
                }

                break;
            case IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment }:
                Write(model.GetDeconstructionInfo(assignment));
                break;
            case IAwaitOperation { Syntax: AwaitExpressionSyntax awaiting }:
                text.WriteBound("await", model.GetAwaitExpressionInfo(awaiting).GetAwaiterMethod);
                text.WriteBound("completed", model.GetAwaitExpressionInfo(awaiting).IsCompletedProperty);
                text.WriteBound("result", model.GetAwaitExpressionInfo(awaiting).GetResultMethod);
                break;
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation:
                references.AddOpaque("binds dynamically at run time");
                break;
        }

        Reflected(operation);
    }

    /// <summary>Where numbers that do not fit end the run: what the project says decides, as far as the code does not.</summary>
    private void WriteOverflow(bool isChecked)
    {
        if (isChecked)
        {
            text.WriteFact("checked");
        }
    }

    private void Write(DeconstructionInfo deconstruction)
    {
        text.WriteBound("deconstruct", deconstruction.Method);
        text.WriteBound("conversion", deconstruction.Conversion?.MethodSymbol);
        foreach (DeconstructionInfo nested in deconstruction.Nested)
        {
            Write(nested);
        }
    }

    private void Reflected(IOperation operation)
    {
        ISymbol? member = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        string? type = member?.ContainingType?.ToDisplayString();
        if (type is "System.Activator" || (member is IMethodSymbol && (type?.StartsWith("System.Reflection.", System.StringComparison.Ordinal) ?? false)))
        {
            references.AddOpaque("uses reflection");
        }
        else if (member is IMethodSymbol { IsExtern: true } foreign)
        {
            references.AddOpaque($"calls {SymbolText.Display(foreign)} outside of .NET");
        }
    }
}
