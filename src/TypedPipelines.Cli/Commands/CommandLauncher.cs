using System.CommandLine;
using TypedPipelines.Cli.Hosting;

namespace TypedPipelines.Cli.Commands;

/// <summary>Carries a command out: builds what it works with, and gives the exit code.</summary>
/// <param name="parsed">The command line.</param>
/// <param name="command">The command.</param>
internal delegate Task<int> CommandLauncher(ParseResult parsed, Func<CliSession, Task<int>> command);
