using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>Runs analyzers over C# text, with the references that this test program has itself: the BCL, the runtime, Dapper.</summary>
internal static class Analysis
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using TypedPipelines;
        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("TypedPipelines.Analyzers", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static CSharpCompilation Compile(params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Pipelines",
        sources.Prepend(Usings).Select((text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{index}.cs")),
        References,
        CompilationOptions);

    public static Task<IReadOnlyList<Diagnostic>> RunAsync(Microsoft.CodeAnalysis.Compilation compilation, params ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        RunAsync(compilation, analyzers, []);

    /// <summary>As with these lines in <c>.editorconfig</c>.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(
        Microsoft.CodeAnalysis.Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, params (string Key, string Value)[] settings)
    {
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], new Settings(settings)), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false))
            .GetAnalyzerDiagnosticsAsync();

        // The compiler drops a diagnostic that it has reported already.
        return [.. found.Distinct().OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static void ShouldCompile(Microsoft.CodeAnalysis.Compilation compilation) => compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(diagnostic => diagnostic.ToString())
        .ShouldBeEmpty();

    private sealed class Settings((string Key, string Value)[] settings) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(settings);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options((string Key, string Value)[] settings) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = settings.FirstOrDefault(setting => setting.Key == key).Value;
            return value is not null;
        }
    }
}
