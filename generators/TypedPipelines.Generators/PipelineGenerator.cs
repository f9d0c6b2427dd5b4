using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedPipelines.Compilation.Emit;
using TypedPipelines.Compilation.Lineage;
using TypedPipelines.Compilation.Logic;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation;

/// <summary>
/// Generates the wiring and load code of <c>[Pipeline]</c> classes. It reports nothing: the analyzers do, from the same parsing
/// code. For a pipeline with an error it generates nothing, and the others are not affected. Fingerprints and lineage need code that no model holds, so
/// they are an output of builds alone: typing never waits for them.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PipelineGenerator : IIncrementalGenerator
{
    // Without a byte order mark: the files are kept in repositories and compared.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        IncrementalValueProvider<EnvironmentModel> environment = context.CompilationProvider
            .Select(static (compilation, _) => new EnvironmentModel(
                HasSqlite: compilation.GetTypeByMetadataName(KnownNames.SqliteLoadPlan) is not null,
                HasPostgreSql: compilation.GetTypeByMetadataName(KnownNames.PostgreSqlLoadPlan) is not null,
                HasSqlServer: compilation.GetTypeByMetadataName(KnownNames.SqlServerLoadPlan) is not null))
            .WithTrackingName(TrackingNames.Environment);

        IncrementalValuesProvider<ParsedPipeline> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.PipelineAttribute,
                static (node, _) => node is ClassDeclarationSyntax,
                static (target, cancellationToken) => PipelineParser.Parse(
                    (INamedTypeSymbol)target.TargetSymbol, target.Attributes[0], new Findings(), cancellationToken))
            .Where(static pipeline => pipeline is not null)
            .Select(static (pipeline, _) => pipeline!)
            .WithTrackingName(TrackingNames.Parsed);

        IncrementalValuesProvider<PipelineModel> pipelines = parsed.Select(static (parsed, _) => parsed.Pipeline).WithTrackingName(TrackingNames.Pipelines);
        IncrementalValueProvider<ImmutableArray<ParsedPipeline>> all = parsed.Collect();

        // Two pipelines may load and look up one table: its contract is generated once.
        IncrementalValuesProvider<(ContractModel Contract, EnvironmentModel Environment)> contracts = all
            .SelectMany(static (all, _) => all.SelectMany(static pipeline => pipeline.Contracts).Distinct())
            .WithTrackingName(TrackingNames.Contracts)
            .Combine(environment)
            .WithTrackingName(TrackingNames.ContractsWithEnvironment);

        IncrementalValuesProvider<CsvModel> csvRows = all
            .SelectMany(static (all, _) => all.SelectMany(static pipeline => pipeline.CsvRows).Distinct())
            .WithTrackingName(TrackingNames.CsvRows);

        IncrementalValueProvider<EquatableArray<string>> names = all
            .Select(static (all, _) => new EquatableArray<string>(all.Select(static parsed => QualifiedName(parsed.Pipeline)).OrderBy(static name => name, System.StringComparer.Ordinal)))
            .WithTrackingName(TrackingNames.Names);

        context.RegisterSourceOutput(pipelines, static (output, pipeline) =>
            Add(output, Qualify(pipeline.Namespace, pipeline.ClassName), PipelineEmitter.Emit(pipeline)));
        context.RegisterSourceOutput(contracts, static (output, input) =>
            Add(output, Qualify(input.Contract.Row.Namespace, ContractEmitter.ClassName(input.Contract.Row.TypeName)), ContractEmitter.Emit(input.Contract, input.Environment)));
        context.RegisterSourceOutput(csvRows, static (output, csv) =>
            Add(output, Qualify(csv.Row.Namespace, CsvEmitter.ClassName(csv.Row.TypeName)), CsvEmitter.Emit(csv)));
        context.RegisterImplementationSourceOutput(pipelines.Collect().Combine(context.CompilationProvider), static (output, input) =>
        {
            var models = new SemanticModels(input.Right);
            var logicReader = new LogicReader(models, output.CancellationToken);
            var lineageReader = new LineageReader(models, output.CancellationToken);
            foreach (PipelineModel pipeline in input.Left)
            {
                string name = Qualify(pipeline.Namespace, pipeline.ClassName);
                if (logicReader.Read(pipeline) is { } logic)
                {
                    Add(output, name + ".Logic", LogicEmitter.Emit(pipeline, logic));
                }

                if (lineageReader.Read(pipeline) is { } lineage)
                {
                    Add(output, name + ".Lineage", LineageEmitter.Emit(pipeline, lineage));
                }
            }
        });
        context.RegisterSourceOutput(names, static (output, names) => Add(output, "AddPipelines", RegistrationEmitter.Emit(names)));
    }

    private static string QualifiedName(PipelineModel pipeline) => "global::" + Qualify(pipeline.Namespace, Text.Identifier(pipeline.ClassName));

    private static string Qualify(string containing, string name) => containing.Length == 0 ? name : containing + "." + name;

    private static void Add(SourceProductionContext output, string name, string source) =>
        output.AddSource(name.Replace("@", "") + ".g.cs", SourceText.From(source, Utf8));
}
