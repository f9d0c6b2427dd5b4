namespace TypedPipelines.Ledger;

/// <summary>The parts of a logic as one text, as the ledger keeps them: a line for each, with its hash and then its name.</summary>
internal static class LogicText
{
    internal static string Of(PipelineLogic logic) => string.Join('\n', logic.Parts.Select(part => $"{part.Hash} {part.Name}"));

    internal static IReadOnlyList<LogicPart> Read(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(part => part.Length == 2)
            .Select(part => new LogicPart(part[1], part[0])),
    ];
}
