using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedPipelines.Compilation.Declarations;
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

        var classes = new ParsedClasses();
        IncrementalValuesProvider<ParsedPipeline> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.PipelineAttribute,
                static (node, _) => node is ClassDeclarationSyntax,
                (target, cancellationToken) => classes.Get(target, Parse, cancellationToken))
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

        IncrementalValuesProvider<ResultModel> results = all
            .SelectMany(static (all, _) => all.SelectMany(static pipeline => pipeline.Results).Distinct())
            .WithTrackingName(TrackingNames.Results);

        IncrementalValueProvider<EquatableArray<RegistrationModel>> names = all
            .Select(static (all, _) => new EquatableArray<RegistrationModel>(all
                .Select(static parsed => new RegistrationModel(QualifiedName(parsed.Pipeline), parsed.Pipeline.ClassObsolete))
                .OrderBy(static pipeline => pipeline.Type, System.StringComparer.Ordinal)))
            .WithTrackingName(TrackingNames.Names);

        IncrementalValueProvider<EquatableArray<string>> clashes = all.Select(static (all, _) => HintNames.Clashes(all)).WithTrackingName(TrackingNames.Clashes);

        context.RegisterSourceOutput(pipelines.Combine(clashes), static (output, input) =>
            Add(output, HintNames.File(HintNames.Of(input.Left), "", input.Right), PipelineEmitter.Emit(input.Left)));
        context.RegisterSourceOutput(contracts.Combine(clashes), static (output, input) => Add(
            output,
            HintNames.File(HintNames.Of(input.Left.Contract.Row.TypeName), HintNames.Table, input.Right),
            ContractEmitter.Emit(input.Left.Contract, input.Left.Environment)));
        context.RegisterSourceOutput(csvRows.Combine(clashes), static (output, input) =>
            Add(output, HintNames.File(HintNames.Of(input.Left.Row.TypeName), HintNames.Csv, input.Right), CsvEmitter.Emit(input.Left)));
        context.RegisterSourceOutput(results.Combine(clashes), static (output, input) =>
            Add(output, HintNames.File(HintNames.Of(input.Left.Row.TypeName), HintNames.Result, input.Right), ResultEmitter.Emit(input.Left)));
        context.RegisterImplementationSourceOutput(pipelines.Collect().Combine(clashes).Combine(context.CompilationProvider), static (output, input) =>
        {
            var models = new SemanticModels(input.Right);
            var logicReader = new LogicReader(models, output.CancellationToken);
            var lineageReader = new LineageReader(models, output.CancellationToken);
            foreach (PipelineModel pipeline in input.Left.Left)
            {
                string name = HintNames.Of(pipeline);
                if (logicReader.Read(pipeline) is { } logic)
                {
                    Add(output, HintNames.File(name, HintNames.Logic, input.Left.Right), LogicEmitter.Emit(pipeline, logic));
                }

                if (lineageReader.Read(pipeline) is { } lineage)
                {
                    Add(output, HintNames.File(name, HintNames.Lineage, input.Left.Right), LineageEmitter.Emit(pipeline, lineage));
                }
            }
        });
        context.RegisterSourceOutput(names, static (output, names) => Add(output, HintNames.AddPipelines, RegistrationEmitter.Emit(names)));
    }

    private static ParsedPipeline? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)target.TargetSymbol;
        AttributeData attribute = target.Attributes[0];
        // A class that is declared twice, as while a file is copied, may be marked twice, and is one pipeline all the same.
        AttributeData first = type.GetAttributes().First(static each => each.AttributeClass.IsRuntime("PipelineAttribute"));
        return first.ApplicationSyntaxReference is { } place && place.SyntaxTree == attribute.ApplicationSyntaxReference?.SyntaxTree && place.Span == attribute.ApplicationSyntaxReference.Span
            ? PipelineParser.Parse(type, attribute, new Findings(), cancellationToken)
            : null;
    }

    private static string QualifiedName(PipelineModel pipeline) => "global::" + Qualify(pipeline.Namespace, Text.Identifier(pipeline.ClassName));

    private static string Qualify(string containing, string name) => containing.Length == 0 ? name : containing + "." + name;

    private static void Add(SourceProductionContext output, string file, string source) => output.AddSource(file, SourceText.From(source, Utf8));
}
