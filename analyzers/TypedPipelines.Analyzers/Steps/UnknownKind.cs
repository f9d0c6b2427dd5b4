using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>
/// Instants made of a <c>DateTime</c> that does not say of which zone it is: .NET takes it for a time of the machine's. What is not known to be one is left alone.
/// </summary>
internal static class UnknownKind
{
    private const int MostLocals = 3;
    private const int AssumeUniversal = 0x40;
    private const int AssumeLocal = 0x20;
    private const int Utc = 1;

    /// <summary>A conversion that says that it means UTC or a zone, and takes the machine's.</summary>
    public static string? Converted(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "ToUniversalTime", ContainingType.SpecialType: SpecialType.System_DateTime }, Instance: { } value } when IsUnknown(value) => "DateTime.ToUniversalTime()",
        IInvocationOperation { TargetMethod: { Name: "ConvertTimeToUtc", Parameters.Length: 1 } method } call when IsOfZones(method) && IsUnknown(call.Arguments[0].Value) => "TimeZoneInfo.ConvertTimeToUtc()",
        IInvocationOperation { TargetMethod: { Name: "ConvertTime" or "ConvertTimeBySystemTimeZoneId", Parameters.Length: 2 } method } call
            when IsOfZones(method) && method.Parameters[0].Type.SpecialType == SpecialType.System_DateTime && IsUnknown(call.Arguments[0].Value) => $"TimeZoneInfo.{method.Name}()",
        _ => null,
    };

    /// <summary>A <c>DateTimeOffset</c> made of a <c>DateTime</c> alone, mostly without a word of it in the code.</summary>
    public static string? Widened(IOperation operation) => operation switch
    {
        IConversionOperation { OperatorMethod.ContainingType: { } type } conversion when IsOffset(type) && IsUnknown(conversion.Operand) => "the conversion of a DateTime of unknown kind to DateTimeOffset",
        IObjectCreationOperation { Type: { } type, Arguments: { Length: 1 } arguments } when IsOffset(type) && arguments[0].Parameter?.Type.SpecialType == SpecialType.System_DateTime && IsUnknown(arguments[0].Value)
            => "new DateTimeOffset(DateTime) of unknown kind",
        _ => null,
    };

    private static bool IsOffset(ITypeSymbol type) => type.Is("System", "DateTimeOffset");

    private static bool IsOfZones(IMethodSymbol method) => method.ContainingType.Is("System", "TimeZoneInfo");

    /// <summary>Whether a value is known to be of a kind that its data decides, or of none.</summary>
    private static bool IsUnknown(IOperation value, int locals = 0) => value switch
    {
        IConversionOperation { OperatorMethod: null } conversion => IsUnknown(conversion.Operand, locals),
        IParenthesizedOperation parenthesized => IsUnknown(parenthesized.Operand, locals),
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsUnknown(choice.WhenTrue, locals) || IsUnknown(otherwise, locals),
        ICoalesceOperation either => IsUnknown(either.Value, locals) || IsUnknown(either.WhenNull, locals),
        IBinaryOperation { LeftOperand: { } left } when IsDateTime(left.Type) => IsUnknown(left, locals),
        IPropertyReferenceOperation { Property: { Name: "Date", ContainingType.SpecialType: SpecialType.System_DateTime }, Instance: { } of } => IsUnknown(of, locals),
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } of } => IsUnknown(of, locals),
        IPropertyReferenceOperation { Property: { Name: "DateTime" or "Date", ContainingType: { } type } } when IsOffset(type) => true,
        IPropertyReferenceOperation { Property: { IsStatic: false, ContainingType: { } type } property } => IsDateTime(property.Type) && MethodParser.IsRow(type) && type.Locations.Any(static place => place.IsInSource),
        IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_DateTime } method } call => method.Name switch
        {
            "Parse" or "ParseExact" => !SaysZone(call),
            "SpecifyKind" => call.Arguments[1].Value.ConstantValue is { HasValue: true, Value: int kind and not Utc },
            _ => method.Name.StartsWith("Add", System.StringComparison.Ordinal) && call.Instance is { } of && IsUnknown(of, locals),
        },
        IInvocationOperation { TargetMethod: { Name: "ToDateTime", ContainingType: { } type, Parameters.Length: 1 } } => type.Is("System", "DateOnly"),
        IObjectCreationOperation { Type.SpecialType: SpecialType.System_DateTime, Constructor.Parameters: { Length: > 1 } parameters } => parameters.All(static parameter => parameter.Type.TypeKind != TypeKind.Enum),
        ILocalReferenceOperation local when locals < MostLocals => OperationTree.Root(local).Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local))?.GetVariableInitializer()?.Value is { } initial && IsUnknown(initial, locals + 1),
        _ => false,
    };

    private static bool IsDateTime(ITypeSymbol? type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0].SpecialType == SpecialType.System_DateTime
        : type?.SpecialType == SpecialType.System_DateTime;

    /// <summary>Whether a text without an offset is told which zone it is of; where that cannot be read, it may be.</summary>
    private static bool SaysZone(IInvocationOperation call) => call.Arguments.Any(static argument => argument.Parameter?.Type is { Name: "DateTimeStyles" }
        && (argument.Value.ConstantValue is not { HasValue: true, Value: int styles } || (styles & (AssumeUniversal | AssumeLocal)) != 0));
}
