using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TypedPipelines.Cli.Commands;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The help page, with what one would really type at its end.</summary>
/// <param name="page">The page without examples.</param>
internal sealed class HelpWithExamples(HelpAction page) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        using var english = new EnglishTexts();
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is RootCommand root)
        {
            using var text = new StringWriter();
            parseResult.InvocationConfiguration.Output = text;
            page.MaxWidth -= CommandList.Wider;
            page.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.Write(CommandList.ShowOptional(text.ToString(), root));
        }
        else
        {
            page.Invoke(parseResult);
        }

        IReadOnlyList<string> examples = parseResult.CommandResult.Command is CliCommand command ? command.Examples : CommandTree.Examples;
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine($"  {RootCommand.ExecutableName} {example}");
        }

        output.WriteLine();
        return ExitCode.Done;
    }
}
