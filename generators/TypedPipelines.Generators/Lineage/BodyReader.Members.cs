using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows members: read, assigned, called and made.</summary>
internal sealed partial class BodyReader
{
    /// <summary>The constructor that another one calls first: what it sets is this object's.</summary>
    public void Chain(IOperation? chained)
    {
        IInvocationOperation? call = chained as IInvocationOperation ?? (chained as IExpressionStatementOperation)?.Operation as IInvocationOperation;
        if (call is not null && calls.Construct(call.TargetMethod, Arguments(call.Arguments)) is { } made)
        {
            frame.This = made.Join(frame.This, sameValue: true);
        }
    }

    private Flow Property(IPropertyReferenceOperation property)
    {
        if (property.Instance is null)
        {
            Flow computed = Around(() => calls.Call(property.Property.GetMethod ?? property.Property.SetMethod!, Flow.Nothing, [])) ?? Flow.Nothing;
            return calls.Static(property.Property) is { } assigned ? computed.Join(assigned) : computed;
        }

        Flow value = Value(property.Instance);
        return property.Arguments.IsEmpty ? Property(property.Property, value, isSure: property.Instance.Syntax is BaseExpressionSyntax) : Sequences.Index(value, Arguments(property.Arguments));
    }

    private Flow Property(IPropertySymbol property, Flow value, bool isSure = false)
    {
        INamedTypeSymbol type = property.ContainingType;
        if (type.IsExtensionBlock())
        {
            return property.GetMethod is { } extension && Around(() => calls.Call(extension, value, [])) is { } given ? given : value.As(OriginKind.Expression);
        }

        // What an accessor with code makes of what the property holds is asked of that code.
        if (value.Members.ContainsKey(property.Name) && (property.GetMethod is not { } accessor || !calls.HasCode(accessor)))
        {
            return value.Member(property.Name);
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return property.Name == "Value" ? value : value.As(OriginKind.Expression);
        }

        if (value.Element is not null)
        {
            return Sequences.Property(property.Name, value);
        }

        bool isMade = !value.Members.IsEmpty;
        return Rows.IsFromFramework(type) || (isMade && type.TypeKind == TypeKind.Interface) ? value.As(OriginKind.Expression)
            : !isSure && isMade && calls.IsOverridden(property) ? value.As(OriginKind.Expression)
            : property.GetMethod is { } getter && Around(() => calls.Call(getter, value, [])) is { } computed ? computed
            : value.Member(property.Name);
    }

    private Flow Field(IFieldReferenceOperation field) => field.Instance is null ? calls.Static(field.Field) ?? Flow.Nothing
        : field.Field.ContainingType.IsTupleType ? Value(field.Instance).Member(NameOf(field.Field))
        : Rows.IsFromFramework(field.Field.ContainingType) ? Value(field.Instance).As(OriginKind.Expression)
        : Value(field.Instance).Member(NameOf(field.Field));

    /// <summary>A new object, which is known wherever it goes; a struct goes nowhere but as a copy.</summary>
    private Flow Create(IObjectCreationOperation creation)
    {
        Flow made = Initialise(Made(creation), creation.Initializer);
        return creation.Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String } ? made.As(calls.NewToken()) : made.Surely();
    }

    private Flow Made(IObjectCreationOperation creation)
    {
        Flow[] arguments = Arguments(creation.Arguments);
        if (creation.Constructor is not { } constructor)
        {
            return Flow.All(OriginKind.Expression, arguments);
        }

        INamedTypeSymbol type = constructor.ContainingType;
        return Around(() => calls.Construct(constructor, arguments)) is { } made ? made
            : type.Is("System", "Nullable") || type.Is("System.Threading.Tasks", "ValueTask") ? Flow.Any(arguments)
            : type.IsTupleType ? Flow.Tuple(arguments)
            : type.Is("System.Collections.Generic", "KeyValuePair") && arguments.Length == 2 ? Flow.Pair(arguments[0], arguments[1])
            : Sequences.IsSequence(type) ? arguments.FirstOrDefault(static argument => argument.Element is not null) ?? Flow.Sequence(Flow.Nothing)
            : Rows.IsFromFramework(type) ? Flow.All(OriginKind.Expression, arguments)
            : Flow.Object(constructor.Parameters.Select(parameter => new KeyValuePair<string, Flow>(
                Rows.MembersOf(type).FirstOrDefault(member => string.Equals(member.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase))?.Name ?? parameter.Name, arguments.ElementAtOrDefault(parameter.Ordinal) ?? Flow.Nothing)));
    }

    /// <summary>What an initialiser adds to an object.</summary>
    private Flow Initialise(Flow made, IObjectOrCollectionInitializerOperation? initialiser)
    {
        foreach (IOperation item in initialiser?.Initializers ?? [])
        {
            made = item switch
            {
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: IPropertySymbol { IsIndexer: true } } target } assignment =>
                    made.Join(Flow.Sequence(Flow.Pair(Flow.All(OriginKind.Expression, target.ChildOperations.Skip(1).Select(Value)), Value(assignment.Value))), sameValue: true),
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment => Set(made, target.Member, Value(assignment.Value)),
                IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation target } member =>
                    made.With(target.Member.Name, Initialise(made.Member(target.Member.Name), member.Initializer)),
                IInvocationOperation { Arguments.Length: 1 } added => made.Join(Flow.Sequence(Value(added.Arguments[0].Value)), sameValue: true),
                IInvocationOperation { Arguments.Length: 2 } added =>
                    made.Join(Flow.Sequence(Flow.Pair(Value(added.Arguments[0].Value), Value(added.Arguments[1].Value))), sameValue: true),
                _ => made.Join(Value(item).As(OriginKind.Expression), sameValue: true),
            };
        }

        return made;
    }

    private Flow[] Arguments(IEnumerable<IArgumentOperation> arguments)
    {
        IOperation[] given = [.. arguments.OrderBy(static argument => argument.Parameter?.Ordinal ?? 0).Select(static argument => argument.Value)];
        Flow[] values = [.. given.Select(Value)];
        return [.. values.Select((value, place) => Again(given[place], value))];
    }

    /// <summary>The object that a variable has, after the arguments behind it have done to it what they do.</summary>
    private Flow Again(IOperation? variable, Flow value) => value.Tokens.IsEmpty ? value : variable switch
    {
        IConversionOperation { OperatorMethod: null } conversion => Again(conversion.Operand, value),
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => Value(variable),
        _ => value,
    };
}
