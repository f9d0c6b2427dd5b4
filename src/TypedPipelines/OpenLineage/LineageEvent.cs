using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TypedPipelines.Running;

namespace TypedPipelines.OpenLineage;

/// <summary>An event of OpenLineage 2-0-2 as JSON, with the facets of its registry that a run can fill.</summary>
internal static class LineageEvent
{
    private const string Spec = "https://openlineage.io/spec/2-0-2/OpenLineage.json";

    private static readonly string Version = typeof(LineageEvent).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static readonly string Producer = $"urn:typedpipelines:{Version}";

    internal static ReadOnlyMemory<byte> Start(RunNotice run, LineageDatasets datasets, OpenLineageOptions options) =>
        Write(run, datasets, options, "START", run.StartedAt, null);

    internal static ReadOnlyMemory<byte> End(RunNotice run, LineageDatasets datasets, PartitionResult result, DateTimeOffset endedAt, OpenLineageOptions options) =>
        Write(run, datasets, options, TypeOf(result.Status), endedAt, result);

    private static string TypeOf(PartitionStatus status) => status switch
    {
        PartitionStatus.Loaded or PartitionStatus.UpToDate => "COMPLETE",
        PartitionStatus.Cancelled => "ABORT",
        _ => "FAIL",
    };

    private static ReadOnlyMemory<byte> Write(
        RunNotice run, LineageDatasets datasets, OpenLineageOptions options, string type, DateTimeOffset at, PartitionResult? result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        PipelineDescriptor pipeline = run.Planned.Pipeline.Descriptor;
        json.WriteStartObject();
        json.WriteString("eventType", type);
        json.WriteString("eventTime", Instant(at));
        json.WriteString("producer", Producer);
        json.WriteString("schemaURL", $"{Spec}#/$defs/RunEvent");
        json.WriteStartObject("run");
        json.WriteString("runId", run.RunId);
        json.WriteStartObject("facets");
        WriteRunFacets(json, run, result, options);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("job");
        json.WriteString("namespace", options.Namespace);
        json.WriteString("name", pipeline.Name);
        json.WriteStartObject("facets");
        WriteJobFacets(json, pipeline);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteInputs(json, datasets);
        WriteOutputs(json, datasets, pipeline, result);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteRunFacets(Utf8JsonWriter json, RunNotice run, PartitionResult? result, OpenLineageOptions options)
    {
        Partition partition = run.Planned.Partition;
        if (partition.HasWindow)
        {
            Begin(json, "nominalTime", "1-0-1", "NominalTimeRunFacet");
            json.WriteString("nominalStartTime", Instant(partition.Start));
            json.WriteString("nominalEndTime", Instant(partition.End));
            json.WriteEndObject();
        }

        Begin(json, "processing_engine", "1-1-1", "ProcessingEngineRunFacet");
        json.WriteString("name", "TypedPipelines");
        json.WriteString("version", Version);
        json.WriteEndObject();

        json.WriteStartObject("typedpipelines_partition");
        json.WriteString("_producer", Producer);
        json.WriteString("_schemaURL", $"{Spec}#/$defs/RunFacet");
        json.WriteString("partition", partition.Key);
        json.WriteString("reason", run.Planned.Reason.ToString());
        json.WriteEndObject();

        if (result is not null)
        {
            LineageChecks.WriteRun(json, run.Planned.Pipeline.Descriptor, result);
        }

        if (result?.Failure is { } failure)
        {
            Begin(json, "errorMessage", "1-0-1", "ErrorMessageRunFacet");
            json.WriteString("message", options.IncludeMessages ? failure.Message : $"{failure.Kind}: the ledger has the message of run {run.RunId}");
            json.WriteString("programmingLanguage", "C#");
            json.WriteEndObject();
        }
    }

    private static void WriteJobFacets(Utf8JsonWriter json, PipelineDescriptor pipeline)
    {
        Begin(json, "jobType", "2-0-4", "JobTypeJobFacet");
        json.WriteString("processingType", "BATCH");
        json.WriteString("integration", "TYPEDPIPELINES");
        json.WriteString("jobType", "PIPELINE");
        json.WriteEndObject();
        if (pipeline.Description is { } description)
        {
            Begin(json, "documentation", "1-1-0", "DocumentationJobFacet");
            json.WriteString("description", description);
            json.WriteEndObject();
        }

        if (pipeline.Owner is { } owner)
        {
            Begin(json, "ownership", "1-0-1", "OwnershipJobFacet");
            json.WriteStartArray("owners");
            json.WriteStartObject();
            json.WriteString("name", owner);
            json.WriteString("type", "OWNER");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteInputs(Utf8JsonWriter json, LineageDatasets datasets)
    {
        json.WriteStartArray("inputs");
        foreach ((LineageDataset dataset, TableContract? contract) in datasets.Inputs)
        {
            json.WriteStartObject();
            WriteName(json, dataset);
            json.WriteStartObject("facets");
            if (contract is not null)
            {
                WriteSchema(json, contract);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutputs(Utf8JsonWriter json, LineageDatasets datasets, PipelineDescriptor pipeline, PartitionResult? result)
    {
        json.WriteStartArray("outputs");
        foreach ((LineageDataset dataset, TableContract contract) in datasets.Outputs)
        {
            json.WriteStartObject();
            WriteName(json, dataset);
            json.WriteStartObject("facets");
            WriteSchema(json, contract);
            if (datasets.Columns.FirstOrDefault(table => table.Table == contract.DisplayName) is { } columns)
            {
                WriteColumnLineage(json, columns, datasets);
            }

            if (result is not null)
            {
                LineageChecks.WriteTable(json, pipeline, contract, result);
            }

            json.WriteEndObject();
            if (result?.Tables.FirstOrDefault(table => table.Table == contract.DisplayName) is { } loaded)
            {
                json.WriteStartObject("outputFacets");
                Begin(json, "outputStatistics", "1-0-2", "OutputStatisticsOutputDatasetFacet");
                json.WriteNumber("rowCount", loaded.Inserted + loaded.Updated);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSchema(Utf8JsonWriter json, TableContract contract)
    {
        Begin(json, "schema", "1-2-0", "SchemaDatasetFacet");
        json.WriteStartArray("fields");
        int position = 0;
        foreach (Column column in contract.Columns.Where(static column => column.Stored))
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.ToString());
            json.WriteNumber("ordinal_position", ++position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumnLineage(Utf8JsonWriter json, TableLineage lineage, LineageDatasets datasets)
    {
        Begin(json, "columnLineage", "1-2-0", "ColumnLineageDatasetFacet");
        json.WriteStartObject("fields");
        foreach (MemberLineage column in lineage.Columns)
        {
            json.WriteStartObject(column.Member);
            WriteOrigins(json, "inputFields", column.Origins, datasets, "CONDITIONAL");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteOrigins(json, "dataset", lineage.Filters, datasets, "FILTER");
        json.WriteEndObject();
    }

    private static void WriteOrigins(Utf8JsonWriter json, string name, IReadOnlyList<ColumnOrigin> origins, LineageDatasets datasets, string deciding)
    {
        json.WriteStartArray(name);
        foreach (ColumnOrigin origin in origins)
        {
            json.WriteStartObject();
            WriteName(json, datasets.Of(origin));
            json.WriteString("field", origin.Member.Length == 0 ? "*" : origin.Member);
            json.WriteStartArray("transformations");
            json.WriteStartObject();
            json.WriteString("type", origin.Kind == OriginKind.Filter ? "INDIRECT" : "DIRECT");
            json.WriteString("subtype", origin.Kind switch
            {
                OriginKind.Identity => "IDENTITY",
                OriginKind.Expression => "TRANSFORMATION",
                OriginKind.Aggregate => "AGGREGATION",
                _ => deciding,
            });
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteName(Utf8JsonWriter json, LineageDataset dataset)
    {
        json.WriteString("namespace", dataset.Namespace);
        json.WriteString("name", dataset.Name);
    }

    internal static void Begin(Utf8JsonWriter json, string facet, string version, string type)
    {
        json.WriteStartObject(facet);
        json.WriteString("_producer", Producer);
        json.WriteString("_schemaURL", $"https://openlineage.io/spec/facets/{version}/{type}.json#/$defs/{type}");
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
