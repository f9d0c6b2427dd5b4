using Microsoft.Extensions.Logging;

namespace TypedPipelines.Alerts;

/// <summary>What is logged of alerts: never an address, nor what an exception says, which may have it.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(1020, LogLevel.Warning, "{Pipeline} {Partition}: the alert was not sent to {Sink}: {What}. It is tried again by the next run that has reason to; what fails after it in this run is logged at level debug (1021)")]
    internal static partial void NotSent(ILogger log, string pipeline, string? partition, string sink, string what);

    [LoggerMessage(1021, LogLevel.Debug, "{Pipeline} {Partition}: the alert was not sent to {Sink}: {What}")]
    internal static partial void NotSentEither(ILogger log, string pipeline, string? partition, string sink, string what);

    [LoggerMessage(1022, LogLevel.Warning, "Which alerts were sent is not kept in the destination ({What}): another process may send them again")]
    internal static partial void NotRemembered(ILogger log, string what);

    [LoggerMessage(1024, LogLevel.Warning, "Whether somebody is to be told could not be found out: {What}")]
    internal static partial void NotMade(ILogger log, string what);

    [LoggerMessage(1023, LogLevel.Warning, "Alerts were still on their way after {Seconds} s, and are given up")]
    internal static partial void GivenUp(ILogger log, double seconds);
}
