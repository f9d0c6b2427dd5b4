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

    /// <summary>So many of them must say something: guards and copies of names do not.</summary>
    public const int FewestOfSubstance = 10;

    /// <summary>The same, of what is only nearly another's.</summary>
    private const int FewestOfSubstanceToBeNear = 20;

    /// <summary>What of both must be common: the share at which tools that compare token bags find clones, too (SourcererCC, ICSE 2016).</summary>
    private const double Share = 0.7;

    /// <summary>The same of the shortest: a word more or less is more of them, and short bodies are alike by chance.</summary>
    private const double ShareOfShort = 0.85;

    /// <summary>From here on a body is not short.</summary>
    private const int Long = 60;

    /// <summary>What must be common in items that are the same; where less is, much more must be alike.</summary>
    private const double SameShare = 0.25;

    private const double AlikeShare = 0.82;

    /// <summary>What of overrides of one member must be common: some of it the member asks for.</summary>
    private const double ShareOfOverrides = 0.8;

    private const int FewestTokensOfOverrides = 50;

    /// <summary>How much of a body another must be to be looked for in it, and how much of the smaller one must be there.</summary>
    private const double Part = 0.45;

    private const double ShareOfPart = 0.95;

    private const int FewestTokensOfPart = 50;

    private const int FewestItemsOfPart = 5;

    /// <summary>So many items must a body have to be nearly another's: of few, one that differs is much.</summary>
    private const int FewestItems = 3;

    /// <summary>An item that more bodies have says nothing of two of them.</summary>
    private const int Common = 16;

    /// <summary>The shape of a shorter item is anybody's.</summary>
    private const int FewestTokensOfShape = 8;

    // Longer bodies are compared by nobody's eye, and cost their square.
    private const int MostItems = 400;

    /// <summary>Groups of at least two, each in the order of its places.</summary>
    public static IReadOnlyList<CloneGroup> Find(IEnumerable<LogicUnit> units)
    {
        List<LogicUnit> all = [.. units.Where(unit => unit.Tokens >= FewestTokens && unit.Substance >= FewestOfSubstance && unit.Items.Length <= MostItems)];
        all.Sort(LogicUnit.Compare);
        var groups = new UnionFind(all.Count);
        Join(all, groups, Candidates(all, Same(all, groups)));
        return
        [
            .. Enumerable.Range(0, all.Count).GroupBy(groups.Of).Where(group => group.Count() > 1)
                .Select(group => new CloneGroup([.. group.Select(i => all[i])], IsExact(all, group))),
        ];
    }

    /// <summary>
    /// The nearest first. Two groups are one only where most of the one are near most of the other: of a long chain, each like the next, the ends
    /// have nothing in common. What is only a part of another is of no group.
    /// </summary>
    private static void Join(List<LogicUnit> all, UnionFind groups, HashSet<(int Left, int Right)> candidates)
    {
        var near = new Dictionary<(int Left, int Right), double>();
        var parts = new List<(int Left, int Right)>();
        foreach ((int left, int right) in candidates)
        {
            if (!MayRepeat(all[left], all[right]))
            {
                continue;
            }

            if (Nearness(all[left], all[right]) is > 0 and var nearness)
            {
                near.Add((left, right), nearness);
            }
            else if (IsPart(all[left], all[right]))
            {
                parts.Add((left, right));
            }
        }

        var members = new Dictionary<int, List<int>>();
        List<int> Of(int unit) => members.TryGetValue(groups.Of(unit), out List<int>? found) ? found : [unit];
        foreach ((int left, int right) in near.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key.Left).ThenBy(static pair => pair.Key.Right).Select(static pair => pair.Key))
        {
            (List<int> a, List<int> b) = (Of(left), Of(right));
            if (groups.Of(left) != groups.Of(right)
                && 2 * a.Sum(one => b.Count(other => near.ContainsKey((Math.Min(one, other), Math.Max(one, other))))) > a.Count * b.Count)
            {
                groups.Join(left, right);
                members[groups.Of(left)] = [.. a, .. b];
            }
        }

        foreach ((int left, int right) in parts.OrderBy(static pair => pair.Left).ThenBy(static pair => pair.Right))
        {
            if (groups.IsAlone(left) && groups.IsAlone(right))
            {
                groups.Join(left, right);
            }
        }
    }

    private static bool MayRepeat(LogicUnit left, LogicUnit right) =>
        !LogicUnit.AreTwins(left, right) && (!LogicUnit.AreOverrides(left, right) || Math.Min(left.Tokens, right.Tokens) >= FewestTokensOfOverrides);

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

            int other = same.FindIndex(at => MayRepeat(all[at], all[i]) && AreSame(all[at].Items, all[i].Items));
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
            foreach (ulong hash in all[unit].Items.Select(static item => item.Hash).Concat(all[unit].Items.Where(static item => item.Tokens >= FewestTokensOfShape).Select(static item => item.Shape)).Distinct())
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

    /// <summary>What two have in common, of the longer one; 0 where they are not the same logic.</summary>
    private static double Nearness(LogicUnit left, LogicUnit right)
    {
        int most = Math.Max(left.Tokens, right.Tokens);
        double share = LogicUnit.AreOverrides(left, right) ? ShareOfOverrides : ShareFor(most);
        if (Math.Min(left.Substance, right.Substance) < FewestOfSubstanceToBeNear || Math.Min(left.Items.Length, right.Items.Length) < FewestItems || LogicMatch.SharedWords(left, right) < share * most)
        {
            return 0;
        }

        (int same, int all) = LogicMatch.Of(left, right);
        return all >= (same >= SameShare * most ? share : Math.Max(share, AlikeShare)) * most ? (double)all / most : 0;
    }

    private static double ShareFor(int tokens) =>
        tokens >= Long ? Share : ShareOfShort - ((ShareOfShort - Share) * (tokens - FewestTokens) / (Long - FewestTokens));

    /// <summary>Whether nearly all of the shorter one stands in the longer one, too.</summary>
    private static bool IsPart(LogicUnit left, LogicUnit right)
    {
        (int least, int most) = (Math.Min(left.Tokens, right.Tokens), Math.Max(left.Tokens, right.Tokens));
        return least >= FewestTokensOfPart && least >= Part * most
            && Math.Min(left.Items.Length, right.Items.Length) >= FewestItemsOfPart
            && !LogicUnit.AreOverrides(left, right)
            && LogicMatch.SharedWords(left, right) >= ShareOfPart * least
            && LogicMatch.Of(left, right).Same >= ShareOfPart * least;
    }

    private sealed class UnionFind(int count)
    {
        private readonly HashSet<int> _joined = [];
        private readonly int[] _parents = [.. Enumerable.Range(0, count)];

        public int Of(int member)
        {
            while (_parents[member] != member)
            {
                member = _parents[member];
            }

            return member;
        }

        public bool IsAlone(int member) => Of(member) == member && !_joined.Contains(member);

        /// <summary>The first by place stands for the group.</summary>
        public void Join(int left, int right)
        {
            (int a, int b) = (Of(left), Of(right));
            _parents[Math.Max(a, b)] = Math.Min(a, b);
            _joined.Add(a);
            _joined.Add(b);
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
