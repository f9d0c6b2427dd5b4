using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The version of the program and of what it is built on: a report of a defect needs both.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Assembly engine = typeof(PipelineDescriptor).Assembly;
        Assembly program = Assembly.GetEntryAssembly() ?? engine;
        parseResult.InvocationConfiguration.Output.WriteLine($"{program.GetName().Name} {Of(program)} (TypedPipelines {Of(engine)})");
        return ExitCode.Done;
    }

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "?";
}
