using System.Collections.Generic;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>The load SQL of one table at one destination: the properties of the runtime's load plan there, by the same names. What a destination has not is null.</summary>
internal sealed record LoadTexts(
    string? Table,
    string? CreateSchema,
    string CreateTable,
    IReadOnlyList<IndexText> CreateIndexes,
    IReadOnlyList<string>? Definitions,
    string? Staging,
    string CreateStaging,
    string? DropStaging,
    string? Stage,
    string? IndexStaging,
    string? FindDuplicates,
    string? KeepLatest,
    string? FindConflict,
    string? CountMissing,
    IReadOnlyList<StatementText> Publish,
    string Read,
    string? ReadWindow)
{
    public string? Upsert { get; init; }

    public string? ChangedTimes { get; init; }

    public string? MissingTimes { get; init; }

    public ReplacedText? Replaced { get; init; }

    public string? Fill { get; init; }

    public string? CountUnchanged { get; init; }

    public string? FindLongest { get; init; }

    public string? Copy { get; init; }

    public int? KeyBytes { get; init; }

    public IReadOnlyList<CheckText> Checks { get; init; } = [];
}

/// <summary>An index that a load needs.</summary>
/// <param name="Name">Its name, unquoted; null where the destination finds out by itself whether it is there.</param>
/// <param name="Sql">The statement that creates it.</param>
internal sealed record IndexText(string? Name, string Sql);
