using System.CommandLine;

namespace TypedPipelines.Cli.Commands;

/// <summary>A command, with examples for its help page.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
internal abstract class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>What one would really type, without the program's name.</summary>
    internal abstract IReadOnlyList<string> Examples { get; }

    private protected static Option<string?> From() => new("--from") { Description = "The first partition. [default: the first there is]", HelpName = "key" };

    private protected static Option<string?> To() => new("--to") { Description = "The last partition, itself included. [default: the latest that can be loaded]", HelpName = "key" };

    private protected static Option<bool> Json() => new("--json") { Description = "Write one JSON document to the standard output, and nothing else." };

    private protected static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Leave out progress and partitions that went well." };

    private protected static Argument<string?> OnePipeline() => new("pipeline") { Description = "The pipeline; all where none is named.", Arity = ArgumentArity.ZeroOrOne };

    private protected static Option<string?> OnePartition() => new("--partition", "-p") { Description = "Only those of one partition; needs the pipeline.", HelpName = "key" };

    /// <summary>The key as the ledger has it: an hour can be typed in more than one way.</summary>
    private protected static string? KeyOf(PipelineDescriptor? pipeline, string? typed) => (pipeline, typed) switch
    {
        (_, null) => null,
        (null, _) => throw new PipelineException(
            FailureKind.Usage, "--partition alone does not say whose partition is meant", "Name the pipeline before it."),
        _ => pipeline.Partitions.Parse(typed).Key,
    };

    private protected static Argument<string[]> Pipelines() => new("pipeline")
    {
        Description = "The pipelines; all where none is named.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };
}
