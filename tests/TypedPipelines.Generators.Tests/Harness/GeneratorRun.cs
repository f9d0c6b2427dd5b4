using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Compilation;

namespace TypedPipelines.Generators.Tests.Harness;

/// <summary>Drives the generator over source texts as the compiler does.</summary>
internal sealed class GeneratorRun
{
    /// <summary>The Roslyn that is referenced has C# 14 as its preview.</summary>
    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(typeof(PipelineAttribute).Assembly.Location);
    private static readonly MetadataReference Sqlite = MetadataReference.CreateFromFile(typeof(TypedPipelines.Sqlite.SqliteLoadPlan).Assembly.Location);

    private static readonly MetadataReference PostgreSql = MetadataReference.CreateFromFile(typeof(TypedPipelines.PostgreSql.PostgreSqlLoadPlan).Assembly.Location);

    private static readonly MetadataReference SqlServer = MetadataReference.CreateFromFile(typeof(TypedPipelines.SqlServer.SqlServerLoadPlan).Assembly.Location);

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    internal static CSharpCompilation Compile(bool sqlite, params string[] sources) => Compile(sqlite, postgreSql: false, sources);

    internal static CSharpCompilation Compile(bool sqlite, bool postgreSql, params string[] sources) => Compile(sqlite, postgreSql, sqlServer: false, sources);

    internal static CSharpCompilation Compile(bool sqlite, bool postgreSql, bool sqlServer, params string[] sources) => CSharpCompilation.Create(
        "Input",
        [.. sources.Prepend(Usings).Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Input{i}.cs"))],
        [
            .. Framework, Runtime, .. sqlite ? [Sqlite] : Array.Empty<MetadataReference>(), .. postgreSql ? [PostgreSql] : Array.Empty<MetadataReference>(),
            .. sqlServer ? [SqlServer] : Array.Empty<MetadataReference>(),
        ],
        CompilationOptions);

    internal static GeneratorDriver Driver(CSharpParseOptions? options = null) => CSharpGeneratorDriver.Create(
        [new PipelineGenerator().AsSourceGenerator()],
        parseOptions: options ?? ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>
    /// Generates; compiles input and output together, which must give no warning at the highest level; and edits an unrelated
    /// file, which must run no step again. So no test of the generator can forget either.
    /// </summary>
    internal static GeneratedSources Generate(params string[] sources) => Generate(Compile(sqlite: true, sources));

    internal static GeneratedSources Generate(CSharpCompilation input)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out ImmutableArray<Diagnostic> reported);
        reported.ShouldBeEmpty("the generator reports nothing: the analyzers do");
        output.GetDiagnostics().Where(IsWrong).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
        {
            throw new InvalidOperationException("the generator threw", exception);
        }

        CSharpCompilation edited = input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", ParseOptions, "Unrelated.cs"));
        StepReasons.Of(driver.RunGenerators(edited)).ShouldAllRest("an edit of an unrelated file");
        return new GeneratedSources(result.GeneratedSources, (CSharpCompilation)output);
    }

    /// <summary>The names of what is generated for sources that do not compile: other pipelines must be whole.</summary>
    internal static string[] FilesOfBroken(params string[] sources)
    {
        GeneratorRunResult result = Driver().RunGenerators(Compile(sqlite: true, sources)).GetRunResult().Results.Single();
        result.Exception.ShouldBeNull();
        return [.. result.GeneratedSources.Select(file => file.HintName)];
    }

    /// <summary>Any warning counts, except that the inputs, which are not an API, need no XML comments.</summary>
    private static bool IsWrong(Diagnostic diagnostic) =>
        diagnostic.Severity >= DiagnosticSeverity.Warning
        && !(diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree?.FilePath.StartsWith("Input", StringComparison.Ordinal) == true);
}
