using System;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads a member of a row contract as a column, with the checks that BCL annotations declare.</summary>
internal static class ColumnParser
{
    // What a decimal without a declared precision gets: wide enough for most, and a value that does not fit stops the run.
    private const int DefaultPrecision = 28;
    private const int DefaultScale = 10;

    public static ColumnModel? Parse(RowMember member, Findings findings)
    {
        ITypeSymbol type = member.Type;
        if (KindOf(type) is not { } kind)
        {
            findings.Error(RuleIds.ColumnType, member.Property, member.Name, type.ToDisplayString());
            return null;
        }

        bool key = member.Annotation("KeyAttribute") is not null;
        if (key && kind is ColumnKind.Single or ColumnKind.Double)
        {
            findings.Error(RuleIds.FloatKey, member.Property, member.Name);
        }

        string? narrow = NarrowOf(type);
        (int? precision, int? scale) = narrow == nameof(UInt64) ? DigitsParser.WholeNumber(member, findings) : DigitsParser.Parse(member, kind, findings);
        if (kind == ColumnKind.Decimal && precision is null)
        {
            findings.Warning(RuleIds.DecimalPrecision, member.Property, member.Name);
            (precision, scale) = (DefaultPrecision, DefaultScale);
        }

        if (HasLength(kind))
        {
            CheckLengths(member, findings);
        }

        AttributeData? required = member.Annotation("RequiredAttribute");
        return new ColumnModel(
            member.ColumnName,
            member.Name,
            kind,
            type.SourceName(),
            member.Nullable && required is null,
            type.IsReferenceType,
            type.TypeKind == TypeKind.Enum,
            key,
            HasLength(kind) ? MaxLength(member) : null,
            precision,
            scale)
        {
            MemberNullable = member.Nullable,
            TakesNull = member.TakesNull,
            Narrow = narrow,
            MinLength = HasLength(kind) ? MinLength(member) : null,
            Checks = new EquatableArray<CheckModel>(CheckParser.Parse(member, kind, findings)),
            InsertOnly = member.RuntimeAttribute("InsertOnlyAttribute") is not null,
            RefusesBlank = kind == ColumnKind.String && required is not null && !required.Named<bool>("AllowEmptyStrings"),
        };
    }

    /// <summary>A column that is read and not loaded: nothing of what annotations demand of a table is asked of it.</summary>
    public static ColumnModel? ParseRead(RowMember member, Findings findings)
    {
        if (KindOf(member.Type) is not { } kind)
        {
            findings.Error(RuleIds.ColumnType, member.Property, member.Name, member.Type.ToDisplayString());
            return null;
        }

        return new ColumnModel(
            member.ColumnName,
            member.Name,
            kind,
            member.Type.SourceName(),
            member.Nullable,
            member.Type.IsReferenceType,
            member.Type.TypeKind == TypeKind.Enum,
            Key: false,
            MaxLength: null,
            Precision: null,
            Scale: null) { MemberNullable = member.Nullable, TakesNull = member.TakesNull, Narrow = NarrowOf(member.Type) };
    }

    public static ColumnKind? KindOf(ITypeSymbol memberType)
    {
        ITypeSymbol type = Underlying(memberType);
        return type.SpecialType switch
        {
            SpecialType.System_Boolean => ColumnKind.Boolean,
            SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 => ColumnKind.Int16,
            SpecialType.System_UInt16 or SpecialType.System_Int32 => ColumnKind.Int32,
            SpecialType.System_UInt32 or SpecialType.System_Int64 => ColumnKind.Int64,
            SpecialType.System_Single => ColumnKind.Single,
            SpecialType.System_Double => ColumnKind.Double,
            SpecialType.System_Decimal or SpecialType.System_UInt64 => ColumnKind.Decimal,
            SpecialType.System_String => ColumnKind.String,
            SpecialType.System_DateTime => ColumnKind.Instant,
            _ when type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => ColumnKind.Bytes,
            _ when type.Is("System", "DateOnly") => ColumnKind.Date,
            _ when type.Is("System", "TimeOnly") => ColumnKind.Time,
            _ when type.Is("System", "DateTimeOffset") => ColumnKind.Instant,
            _ when type.Is("System", "Guid") => ColumnKind.Guid,
            _ => null,
        };
    }

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } ? underlying : type;

    /// <summary>The integers that databases do not have.</summary>
    private static string? NarrowOf(ITypeSymbol type) => Underlying(type).SpecialType switch
    {
        SpecialType.System_Byte => nameof(Byte),
        SpecialType.System_SByte => nameof(SByte),
        SpecialType.System_UInt16 => nameof(UInt16),
        SpecialType.System_UInt32 => nameof(UInt32),
        SpecialType.System_UInt64 => nameof(UInt64),
        _ => null,
    };

    public static bool HasLength(ColumnKind kind) => kind is ColumnKind.String or ColumnKind.Bytes;

    /// <summary>Refuses lengths that no value has.</summary>
    private static void CheckLengths(RowMember member, Findings findings)
    {
        foreach (AttributeData attribute in member.Attributes)
        {
            (int? least, int? most) = attribute.AttributeClass switch
            {
                { } type when type.IsAnnotation("MinLength") => (attribute.Argument(0) as int?, null),
                { } type when type.IsAnnotation("MaxLength") => (null, attribute.Argument(0) as int? is -1 ? null : attribute.Argument(0) as int?), // No limit.
                { } type when type.IsAnnotation("StringLength") => (attribute.Named<int>("MinimumLength"), attribute.Argument(0) as int?),
                { } type when type.IsAnnotation("Length") => (attribute.Argument(0) as int?, attribute.Argument(1) as int?),
                _ => ((int?)null, (int?)null),
            };
            if (least < 0 || most < 1 || least > most)
            {
                findings.Error(
                    RuleIds.Unsatisfiable, attribute, member.Property, member.Name, least > most ? $"nothing is at least {least} and at most {most} long" : $"a length of {(least < 0 ? least : most)} is none");
            }
        }
    }

    /// <summary>The smallest of what the annotations allow: all of them hold.</summary>
    private static int? MaxLength(RowMember member) => Smallest(
        member.Annotation("MaxLengthAttribute")?.Argument(0) as int?,
        Smallest(
            member.Annotation("StringLengthAttribute")?.Argument(0) as int?,
            member.Annotation("LengthAttribute")?.Argument(1) as int?));

    /// <summary>The greatest of what the annotations demand; null where that is nothing.</summary>
    private static int? MinLength(RowMember member)
    {
        int least = Math.Max(
            member.Annotation("MinLengthAttribute")?.Argument(0) as int? ?? 0,
            Math.Max(
                member.Annotation("StringLengthAttribute")?.Named<int>("MinimumLength") ?? 0,
                member.Annotation("LengthAttribute")?.Argument(0) as int? ?? 0));
        return least > 0 ? least : null;
    }

    // [MaxLength(-1)] says that there is no limit.
    private static int? Smallest(int? one, int? other) => one is null or < 0 ? other : other is null or < 0 ? one : Math.Min(one.Value, other.Value);
}
