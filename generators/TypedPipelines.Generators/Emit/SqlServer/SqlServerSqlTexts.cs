using System.Collections.Generic;
using TypedPipelines.Compilation.Emit.Loads;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>The load SQL of one table: the properties of the runtime's <c>SqlServerLoadPlan</c>, by the same names.</summary>
internal sealed record SqlServerSqlTexts(
    string Table,
    string? CreateSchema,
    string CreateTable,
    IReadOnlyList<SqlServerSqlIndex> CreateIndexes,
    IReadOnlyList<string> Definitions,
    string Staging,
    string CreateStaging,
    string DropStaging,
    string? IndexStaging,
    string? FindDuplicates,
    string? KeepLatest,
    string? FindConflict,
    string? CountMissing,
    IReadOnlyList<LoadStatement> Publish,
    string Read,
    string? ReadWindow);

/// <summary>An index that the load needs.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Sql">The statement that creates it.</param>
internal sealed record SqlServerSqlIndex(string Name, string Sql);
