namespace TypedPipelines.Hosting;

/// <summary>Guesses what was meant by a mistyped name.</summary>
internal static class NearestName
{
    /// <summary>The guess as a sentence and a space; empty where there is none.</summary>
    internal static string Question(string typed, IEnumerable<string> known) => Find(typed, known) is { } name ? $"Did you mean '{name}'? " : "";

    /// <summary>The known name nearest to what was typed; null where none is near enough to be worth a guess.</summary>
    internal static string? Find(string typed, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(guess => guess.Distance <= Math.Max(1, guess.Name.TrimStart('-').Length / 3)
            || (typed.TrimStart('-').Length >= 3 && guess.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(guess => guess.Distance)
        .ThenBy(guess => guess.Name, StringComparer.Ordinal)
        .Select(guess => guess.Name)
        .FirstOrDefault();

    /// <summary>How many letters to insert, leave out, replace or exchange with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
