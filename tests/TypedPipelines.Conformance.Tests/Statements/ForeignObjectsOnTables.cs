using TypedPipelines.Conformance.Tests.Foreign;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 23, 30, 31 and 34 on tables that have what others put on them: every load does what the contract says, says what it did, and does no more.</summary>
public sealed class ForeignObjectsOnTables
{
    private const int Loads = 11;
    private const int Seed = 21;

    private static readonly string[] Keys = ["a", "A", "b", "B", "c", "d", "e'f", "ä", ""];

    internal static string[] Objects => [.. ForeignObjects.All.Select(thing => thing.Name)];

    [Theory, OnEveryDestination(From = nameof(Objects))]
    public async Task S23_S30_S31_S34_whatever_hangs_on_a_table_a_load_does_and_reports_what_the_model_says(Destination destination, string name)
    {
        ForeignObject thing = ForeignObjects.All.Single(thing => thing.Name == name);
        Assert.SkipUnless(thing.At.Contains(destination), "there is no such thing at this destination");
        int refused = 0;
        var left = new Dictionary<Way, string>();
        foreach (Way way in thing.Ways)
        {
            await using TestDatabase database = destination.NewDatabase();
            await using var table = new ForeignTable(database, destination, thing, way);
            await table.CreateAsync();
            var random = new Random(Seed + (int)way.Strategy);
            var given = new Dictionary<string, Row>();
            for (int load = 0; load < Loads; load++)
            {
                int day = random.Next(1, 4);
                refused += await table.LoadAsync(day, Batch(random, way, day, given)) ? 0 : 1;
            }
            left[way] = table.Everything();
        }

        refused.ShouldBeInRange(thing.Says is null ? 0 : 1, thing.Says is null ? 0 : (Loads * thing.Ways.Length) - 10, "of what refuses rows, some loads are to fail, and some are not");
        if (left.TryGetValue(Way.Merge, out string? inOne))
        {
            inOne.ShouldBe(left[Way.MergeInTwo], "a merge in one statement leaves what one in two leaves, to the last column of others");
        }
    }

    /// <summary>Rows of few keys, a third of them as they were given before. The values of every other batch are small.</summary>
    private static Row[] Batch(Random random, Way way, int day, Dictionary<string, Row> given)
    {
        int most = random.Next(2) == 0 ? 30 : 45;
        string[] keys = [.. Keys];
        random.Shuffle(keys);
        foreach (string key in keys)
        {
            if (random.Next(3) > 0 || !given.ContainsKey(key))
            {
                given[key] = new Row(key, random.Next(1, 4), random.Next(6) == 0 ? null : random.Next(most));
            }
        }

        return [.. keys.Take(random.Next(8)).Select(key => way == Way.ReplacePartition ? given[key] with { Day = day } : given[key])];
    }
}
