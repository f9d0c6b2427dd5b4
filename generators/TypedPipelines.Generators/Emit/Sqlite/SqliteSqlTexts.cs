using System.Collections.Generic;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>The load SQL of one table: the properties of the runtime's <c>SqliteLoadPlan</c>, by the same names.</summary>
internal sealed record SqliteSqlTexts(
    string CreateTable,
    IReadOnlyList<string> CreateIndexes,
    string CreateStaging,
    string Stage,
    string? FindDuplicates,
    string? KeepLatest,
    IReadOnlyList<SqliteSqlStatement> Publish,
    string Read,
    string? ReadWindow);

/// <summary>One statement of a publish.</summary>
/// <param name="Effect">The name of the runtime's <c>SqliteEffect</c>.</param>
/// <param name="Sql">The statement.</param>
internal sealed record SqliteSqlStatement(string Effect, string Sql);
