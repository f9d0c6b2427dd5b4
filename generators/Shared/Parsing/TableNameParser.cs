using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// Reads how a row contract's table is named: by its load strategy, by the BCL's <c>[Table]</c> (which no struct can carry),
/// or else by the type's own name.
/// </summary>
internal static class TableNameParser
{
    public static (string Table, string? Schema) Parse(INamedTypeSymbol type, AttributeData strategy, Findings findings)
    {
        AttributeData? annotation = type.SchemaAnnotation("TableAttribute");
        string? table = Agreed(type, "table", strategy, strategy.Named<string>("Table"), annotation, annotation?.Argument(0) as string, findings);
        string? schema = Agreed(type, "schema", strategy, strategy.Named<string>("Schema"), annotation, annotation?.Named<string>("Schema"), findings);
        return (table ?? Symbols.SnakeCase(type.Name), schema);
    }

    private static string? Agreed(
        INamedTypeSymbol type, string what, AttributeData strategy, string? own, AttributeData? annotation, string? annotated, Findings findings)
    {
        if (own is not null && own.Trim().Length == 0)
        {
            findings.Error(RuleIds.TableName, strategy, type, type.Name, $"the {what} has an empty name");
        }
        else if (annotated is not null && annotated.Trim().Length == 0)
        {
            findings.Error(RuleIds.TableName, annotation!, type, type.Name, $"the {what} has an empty name");
        }
        else if (own is not null && annotated is not null && own != annotated)
        {
            findings.Error(RuleIds.TableName, strategy, type, type.Name, $"its {what} is '{own}' here and '{annotated}' in [Table]; say it once");
        }

        return own ?? annotated;
    }
}
