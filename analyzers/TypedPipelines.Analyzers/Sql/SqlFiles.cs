using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// The <c>.sql</c> files among a project's <c>AdditionalFiles</c>: a text that code reads from a file, or from an embedded resource, whose name is
/// a constant there.
/// </summary>
internal sealed class SqlFiles
{
    private const string Extension = ".sql";

    /// <summary>By assembly, so that they can be found from a symbol too; they are held no longer than it is.</summary>
    private static readonly ConditionalWeakTable<IAssemblySymbol, SqlFiles> All = new();

    private readonly ImmutableArray<(string Name, AdditionalText File)> _files;

    private SqlFiles(IEnumerable<AdditionalText> files) => _files = [.. files.Select(static file => (Dotted(file.Path), file))];

    /// <summary>Lets the rules of an analyzer read them: each that looks at SQL text begins with it.</summary>
#pragma warning disable RS1012 // It registers nothing itself: what it notes is for the actions that the analyzer registers.
    public static void Provide(AnalysisContext context) => context.RegisterCompilationStartAction(static start =>
#pragma warning restore RS1012
    {
        ImmutableArray<AdditionalText> files = start.Options.AdditionalFiles;
        if (files.Any(static file => IsName(file.Path)))
        {
            All.GetValue(start.Compilation.Assembly, _ => new SqlFiles(files.Where(static file => IsName(file.Path))));
        }
    });

    /// <summary>
    /// The text that a call reads, where the one name in it ends in <c>.sql</c>: <c>File.ReadAllText("load.sql")</c>, <c>Sql.Load("load.sql")</c>, or
    /// a reader's <c>ReadToEnd()</c> in a member that opens one such stream.
    /// </summary>
    public static string? TextOf(IOperation call)
    {
        if (call.SemanticModel?.Compilation.Assembly is not { } assembly || !All.TryGetValue(assembly, out SqlFiles? files))
        {
            return null;
        }

        bool isReader = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReadToEnd" or "ReadToEndAsync" } };
        return files.Named(isReader
            ? OperationTree.Root(call).Descendants().Select(static operation => operation.ConstantValue is { HasValue: true, Value: string text } ? text : null)
            : call.Descendants().Select(static operation => operation.ConstantValue is { HasValue: true, Value: string text } ? text : null));
    }

    /// <summary>The same for a call that a field or property of a type begins with, which is not bound.</summary>
    public static string? TextOf(InvocationExpressionSyntax call, ISymbol? member) =>
        member?.ContainingAssembly is { } assembly && All.TryGetValue(assembly, out SqlFiles? files)
            ? files.Named(call.ArgumentList.DescendantNodes().OfType<LiteralExpressionSyntax>().Select(static literal => literal.Token.Value as string))
            : null;

    private static bool IsName(string text) => text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>A path as a resource is named after it.</summary>
    private static string Dotted(string path) => "." + path.Replace('\\', '.').Replace('/', '.').TrimStart('.');

    /// <summary>The text of the one file that the names speak of; null where there are two of them, or none.</summary>
    private string? Named(IEnumerable<string?> names)
    {
        string[] distinct = [.. names.OfType<string>().Where(IsName).Distinct(StringComparer.Ordinal)];
        if (distinct.Length != 1)
        {
            return null;
        }

        // "App.Sql.load.sql" is a file's path from somewhere on: all before may be the name of the project.
        for (string name = Dotted(distinct[0]); name.Length > Extension.Length; name = name.Substring(name.IndexOf('.', 1)))
        {
            AdditionalText[] found = [.. _files.Where(file => file.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)).Select(static file => file.File)];
            if (found.Length > 0)
            {
                return found.Length == 1 ? found[0].GetText(CancellationToken.None)?.ToString() : null;
            }

            if (name.IndexOf('.', 1) < 0)
            {
                return null;
            }
        }

        return null;
    }
}
