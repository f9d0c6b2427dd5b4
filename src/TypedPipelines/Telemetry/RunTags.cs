using TypedPipelines.Running;

namespace TypedPipelines.Telemetry;

/// <summary>The attributes of spans and measurements. Those of the database and of errors are OpenTelemetry's (semantic conventions 1.30).</summary>
internal static class RunTags
{
    internal const string Pipeline = "typedpipelines.pipeline";
    internal const string Partition = "typedpipelines.partition";
    internal const string RunId = "typedpipelines.run_id";
    internal const string Outcome = "typedpipelines.outcome";
    internal const string Reason = "typedpipelines.plan_reason";
    internal const string Step = "typedpipelines.step";
    internal const string Direction = "typedpipelines.direction";
    internal const string RowKind = "typedpipelines.row_kind";
    internal const string ErrorType = "error.type";
    internal const string DatabaseSystem = "db.system.name";
    internal const string DatabaseCollection = "db.collection.name";
    internal const string DatabaseOperation = "db.operation.name";

    internal static string OutcomeOf(PartitionStatus status) => status switch
    {
        PartitionStatus.Loaded => "loaded",
        PartitionStatus.UpToDate => "up_to_date",
        PartitionStatus.Cancelled => "cancelled",
        PartitionStatus.Blocked => "blocked",
        _ => "failed",
    };

    /// <summary>A destination's name in OpenTelemetry's terms.</summary>
    internal static string SystemOf(string destination) => destination == "sqlserver" ? "microsoft.sql_server" : destination;
}
