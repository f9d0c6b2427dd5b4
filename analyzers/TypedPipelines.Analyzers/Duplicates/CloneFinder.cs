using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>
/// Finds bodies with the same logic: those that are the same item by item (types 1 and 2), and those whose longest common subsequence of
/// items is most of both (type 3). Candidates come from an index of items that few have, so that not every pair is looked at.
/// </summary>
internal static class CloneFinder
{
    /// <summary>Less is an idiom, not logic. Braces, semicolons and types of locals do not count: it is about 50 of the compiler's tokens.</summary>
    public const int FewestTokens = 30;

    /// <summary>What of both must be common: the share at which tools that compare token bags find clones, too (SourcererCC, ICSE 2016).</summary>
    private const double Share = 0.7;

    /// <summary>So many items must a body have to be nearly another's: of few, one that differs is much.</summary>
    private const int FewestItems = 4;

    /// <summary>An item that more bodies have says nothing of two of them.</summary>
    private const int Common = 16;

    // Longer bodies are compared by nobody's eye, and cost their square.
    private const int MostItems = 400;

    /// <summary>Groups of at least two, each in the order of its places.</summary>
    public static IReadOnlyList<CloneGroup> Find(IEnumerable<LogicUnit> units)
    {
        List<LogicUnit> all = [.. units.Where(unit => unit.Tokens >= FewestTokens && unit.Items.Length <= MostItems)];
        all.Sort(LogicUnit.Compare);
        var groups = new UnionFind(all.Count);
        List<int> different = Same(all, groups);
        foreach ((int left, int right) in Candidates(all, different))
        {
            if (!LogicUnit.AreTwins(all[left], all[right]) && AreNear(all[left].Items, all[right].Items))
            {
                groups.Join(left, right);
            }
        }

        return
        [
            .. Enumerable.Range(0, all.Count).GroupBy(groups.Of).Where(group => group.Count() > 1)
                .Select(group => new CloneGroup([.. group.Select(i => all[i])], IsExact(all, group))),
        ];
    }

    private static bool IsExact(List<LogicUnit> all, IEnumerable<int> group)
    {
        LogicItem[] first = all[group.First()].Items;
        return group.All(i => AreSame(all[i].Items, first));
    }

    /// <summary>Joins those that are the same, and gives one of each.</summary>
    private static List<int> Same(List<LogicUnit> all, UnionFind groups)
    {
        var firsts = new Dictionary<ulong, List<int>>();
        var different = new List<int>();
        for (int i = 0; i < all.Count; i++)
        {
            ulong hash = 17;
            foreach (LogicItem item in all[i].Items)
            {
                hash = (hash * 31) + item.Hash;
            }

            if (!firsts.TryGetValue(hash, out List<int>? same))
            {
                firsts.Add(hash, same = []);
            }

            int other = same.FindIndex(at => !LogicUnit.AreTwins(all[at], all[i]) && AreSame(all[at].Items, all[i].Items));
            if (other < 0)
            {
                different.Add(i);
            }
            else
            {
                groups.Join(same[other], i);
            }

            same.Add(i);
        }

        return different;
    }

    private static bool AreSame(LogicItem[] left, LogicItem[] right) =>
        left.Length == right.Length && left.Zip(right, static (a, b) => a.Hash == b.Hash).All(static same => same);

    private static HashSet<(int Left, int Right)> Candidates(List<LogicUnit> all, List<int> different)
    {
        var places = new Dictionary<ulong, List<int>>();
        foreach (int unit in different)
        {
            foreach (ulong hash in all[unit].Items.Select(static item => item.Hash).Distinct())
            {
                if (!places.TryGetValue(hash, out List<int>? found))
                {
                    places.Add(hash, found = []);
                }

                found.Add(unit);
            }
        }

        var pairs = new HashSet<(int, int)>();
        foreach (List<int> found in places.Values)
        {
            for (int i = 0; found.Count <= Common && i < found.Count; i++)
            {
                for (int j = i + 1; j < found.Count; j++)
                {
                    pairs.Add((found[i], found[j]));
                }
            }
        }

        return pairs;
    }

    private static bool AreNear(LogicItem[] left, LogicItem[] right)
    {
        int most = Math.Max(left.Length, right.Length);
        if (Math.Min(left.Length, right.Length) < Math.Max(FewestItems, Share * most))
        {
            return false;
        }

        (int items, int tokens) = CommonOf(left, right);
        return items >= Share * most && tokens >= Share * Math.Max(left.Sum(static item => item.Tokens), right.Sum(static item => item.Tokens));
    }

    /// <summary>The longest common subsequence by tokens: how many items it has, and how many tokens these.</summary>
    private static (int Items, int Tokens) CommonOf(LogicItem[] left, LogicItem[] right)
    {
        var before = new (int Items, int Tokens)[right.Length + 1];
        var now = new (int Items, int Tokens)[right.Length + 1];
        foreach (LogicItem a in left)
        {
            for (int j = 0; j < right.Length; j++)
            {
                now[j + 1] = a.Hash == right[j].Hash
                    ? (before[j].Items + 1, before[j].Tokens + a.Tokens)
                    : before[j + 1].Tokens >= now[j].Tokens ? before[j + 1] : now[j];
            }

            (before, now) = (now, before);
        }

        return before[right.Length];
    }

    private sealed class UnionFind(int count)
    {
        private readonly int[] _parents = [.. Enumerable.Range(0, count)];

        public int Of(int member)
        {
            while (_parents[member] != member)
            {
                member = _parents[member];
            }

            return member;
        }

        /// <summary>The first by place stands for the group.</summary>
        public void Join(int left, int right)
        {
            (int a, int b) = (Of(left), Of(right));
            _parents[Math.Max(a, b)] = Math.Min(a, b);
        }
    }
}

/// <summary>Bodies with the same logic, in the order of their places.</summary>
internal sealed class CloneGroup(IReadOnlyList<LogicUnit> units, bool isExact)
{
    public IReadOnlyList<LogicUnit> Units { get; } = units;

    /// <summary>Whether they differ in layout, names of locals and literals only.</summary>
    public bool IsExact { get; } = isExact;
}
