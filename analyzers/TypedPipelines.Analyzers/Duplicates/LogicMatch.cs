using System;
using System.Collections.Generic;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>
/// How much of two bodies is the same. Items that are the same count wherever they stand; of those that are left, in order, items that are
/// alike (another name called, one argument more) count by the words that they share.
/// </summary>
internal static class LogicMatch
{
    /// <summary>The share of words from which two items are alike.</summary>
    private const double Alike = 0.6;

    /// <summary>Of fewer words, one that differs makes another item.</summary>
    private const int FewestWords = 4;

    /// <summary>The words that both have, in whatever order: what is common cannot be more.</summary>
    public static int SharedWords(LogicUnit left, LogicUnit right) =>
        Shared(left.SortedWords, 0, left.Tokens, right.SortedWords, 0, right.Tokens);

    /// <summary>The words of items that are the same, and of those that are the same or alike.</summary>
    public static (int Same, int All) Of(LogicUnit left, LogicUnit right)
    {
        var places = new Dictionary<ulong, int>(right.Items.Length);
        foreach (LogicItem item in right.Items)
        {
            places[item.Hash] = places.TryGetValue(item.Hash, out int count) ? count + 1 : 1;
        }

        int same = 0;
        var leftOver = new List<LogicItem>();
        foreach (LogicItem item in left.Items)
        {
            if (places.TryGetValue(item.Hash, out int count) && count > 0)
            {
                places[item.Hash] = count - 1;
                same += item.Tokens;
            }
            else
            {
                leftOver.Add(item);
            }
        }

        var rightOver = new List<LogicItem>();
        for (int i = right.Items.Length - 1; i >= 0; i--)
        {
            LogicItem item = right.Items[i];
            if (places[item.Hash] > 0)
            {
                places[item.Hash]--;
                rightOver.Add(item);
            }
        }

        rightOver.Reverse();
        return (same, same + AlikeWords(left.Words, leftOver, right.Words, rightOver));
    }

    /// <summary>The longest common subsequence of items that are alike, by the words that they share.</summary>
    private static int AlikeWords(uint[] leftWords, List<LogicItem> left, uint[] rightWords, List<LogicItem> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }

        int[] before = new int[right.Count + 1];
        int[] now = new int[right.Count + 1];
        foreach (LogicItem a in left)
        {
            for (int j = 0; j < right.Count; j++)
            {
                LogicItem b = right[j];
                int most = Math.Max(a.Tokens, b.Tokens);
                int shared = a.Operators != b.Operators || Math.Min(a.Tokens, b.Tokens) < Math.Max(FewestWords, Alike * most) ? 0 : Shared(leftWords, a.Start, a.Tokens, rightWords, b.Start, b.Tokens);
                int with = shared < Alike * most ? 0 : before[j] + shared;
                now[j + 1] = Math.Max(with, Math.Max(before[j + 1], now[j]));
            }

            (before, now) = (now, before);
        }

        return before[right.Count];
    }

    private static int Shared(uint[] left, int i, int leftCount, uint[] right, int j, int rightCount)
    {
        (int shared, int leftEnd, int rightEnd) = (0, i + leftCount, j + rightCount);
        while (i < leftEnd && j < rightEnd)
        {
            if (left[i] == right[j])
            {
                (shared, i, j) = (shared + 1, i + 1, j + 1);
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return shared;
    }
}
