using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>The body of a method as something to compare: a value for each of its statements, in order. It keeps no syntax.</summary>
internal sealed class LogicUnit(string type, string name, Location location, LogicItem[] items, string? overridden)
{
    /// <summary>The type that declares it, with its namespace.</summary>
    public string Type { get; } = type;

    public string Name { get; } = name;

    /// <summary>Where the name stands.</summary>
    public Location Location { get; } = location;

    public LogicItem[] Items { get; } = items;

    /// <summary>The member that it overrides; null where it overrides none.</summary>
    public string? Overridden { get; } = overridden;

    public int Tokens { get; } = Sum(items);

    /// <summary>
    /// Whether two are alike because they must be: overrides of one member, and a method beside its asynchronous twin.
    /// </summary>
    public static bool AreTwins(LogicUnit left, LogicUnit right) =>
        (left.Overridden is not null && left.Overridden == right.Overridden)
        || (left.Type == right.Type && left.Name != right.Name && Stem(left.Name) == Stem(right.Name));

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
            sum += item.Tokens;
        }

        return sum;
    }
}

/// <summary>One statement, the head of one with statements inside, or a link of a long expression.</summary>
internal readonly struct LogicItem(ulong hash, int tokens, bool isCopy)
{
    /// <summary>The same for items that differ in layout, in names of locals and in literals only.</summary>
    public ulong Hash { get; } = hash;

    public int Tokens { get; } = tokens;

    /// <summary>Whether it copies one name to another, and says nothing besides.</summary>
    public bool IsCopy { get; } = isCopy;
}
