using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Units;

/// <summary>How much one step may hold; each limit can be set in <c>.editorconfig</c>.</summary>
internal sealed class SizeLimits(AnalyzerConfigOptions options)
{
    public int Statements { get; } = Read(options, "max_step_statements", 40);

    public int Branches { get; } = Read(options, "max_step_branches", 15);

    public int Nesting { get; } = Read(options, "max_step_nesting", 4);

    /// <summary>Common table expressions of a statement.</summary>
    public int Ctes { get; } = Read(options, "max_statement_ctes", 6);

    /// <summary>Joins of a statement, in all of its queries.</summary>
    public int Joins { get; } = Read(options, "max_statement_joins", 10);

    /// <summary>Queries that stand in one another; the outermost counts, too.</summary>
    public int Queries { get; } = Read(options, "max_statement_nesting", 3);

    private static int Read(AnalyzerConfigOptions options, string name, int otherwise) =>
        options.TryGetValue("typed_pipelines." + name, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 0
            ? most
            : otherwise;
}
