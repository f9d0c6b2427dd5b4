using System.Collections.Generic;
using TypedPipelines.Compilation.Emit.Loads;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>The load SQL of one table: the properties of the runtime's <c>SqliteLoadPlan</c>, by the same names.</summary>
internal sealed record SqliteSqlTexts(
    string CreateTable,
    IReadOnlyList<string> CreateIndexes,
    string CreateStaging,
    string Stage,
    string? IndexStaging,
    string? FindDuplicates,
    string? KeepLatest,
    string? FindConflict,
    string? CountMissing,
    IReadOnlyList<LoadStatement> Publish,
    string Read,
    string? ReadWindow);
