using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// Reads the validation attributes of a column as checks of its values. Each of them is either a check that generated code makes, or
/// reported: a declared check that nobody makes is worse than none.
/// </summary>
internal static class CheckParser
{
    private const int DefaultTimeout = 2000;

    private static readonly string[] Lengths = ["MaxLength", "MinLength", "StringLength", "Length"];

    // They know a text only, and say nothing of any other value.
    private static readonly string[] OfTexts = ["EmailAddress", "Phone", "Url", "CreditCard", "Base64String", "FileExtensions"];

    public static IEnumerable<CheckModel> Parse(RowMember member, ColumnKind kind, Findings findings)
    {
        var checks = new List<CheckModel>();
        foreach (AttributeData attribute in member.Attributes)
        {
            if (attribute.IsValidation() && !attribute.IsMalformed() && Read(attribute, member, kind, findings) is { } check)
            {
                checks.Add(check);
            }
        }

        return checks;
    }

    /// <summary>Reports checks of a row as a whole: nothing makes them.</summary>
    public static void RefuseOnRow(INamedTypeSymbol type, Findings findings)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.IsValidation())
            {
                findings.Warning(RuleIds.NotChecked, attribute, type, $"[{attribute.ShortName()}]", type.Name, "a load checks members, not rows as a whole; check the row in a step");
            }
        }
    }

    /// <summary>Reports a row's own validation, where the row type says that it has one.</summary>
    public static void RefuseOwnValidation(INamedTypeSymbol type, Findings findings)
    {
        // Asking for all interfaces costs more than the rest of a row type, and few have such a method.
        if (HasValidate(type) && type.AllInterfaces.Any(static declared => declared.Is("System.ComponentModel.DataAnnotations", "IValidatableObject")))
        {
            findings.Warning(RuleIds.NotChecked, Declared(type), "IValidatableObject", type.Name, "a load checks members, and asks no row whether it is valid; check the row in a step");
        }
    }

    private static bool HasValidate(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            if (!at.GetMembers("Validate").IsEmpty || !at.GetMembers("System.ComponentModel.DataAnnotations.IValidatableObject.Validate").IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a type names the interface; its own place where it inherits it.</summary>
    private static Location? Declared(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .SelectMany(static reference => (reference.GetSyntax() as BaseTypeDeclarationSyntax)?.BaseList?.Types ?? default)
        .FirstOrDefault(static named => named.Type.ToString().EndsWith("IValidatableObject", StringComparison.Ordinal))?.GetLocation() ?? type.Locations.FirstOrDefault();

    /// <summary>Reports checks of members that the load fills in: their values are not the rows'.</summary>
    public static void RefuseOnStamps(IReadOnlyList<RowMember> members, IReadOnlyList<ColumnModel> columns, Findings findings)
    {
        foreach (ColumnModel column in columns.Where(column => column.Stamp != StampKind.None && column.Checks.Count > 0))
        {
            RowMember member = members.First(member => member.Name == column.Member);
            foreach (AttributeData attribute in member.Attributes.Where(attribute => column.Checks.Any(check => attribute.IsValidation() && check.Name == attribute.ShortName())))
            {
                NotChecked(attribute, member, findings, "the load fills this member in");
            }
        }
    }

    private static CheckModel? Read(AttributeData attribute, RowMember member, ColumnKind kind, Findings findings)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        string? name = type.IsAnnotation(attribute.ShortName()) ? attribute.ShortName() : null;
        switch (name)
        {
            case "Required" or "DataType": // The one is read with the column; the other says how a value is displayed.
                return null;
            case "Range":
                return RangeParser.Parse(attribute, member, kind, findings);
            case "AllowedValues":
                return Values(attribute, CheckForm.Allowed, member, kind, findings);
            case "DeniedValues":
                return Values(attribute, CheckForm.Denied, member, kind, findings);
            case "RegularExpression" when kind == ColumnKind.String:
                return Pattern(attribute, member, findings);
            case "RegularExpression":
            case not null when OfTexts.Contains(name) && kind != ColumnKind.String:
                return NotChecked(attribute, member, findings, $"it is a check of texts, and this is of type {member.Type.ToDisplayString()}");
            case not null when Lengths.Contains(name):
                return ColumnParser.HasLength(kind)
                    ? null
                    : NotChecked(attribute, member, findings, $"texts and byte strings have a length, and this is of type {member.Type.ToDisplayString()}");
            default:
                return Instance(attribute, member, findings);
        }
    }

    /// <summary>Any other attribute is asked itself, if it can answer without more than the value.</summary>
    private static CheckModel? Instance(AttributeData attribute, RowMember member, Findings findings)
    {
        IAssemblySymbol project = findings.Project ?? member.Property.ContainingAssembly;
        if (!Access.FromAnywhere(attribute.AttributeClass!, project) || !Access.FromAnywhere(attribute.AttributeConstructor!, project))
        {
            return NotChecked(attribute, member, findings, "generated code cannot see the attribute: make it, and the types around it, public or internal");
        }

        if (Nameable.WhyHidden(attribute.AttributeClass, project) is { } hidden)
        {
            return NotChecked(attribute, member, findings, hidden);
        }

        if (!JudgesValues(attribute.AttributeClass!))
        {
            return NotChecked(attribute, member, findings, "it asks for a ValidationContext, which a load does not have; override IsValid(object?), or check the value in a step");
        }

        return AttributeSource.New(attribute, project) is { } instance
            ? new CheckModel(CheckForm.Attribute, attribute.ShortName()) { Instance = instance }
            : NotChecked(attribute, member, findings, "its arguments cannot be written into generated code; check the value in a step");
    }

    private static CheckModel? Pattern(AttributeData attribute, RowMember member, Findings findings)
    {
        int timeout = attribute.Named("MatchTimeoutInMilliseconds", DefaultTimeout);
        if (attribute.Argument(0) is not string { Length: > 0 } pattern || !IsPattern(pattern) || timeout is 0 or < -1)
        {
            findings.Error(RuleIds.Unsatisfiable, attribute, member.Property, member.Name, timeout is 0 or < -1 ? $"{timeout} ms is no time in which a text can be matched" : "its pattern is no regular expression");
            return null;
        }

        // Of no culture, where the attribute's own has the thread's: what a row may hold must not depend on who loads it.
        string limit = timeout < 0
            ? "global::System.Text.RegularExpressions.Regex.InfiniteMatchTimeout"
            : FormattableString.Invariant($"global::System.TimeSpan.FromMilliseconds({timeout})");
        const string Options = "global::System.Text.RegularExpressions.RegexOptions.";
        return new CheckModel(CheckForm.Pattern, "RegularExpression")
        {
            Instance = $"new global::System.Text.RegularExpressions.Regex({AttributeSource.Quote(pattern)}, {Options}Compiled | {Options}CultureInvariant, {limit})",
        };
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static CheckModel? Values(AttributeData attribute, CheckForm form, RowMember member, ColumnKind kind, Findings findings)
    {
        TypedConstant list = attribute.ConstructorArguments[0];
        var values = new List<ValueModel>();
        bool listsNull = list.IsNull; // [AllowedValues(null)] hands over no list at all.
        foreach (TypedConstant value in list.IsNull ? [] : list.Values)
        {
            if (value.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && value.IsNull)
            {
                listsNull = true;
            }
            else if (value.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && LiteralParser.Read(value.Value, kind, member.Type) is { } literal)
            {
                values.Add(member.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } listed
                    ? new ValueModel($"({listed.SourceName()})({literal.Source})", NameOf(listed, literal) ?? literal.Shown)
                    : new ValueModel(literal.Source, literal.Shown));
            }
            else
            {
                return NotChecked(attribute, member, findings, $"{LiteralParser.Show(value)} is no {member.Type.ToDisplayString()} {LiteralParser.FormsOf(kind)}");
            }
        }

        if (form == CheckForm.Allowed && values.Count == 0 && !(listsNull && member.Nullable))
        {
            findings.Error(RuleIds.Unsatisfiable, attribute, member.Property, member.Name, "no value is allowed");
            return null;
        }

        return new CheckModel(form, attribute.ShortName()) { Values = new EquatableArray<ValueModel>(values), ListsNull = listsNull };
    }

    private static string? NameOf(INamedTypeSymbol type, Literal value) => type.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.HasConstantValue && LiteralParser.TextOf(field.ConstantValue) == value.Shown)?.Name;

    public static CheckModel? NotChecked(AttributeData attribute, RowMember member, Findings findings, string why)
    {
        findings.Warning(RuleIds.NotChecked, attribute, member.Property, $"[{attribute.ShortName()}]", member.Name, why);
        return null;
    }

    /// <summary>Whether the nearest class that says what is valid needs nothing but the value.</summary>
    private static bool JudgesValues(INamedTypeSymbol attribute)
    {
        for (INamedTypeSymbol? type = attribute; type is not null && !type.IsAnnotation("Validation"); type = type.BaseType)
        {
            IMethodSymbol[] judges = [.. type.GetMembers("IsValid").OfType<IMethodSymbol>().Where(method => method.IsOverride)];
            if (judges.Length > 0)
            {
                return judges.Any(method => method.Parameters.Length == 1);
            }
        }

        return false;
    }
}
