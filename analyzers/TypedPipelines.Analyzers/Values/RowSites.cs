using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Values;

/// <summary>Objects and tables that are written as rows: entities that are added, what other libraries insert, bulk copies, PostgreSQL's import.</summary>
internal static class RowSites
{
    public static IEnumerable<WriteSite> Of(IInvocationOperation call, IOperation root, ISymbol member)
    {
        if (InsertCalls.IsBulkCopy(call.TargetMethod))
        {
            if (call.Arguments.FirstOrDefault()?.Value is { } rows)
            {
                string? table = InsertCalls.BulkTarget(call);
                if (table is null || !SqlName.IsTemporary(SqlName.Plain(table)))
                {
                    yield return new WriteSite(rows, WriteTarget.OfMembers(table));
                }
            }
        }
        else if (InsertCalls.Inserts(call.TargetMethod, member))
        {
            if (call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == (argument.Parameter?.ContainingSymbol is IMethodSymbol { IsExtensionMethod: true } ? 1 : 0))?.Value is { } row)
            {
                yield return new WriteSite(row, WriteTarget.OfMembers(NameOf(row.Type)));
            }
        }
        else if (EntityInserts.IsAdd(call))
        {
            if (BatchWork.Is(call, member) && EntityInserts.UnguardedBy(call) is { } entity && call.Arguments.FirstOrDefault()?.Value is { } added)
            {
                yield return new WriteSite(added, WriteTarget.OfMembers(entity.Name));
            }
        }
        else if (IsImport(call.TargetMethod) && call.Arguments.FirstOrDefault()?.Value is { } cell && ColumnOf(call, root) is var (table, column))
        {
            yield return new WriteSite(cell, WriteTarget.Of(table, column));
        }
    }

    private static string? NameOf(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { TypeArguments.Length: 1 } many => many.TypeArguments[0].Name,
        IArrayTypeSymbol array => array.ElementType.Name,
        _ => type?.Name,
    };

    private static bool IsImport(IMethodSymbol method) => method.Name is "Write" or "WriteAsync" && method.ContainingType is { Name: "NpgsqlBinaryImporter" };

    /// <summary>The column of a cell, where as many cells are written one after the other as the COPY names columns.</summary>
    private static (string Table, string Column)? ColumnOf(IInvocationOperation write, IOperation root)
    {
        var writes = new List<IInvocationOperation>();
        string? sql = null;
        foreach (IOperation operation in root.Descendants())
        {
            if (operation is not IInvocationOperation call)
            {
                continue;
            }

            if (call.TargetMethod.Name.StartsWith("BeginBinaryImport", StringComparison.Ordinal))
            {
                if (sql is not null || DatabaseCalls.CommandTextOf(call) is not { } text)
                {
                    return null;
                }

                sql = CommandText.Of(text);
            }
            else if (IsImport(call.TargetMethod) || (call.TargetMethod.Name is "WriteNull" or "WriteNullAsync" && call.TargetMethod.ContainingType is { Name: "NpgsqlBinaryImporter" }))
            {
                writes.Add(call);
            }
        }

        if (sql is null)
        {
            return null;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql, backslashEscapes: false);
        int copy = tokens.WordAt(0, "copy") ? 1 : tokens.Count;
        string? table = SqlName.Read(tokens, copy);
        int open = SqlName.After(tokens, copy);
        if (table is null || open >= tokens.Count || !tokens[open].Is('('))
        {
            return null;
        }

        var columns = new List<string>();
        for (int i = open + 1; i < tokens.Count && !tokens[i].Is(')'); i++)
        {
            if (tokens[i].IsName)
            {
                columns.Add(tokens[i].Value);
            }
        }

        int index = writes.IndexOf(write);
        return columns.Count == writes.Count && index >= 0 ? (table, columns[index]) : null;
    }
}
