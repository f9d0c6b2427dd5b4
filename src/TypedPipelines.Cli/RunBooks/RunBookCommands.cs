using System.Text;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>The part of a run book that says what to type.</summary>
internal static class RunBookCommands
{
    internal static string Of(PipelineDescriptor pipeline, bool isRead)
    {
        var text = new StringBuilder();
        string name = pipeline.Name;
        bool whole = pipeline.Partitions.Kind == PartitionScheme.None.Kind;
        string key = ExampleOf(pipeline.Partitions);
        void Say(string what, params string[] commands) => text.Append(what).Append("\n\n").Append(Block(commands));

        Say("See what is loaded, what failed and what is missing; then what would be loaded, and why:", ShellText.Command("status", name, "--partitions"), ShellText.Command("plan", name));
        Say("All that is known of one partition, with the messages of its last runs:", ShellText.Command("plan", name, "--explain", key));
        Say(
            whole ? "Load it, also where it is complete:" : $"Load one partition, also where it is complete (partitions are {Markdown.Text(pipeline.Partitions.KeyForm)}):",
            whole ? ShellText.Command("run", name) : ShellText.Command("run", name, "--partition", key));
        Say("Load all that is missing, failed, partial or stale:", ShellText.Command("backfill", name));
        if (pipeline.Partitions.HasWindows)
        {
            Say("Load a span again, whatever its state; the last one is included:", ShellText.Command("backfill", name, "--from", key, "--to", key, "--force"));
        }

        Say("Load what failed, and nothing else:", ShellText.Command("retry", name));
        Say("After a change of code, see what was loaded with other code, then load it again:", ShellText.Command("backfill", name, "--stale", "--dry-run"), ShellText.Command("backfill", name, "--stale"));
        if (isRead)
        {
            Say("Load a partition again with all that was made from it:", WithDownstream(pipeline));
        }

        string starter = pipeline.Schedule is null
            ? "stop whatever starts the program for this pipeline; the program itself starts nothing."
            : $"stop the process that serves it, and whatever else starts the program for it; {Markdown.Code(ShellText.Command("serve"))} with the names of the others goes on with these.";
        text.Append($"**Pause**: {starter} A run that is going on is stopped by Ctrl-C or SIGTERM, with exit code 130: what is loaded stays, "
            + "and nothing is left half done. After the pause, `backfill` loads what has come due.\n\n");
        text.Append(TakeBack(pipeline, whole ? null : key));
        return text.ToString();
    }

    private static string TakeBack(PipelineDescriptor pipeline, string? key)
    {
        const string mend = "Mend what was wrong, in the source or in the code, and run the partition again: [what that does](#rerun) is the same however often.";
        if (pipeline.Loads.All(load => load.Contract.KeepsReplaced))
        {
            string command = key is null ? ShellText.Command("undo", pipeline.Name) : ShellText.Command("undo", pipeline.Name, "--partition", key);
            return "**Take back** the last load of a partition, so that what it replaced is there again and what was made of it becomes stale. It asks first, and without a terminal wants `--yes`:\n\n"
                + Block(command)
                + $"The load before that is not kept. {mend}\n\n";
        }

        string tables = string.Join(", ", pipeline.Loads.Where(load => !load.Contract.KeepsReplaced).Select(load => Markdown.Code(load.Contract.DisplayName)));
        return $"**Take back**: no command undoes a load, since what it replaced in {tables} is not kept. {mend} "
            + "Where the code was wrong, the version before it, checked out and run, loads what it would have loaded.\n\n";
    }

    /// <summary>A partition's key to show in commands. Which files there are, only the machine knows.</summary>
    internal static string ExampleOf(PartitionScheme partitions) =>
        partitions.Kind == PartitionScheme.None.Kind ? "all" : partitions.HasWindows ? partitions.All().FirstOrDefault()?.Key ?? "KEY" : "FILE";

    internal static string WithDownstream(PipelineDescriptor pipeline)
    {
        string key = ExampleOf(pipeline.Partitions);
        return pipeline.Partitions.HasWindows
            ? ShellText.Command("backfill", pipeline.Name, "--from", key, "--to", key, "--force", "--downstream")
            : ShellText.Command("backfill", pipeline.Name, "--force", "--downstream");
    }

    internal static string Block(params string[] commands) => $"```sh\n{string.Join('\n', commands)}\n```\n\n";
}
