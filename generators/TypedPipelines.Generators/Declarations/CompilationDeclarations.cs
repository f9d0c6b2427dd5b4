using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Logic;

namespace TypedPipelines.Compilation.Declarations;

/// <summary>
/// Which files of a compilation a file's declarations can depend on. Declarations mean each other by the names of types: a file that declares no name which a file says,
/// nor one which is said where those are declared, and so on, can be edited without any change to what that file's declarations mean. Members need no names of their own here,
/// since whoever means one says the type that has it, or is declared in it or in one that inherits it.
/// </summary>
internal sealed class CompilationDeclarations
{
    private readonly TreeDeclarations[] _trees;

    /// <summary>The files that declare a type's name, by their places.</summary>
    private readonly Dictionary<string, List<int>> _declaring = new(System.StringComparer.Ordinal);

    /// <summary>The files that every file may depend on.</summary>
    private readonly HashSet<int> _common = [];

    private readonly string _hash;

    /// <param name="trees">The files, in the compilation's order.</param>
    /// <param name="surroundings">What else a compilation is made of: references, options.</param>
    public CompilationDeclarations(TreeDeclarations[] trees, Digest surroundings)
    {
        _trees = trees;
        var namespaces = new SortedSet<string>(System.StringComparer.Ordinal);
        for (int place = 0; place < trees.Length; place++)
        {
            namespaces.UnionWith(trees[place].Namespaces);
            foreach (string type in trees[place].Types)
            {
                if (!_declaring.TryGetValue(type, out List<int> places))
                {
                    _declaring.Add(type, places = new List<int>(1));
                }

                places.Add(place);
            }
        }

        Follow(Enumerable.Range(0, trees.Length).Where(place => trees[place].ConcernsAll), _common, []);

        // Whether a name is a namespace's, everybody sees.
        foreach (string name in namespaces)
        {
            surroundings.Add(name);
        }

        _hash = Add(surroundings, _common).Hash();
    }

    /// <summary>A key of all that the declarations of a file can depend on.</summary>
    /// <param name="place">The file's place among the compilation's.</param>
    public string KeyOf(int place)
    {
        HashSet<int> own = [];
        Follow([place], own, _common);
        return Add(new Digest().Add(_hash), own).Hash();
    }

    private void Follow(IEnumerable<int> start, HashSet<int> reached, HashSet<int> known)
    {
        var open = new Stack<int>();
        foreach (int place in start)
        {
            Reach(place);
        }

        while (open.Count > 0)
        {
            foreach (string name in _trees[open.Pop()].Mentions)
            {
                if (_declaring.TryGetValue(name, out List<int> places))
                {
                    foreach (int place in places)
                    {
                        Reach(place);
                    }
                }
            }
        }

        void Reach(int place)
        {
            if (!known.Contains(place) && reached.Add(place))
            {
                open.Push(place);
            }
        }
    }

    /// <summary>In the compilation's order: it is that of the members of a type that is declared in parts.</summary>
    private Digest Add(Digest digest, HashSet<int> places)
    {
        int[] ordered = [.. places];
        System.Array.Sort(ordered);
        foreach (int place in ordered)
        {
            digest.Add(_trees[place].Hash);
        }

        return digest;
    }
}
