using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Destinations;

namespace TypedPipelines.Cli.Tests.Fakes;

/// <summary>A user's program, its destination outliving its runs as a database would.</summary>
internal sealed partial class Program(FakeDestination? destination = null)
{
    internal static readonly DateTimeOffset Now = new(2001, 2, 1, 3, 0, 0, TimeSpan.Zero);

    internal FakeDestination Destination { get; } = destination ?? new();

    internal FlightPipeline Flights { get; init; } = new("flights", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("flights"));

    internal List<PipelineRegistration> MorePipelines { get; } = [];

    internal Action<PipelineApp> Configure { get; set; } = _ => { };

    internal bool Interactive { get; init; }

    /// <summary>What somebody at the terminal answers; null where nobody is there.</summary>
    internal Func<string?>? Answer { get; set; }

    internal string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>Connection strings that a destination was created with.</summary>
    internal List<string> Connections { get; } = [];

    internal Interruption? Interruption { get; private set; }

    internal List<int> Kills { get; } = [];

    /// <summary>What has been said so far, while it runs.</summary>
    private Func<string> _said = () => "";

    /// <summary>Waits until something has been said.</summary>
    internal async Task SaidAsync(string text)
    {
        for (int i = 0; i < 600; i++)
        {
            if (_said().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"'{text}' was never said, but: {_said()}");
    }

    internal async Task<Ran> RunAsync(params string[] args)
    {
        var outputText = new StringWriter { NewLine = "\n" };
        var errorText = new StringWriter { NewLine = "\n" };
        TextWriter output = TextWriter.Synchronized(outputText);
        TextWriter error = TextWriter.Synchronized(errorText);
        _said = () => Read(output, outputText) + Read(error, errorText);
        PipelineApp app = PipelineApp.Create(args, ContentRoot);
        app.Services.AddSingleton<TimeProvider>(new StoppedClock());
        app.Services.AddSingleton(Flights.Registration);
        MorePipelines.ForEach(pipeline => app.Services.AddSingleton(pipeline));
        app.Services.AddSingleton(new DestinationRegistration("memory", "Password=secret", Create));
        Configure(app);
        using var interruption = new Interruption(Kills.Add);
        Interruption = interruption;
        var screen = new Screen { Output = output, Error = error, Interactive = Interactive, ErrorIsTerminal = Interactive, Width = Interactive ? 100 : null, Answer = Answer };
        int code = await app.RunAsync(screen, interruption);
        return new Ran(code, outputText.ToString(), errorText.ToString());
    }

    /// <summary>A synchronized writer is its own lock.</summary>
    private static string Read(TextWriter writer, StringWriter text)
    {
        lock (writer)
        {
            return text.ToString();
        }
    }

    internal IDestination Create(IServiceProvider services, string connection)
    {
        Connections.Add(connection);
        return Destination;
    }

    internal sealed partial record Ran(int Code, string Output, string Error)
    {
        /// <summary>The output without what differs from run to run.</summary>
        internal string Steady => SecondsPattern().Replace(Output, "0.000 s");

        internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

        [GeneratedRegex(@"\d+\.\d{3} s\b")]
        private static partial Regex SecondsPattern();
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
