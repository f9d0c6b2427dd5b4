using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>Calls of the BCL that do what the machine's culture or time zone says.</summary>
internal static class MachineDependence
{
    private static readonly HashSet<string> Fractions = new(StringComparer.Ordinal) { "Decimal", "Double", "Single", "Half" };

    private static readonly HashSet<string> Times = new(StringComparer.Ordinal) { "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly" };

    private static readonly string[] Parsers = ["Parse", "TryParse", "ParseExact", "TryParseExact"];

    /// <summary>The time zone of the machine: which day a moment falls on depends on where the run is.</summary>
    public static string? OfZone(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "ToLocalTime", ContainingType: { } type } } when IsTime(type) => $"{type.Name}.ToLocalTime()",
        IPropertyReferenceOperation { Property: { Name: "LocalDateTime", ContainingType: { } type } } when IsTime(type) => $"{type.Name}.LocalDateTime",
        IPropertyReferenceOperation { Property: { Name: "Local", ContainingType: { } type } } when type.Is("System", "TimeZoneInfo") => "TimeZoneInfo.Local",
        _ => null,
    };

    /// <summary>The culture of the machine: what a comma in a number means, and which month comes first.</summary>
    public static string? OfCulture(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { ContainingType: { } type } method } call when !GetsProvider(call) =>
            Parsers.Contains(method.Name) && IsValue(type) ? $"{type.Name}.{method.Name}()"
            : method.Name == "ToString" && call.Instance is { Type: { } of } && IsValue(of) && !IsInvariantFormat(call) ? $"{of.Name}.ToString()"
            : method.Name is "ToShortDateString" or "ToLongDateString" or "ToShortTimeString" or "ToLongTimeString" && IsTime(type) ? $"{type.Name}.{method.Name}()"
            : method.Name is "ToUpper" or "ToLower" && type.SpecialType == SpecialType.System_String && call.Arguments.Length == 0 ? $"string.{method.Name}()"
            : method.Name is "ToDecimal" or "ToDouble" or "ToSingle" or "ToDateTime" && type.Is("System", "Convert") && call.Arguments.Length == 1 && call.Arguments[0].Value.Type?.SpecialType == SpecialType.System_String ? $"Convert.{method.Name}()"
            : null,
        IPropertyReferenceOperation { Property: { Name: "CurrentCulture" or "CurrentUICulture", ContainingType: { } type } } when type.Is("System.Globalization", "CultureInfo") => $"CultureInfo.{((IPropertyReferenceOperation)operation).Property.Name}",
        IInterpolationOperation { Expression.Type: { } type } hole when IsValue(type) && BecomesText(hole) => $"the text of a {type.Name}",
        _ => null,
    };

    /// <summary>Whether a call is told a culture.</summary>
    private static bool GetsProvider(IInvocationOperation call) => call.Arguments.Any(static argument =>
        argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Type is { Name: "IFormatProvider" or "CultureInfo" } && argument.Value.ConstantValue is not { HasValue: true, Value: null });

    /// <summary>Formats that come out the same in every culture.</summary>
    private static bool IsInvariantFormat(IInvocationOperation call) =>
        call.Arguments.Length > 0 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "O" or "o" or "R" or "r" or "s" or "u" } && IsTime(call.Instance!.Type);

    /// <summary>Whether a hole is of a text that is composed where it stands: what a method gets may compose it in a culture of its own.</summary>
    private static bool BecomesText(IInterpolationOperation hole) =>
        hole.FormatString?.ConstantValue is not { HasValue: true, Value: "O" or "o" or "R" or "r" or "s" or "u" }
        && hole.Parent?.Parent is IVariableInitializerOperation or IReturnOperation or ISimpleAssignmentOperation
            or IArgumentOperation { Parent: IObjectCreationOperation, Parameter.Type.SpecialType: SpecialType.System_String };

    private static bool IsValue(ITypeSymbol type) => Underlying(type) is var value && value.ContainingNamespace?.Name == "System" && (Fractions.Contains(value.Name) || Times.Contains(value.Name));

    private static bool IsTime(ITypeSymbol? type) => type is not null && type.ContainingNamespace?.Name == "System" && Times.Contains(type.Name);

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } inner } ? inner[0] : type;
}
