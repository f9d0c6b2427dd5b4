using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Reruns;

namespace TypedPipelines.Benchmarks.Analyzers;

/// <summary>Compiles and analyzes the files of <see cref="ServiceCode"/>, each time from the start.</summary>
internal static class ServiceProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
    [
        .. typeof(RawInsertAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static ImmutableArray<SyntaxTree> Parse(int files, bool areWrong) =>
        [.. ServiceCode.Files(files, areWrong).Select((text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{index}.cs"))];

    /// <summary>All diagnostics, of the compiler and of the analyzers.</summary>
    public static ImmutableArray<Diagnostic> Analyze(ImmutableArray<SyntaxTree> trees, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = CSharpCompilation.Create("Shop", trees, References, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return compilation
            .WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Code that does not compile, or that is marked where it should not be, would be measured for what it is not.</summary>
    public static void ShouldHave(int atLeast, ImmutableArray<Diagnostic> diagnostics)
    {
        Diagnostic[] found = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("TP", StringComparison.Ordinal))];
        if (found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) || found.Length < atLeast || (atLeast == 0 && found.Length > 0))
        {
            throw new InvalidOperationException($"{found.Length} diagnostics in the code that is measured: {string.Join('\n', found.Take(20))}");
        }
    }
}

/// <summary>The baseline: it is asked for nothing but the end.</summary>
#pragma warning disable RS1036, RS1041, RS2008 // Not an analyzer that anybody installs.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EmptyAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("EMPTY", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationAction(static _ => { });
    }
}

/// <summary>What it costs that the compiler makes operations of all code, whatever is done with them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EmptyOperationAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("EMPTYOP", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }
}
