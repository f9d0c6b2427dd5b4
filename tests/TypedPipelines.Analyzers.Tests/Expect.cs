using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>What a rule marks, and what it leaves alone.</summary>
internal static class Expect
{
    /// <summary>All analyzers find this rule at the marked places, with these messages in order, and nothing else.</summary>
    public static async Task OnlyAsync(string id, string marked, params string[] messages)
    {
        MarkedCode code = MarkedCode.Parse(marked);
        CSharpCompilation compilation = Analysis.Compile(code.Text);
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.AllAnalyzers);
        found.Select(Shown).ShouldBe(code.Spans.Select(span => $"{id} «{code.Text.Substring(span.Start, span.Length)}» at {span.Start}"));
        if (messages.Length > 0)
        {
            found.Select(diagnostic => diagnostic.GetMessage()).ShouldBe(messages);
        }

        Analysis.ShouldCompile(compilation);
    }

    /// <summary>No analyzer finds anything.</summary>
    public static Task NothingAsync(string code) => OnlyAsync("nothing", code);

    private static string Shown(Diagnostic diagnostic) =>
        $"{diagnostic.Id} «{diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}» at {diagnostic.Location.SourceSpan.Start}"
        + (diagnostic.Id == "AD0001" ? diagnostic.GetMessage() : "");
}
