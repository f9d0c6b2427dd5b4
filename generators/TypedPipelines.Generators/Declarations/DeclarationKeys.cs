using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Logic;

namespace TypedPipelines.Compilation.Declarations;

/// <summary>
/// A key of all that the declarations of a file can depend on: in two compilations that have the same key for it, its types have the same members and attributes, and these mean the
/// same types. Neither what is typed inside a body changes it, nor what is declared in files that it has nothing to do with.
/// </summary>
internal sealed class DeclarationKeys
{
    private readonly ConditionalWeakTable<SyntaxTree, TreeDeclarations> _trees = new();
    private readonly ConditionalWeakTable<Microsoft.CodeAnalysis.Compilation, Read> _compilations = new();
    private readonly ConditionalWeakTable<object, string> _objects = new();
    private int _numbers;

    public string Of(SyntaxTree tree, Microsoft.CodeAnalysis.Compilation compilation, CancellationToken cancellationToken)
    {
        if (!_compilations.TryGetValue(compilation, out Read read))
        {
            Read made = Make(compilation, cancellationToken);
            read = _compilations.GetValue(compilation, _ => made);
        }

        return read.Declarations.KeyOf(read.Places[tree]);
    }

    private Read Make(Microsoft.CodeAnalysis.Compilation compilation, CancellationToken cancellationToken)
    {
        Digest surroundings = new Digest().Add(compilation.AssemblyName ?? "").Add(Number(compilation.Options));
        foreach (MetadataReference reference in compilation.References)
        {
            surroundings.Add(Number(reference)); // Where a project that is referred to changes, so does this.
        }

        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        var places = new Dictionary<SyntaxTree, int>(trees.Length);
        var declared = new TreeDeclarations[trees.Length];
        ParseOptions? options = null;
        for (int place = 0; place < trees.Length; place++)
        {
            SyntaxTree tree = trees[place];
            if (!ReferenceEquals(options, tree.Options))
            {
                options = tree.Options;
                surroundings.Add(place.ToString(CultureInfo.InvariantCulture)).Add(Number(options));
            }

            places.Add(tree, place);
            declared[place] = Of(tree, cancellationToken);
        }

        return new Read(new CompilationDeclarations(declared, surroundings), places);
    }

    private TreeDeclarations Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_trees.TryGetValue(tree, out TreeDeclarations known))
        {
            return known;
        }

        TreeDeclarations declared = TreeDeclarations.Of(tree, cancellationToken);
        return _trees.GetValue(tree, _ => declared);
    }

    /// <summary>Tells objects apart that the compiler keeps from one compilation to the next, without keeping them.</summary>
    private string Number(object each) =>
        _objects.GetValue(each, _ => Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture));

    private sealed class Read(CompilationDeclarations declarations, Dictionary<SyntaxTree, int> places)
    {
        public CompilationDeclarations Declarations { get; } = declarations;

        public Dictionary<SyntaxTree, int> Places { get; } = places;
    }
}
