using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace TypedPipelines.Cli.Hosting;

/// <summary>What is logged where, unless the configuration's <c>Logging</c> section or the program says otherwise.</summary>
internal static class LogDefaults
{
    private const string Run = "TypedPipelines.Run";

    internal static void Add(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'Z '"; // It is formatted in the machine's culture, where a colon can be a point;
            console.UseUtcTimestamp = true;
        });
        // Results alone go to the standard output.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter(null, LogLevel.Warning);
        // The command line prints the results of a run itself; any other logger that the program adds gets them as logs.
        logging.AddFilter(Run, LogLevel.Information);
        logging.AddFilter<ConsoleLoggerProvider>(Run, LogLevel.None);
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }

    /// <summary>With <c>--verbose</c>: everything of the engine and the pipelines, with stack traces.</summary>
    internal static void AddVerbose(ILoggingBuilder logging)
    {
        logging.AddFilter(null, LogLevel.Information);
        logging.AddFilter("TypedPipelines", LogLevel.Debug);
        logging.AddFilter(Run, LogLevel.Debug);
        logging.AddFilter<ConsoleLoggerProvider>(Run, LogLevel.Debug);
    }
}
