using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>The body of a method as something to compare: a value for each of its statements, in order. It keeps no syntax.</summary>
internal sealed class LogicUnit(string type, string name, Location location, LogicBody body, string? overridden)
{
    private uint[]? _sorted;

    /// <summary>The type that declares it, with its namespace.</summary>
    public string Type { get; } = type;

    public string Name { get; } = name;

    /// <summary>Where the name stands.</summary>
    public Location Location { get; } = location;

    public LogicItem[] Items { get; } = body.Items;

    /// <summary>A value for each word of the body, sorted within each item.</summary>
    public uint[] Words { get; } = body.Words;

    /// <summary>The same, sorted.</summary>
    public uint[] SortedWords
    {
        get
        {
            if (_sorted is null)
            {
                uint[] sorted = (uint[])Words.Clone();
                System.Array.Sort(sorted);
                _sorted = sorted;
            }

            return _sorted;
        }
    }

    /// <summary>The member that it overrides; null where it overrides none.</summary>
    public string? Overridden { get; } = overridden;

    public int Tokens => Words.Length;

    /// <summary>The tokens of what says something.</summary>
    public int Substance { get; } = Sum(body.Items);

    /// <summary>Whether two are alike because they must be: a method beside its asynchronous twin.</summary>
    public static bool AreTwins(LogicUnit left, LogicUnit right) =>
        left.Type == right.Type && left.Name != right.Name && Stem(left.Name) == Stem(right.Name);

    /// <summary>Whether they override one member: then what is alike may be what the member asks for.</summary>
    public static bool AreOverrides(LogicUnit left, LogicUnit right) => left.Overridden is not null && left.Overridden == right.Overridden;

    private static string Stem(string name) => name.EndsWith("Async", System.StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;

    /// <summary>Their order: by file, then by place.</summary>
    public static int Compare(LogicUnit left, LogicUnit right)
    {
        int byFile = string.CompareOrdinal(left.Location.SourceTree?.FilePath, right.Location.SourceTree?.FilePath);
        TextSpan a = left.Location.SourceSpan;
        return byFile != 0 ? byFile : a.CompareTo(right.Location.SourceSpan);
    }

    private static int Sum(LogicItem[] items)
    {
        int sum = 0;
        foreach (LogicItem item in items)
        {
            sum += item.IsSubstance ? item.Tokens : 0;
        }

        return sum;
    }
}

/// <summary>What was read of a body.</summary>
internal readonly struct LogicBody(LogicItem[] items, uint[] words)
{
    public LogicItem[] Items { get; } = items;

    public uint[] Words { get; } = words;
}

/// <summary>One statement, the head of one with statements inside, or a link of a long expression.</summary>
internal readonly struct LogicItem(ulong hash, ulong shape, uint operators, int start, int tokens, bool isSubstance)
{
    /// <summary>The same for items that differ in layout, in names of locals and in literals only.</summary>
    public ulong Hash { get; } = hash;

    /// <summary>The same for items that differ in names of types and members, too.</summary>
    public ulong Shape { get; } = shape;

    /// <summary>Not the same for items that calculate or compare otherwise: those are never alike.</summary>
    public uint Operators { get; } = operators;

    /// <summary>Where its words begin, in those of the body. They are sorted.</summary>
    public int Start { get; } = start;

    public int Tokens { get; } = tokens;

    /// <summary>Whether it says something: a copy of one name to another does not, nor does a guard that throws.</summary>
    public bool IsSubstance { get; } = isSubstance;
}
