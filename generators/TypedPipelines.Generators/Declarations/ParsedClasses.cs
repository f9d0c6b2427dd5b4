using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Declarations;

/// <summary>
/// Remembers what a class was parsed to. The compiler asks for every pipeline again after every edit, and to answer it binds rows and attributes anew:
/// where nothing has changed that its file's declarations can depend on, the answer is the one before. Plain values are kept, for as long as the class's syntax tree is.
/// </summary>
internal sealed class ParsedClasses
{
    private readonly DeclarationKeys _keys = new();
    private readonly ConditionalWeakTable<SyntaxNode, Parsed> _classes = new();

    public ParsedPipeline? Get(GeneratorAttributeSyntaxContext target, Func<GeneratorAttributeSyntaxContext, CancellationToken, ParsedPipeline?> parse, CancellationToken cancellationToken)
    {
        string key = _keys.Of(target.TargetNode.SyntaxTree, target.SemanticModel.Compilation, cancellationToken);
        Parsed known = _classes.GetOrCreateValue(target.TargetNode);
        lock (known)
        {
            if (known.Key != key)
            {
                known.Pipeline = parse(target, cancellationToken);
                known.Key = key;
            }

            return known.Pipeline;
        }
    }

    private sealed class Parsed
    {
        public string? Key { get; set; }

        public ParsedPipeline? Pipeline { get; set; }
    }
}
