namespace TypedPipelines.Telemetry;

/// <summary>
/// The names under which runs are traced and measured, for OpenTelemetry or any other listener:
/// <c>tracing.AddSource(PipelineTelemetry.SourceName)</c>, <c>metrics.AddMeter(PipelineTelemetry.MeterName)</c>. Nothing is recorded where nobody listens.
/// docs/telemetry.md lists what is recorded. No value of a row, no connection string and no statement is part of it.
/// </summary>
public static class PipelineTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string SourceName = "TypedPipelines";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "TypedPipelines";
}
