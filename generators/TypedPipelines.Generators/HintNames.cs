using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation;

/// <summary>
/// Names the generated files. The compiler takes two files of one name, in any case, for a failure of the whole generator; so what makes names differ are
/// characters that no C# name has: <c>-</c> before the kind of file, <c>+</c> between nested types.
/// </summary>
internal static class HintNames
{
    public const string Table = "-Table";
    public const string Csv = "-Csv";
    public const string Result = "-Result";
    public const string Logic = "-Logic";
    public const string Lineage = "-Lineage";
    public const string AddPipelines = "Project-AddPipelines.g.cs";

    public static string Of(PipelineModel pipeline) => Qualify(pipeline.Namespace, pipeline.ClassName);

    public static string Of(TypeName row) => Qualify(row.Namespace, string.Join("+", row.Path));

    /// <summary>The names that another one differs from by case alone.</summary>
    public static EquatableArray<string> Clashes(ImmutableArray<ParsedPipeline> all) => new(all
        .SelectMany(static parsed => parsed.Contracts.Select(static contract => Of(contract.Row.TypeName))
            .Concat(parsed.CsvRows.Select(static csv => Of(csv.Row.TypeName)))
            .Concat(parsed.Results.Select(static result => Of(result.Row.TypeName)))
            .Append(Of(parsed.Pipeline)))
        .Distinct(StringComparer.Ordinal)
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Count() > 1)
        .SelectMany(static group => group)
        .OrderBy(static name => name, StringComparer.Ordinal));

    /// <summary>The name of a file.</summary>
    /// <param name="name">What it is generated for.</param>
    /// <param name="kind">The kind of file; empty for a pipeline's own.</param>
    /// <param name="clashes">The names that differ by case alone.</param>
    public static string File(string name, string kind, IEnumerable<string> clashes)
    {
        int before = clashes.Count(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(other, name) < 0);
        return name + kind + (before == 0 ? "" : FormattableString.Invariant($"-{before + 1}")) + ".g.cs";
    }

    private static string Qualify(string containing, string name) => (containing.Length == 0 ? name : containing + "." + name).Replace("@", "");
}
