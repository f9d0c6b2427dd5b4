using System.CommandLine;
using System.CommandLine.Help;
using TypedPipelines.Cli.Commands;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The commands and their options.</summary>
internal sealed class CommandTree
{
    private readonly RootCommand _root = new("Runs data pipelines. Every command can be repeated: what is loaded is not loaded twice.");

    /// <summary>Builds it.</summary>
    /// <param name="launch">Carries a command out.</param>
    /// <param name="globals">The options that every command has.</param>
    /// <param name="screen">For the width of help pages.</param>
    internal CommandTree(CommandLauncher launch, GlobalOptions globals, Screen screen)
    {
        _root.Add(new ListCommand(launch));
        _root.Add(new PrepareCommand(launch));
        _root.Add(new PlanCommand(launch));
        _root.Add(new RunCommand(launch));
        _root.Add(new BackfillCommand(launch));
        _root.Add(new RetryCommand(launch));
        _root.Add(new UndoCommand(launch));
        _root.Add(new ServeCommand(launch));
        _root.Add(new StatusCommand(launch));
        _root.Add(new ChecksCommand(launch));
        _root.Add(new RejectsCommand(launch));
        _root.Add(new LateCommand(launch));
        _root.Add(new GraphCommand(launch));
        _root.Add(new ReportCommand(launch));
        _root.Add(new RunBookCommand(launch));
        globals.AddTo(_root);
        foreach (Option option in _root.Options)
        {
            if (option is HelpOption { Action: HelpAction page })
            {
                page.MaxWidth = screen.Width ?? 120;
                option.Action = new HelpWithExamples(page);
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionText();
            }
        }
    }

    /// <summary>The examples on the root's help page.</summary>
    internal static IReadOnlyList<string> Examples { get; } =
    [
        "backfill                                    load all that is missing",
        "plan                                        see what a backfill would load, and why",
        "status                                      see what is loaded and what is not",
        "run flights --partition 2001-01-17          load one partition again",
        "rejects flights                             see the rows that were kept out, and why",
    ];

    /// <summary>Reads a command line.</summary>
    internal ParseResult Parse(string[] args)
    {
        using var english = new EnglishTexts();
        // No @file arguments: a connection string may begin with any character.
        return _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }
}
