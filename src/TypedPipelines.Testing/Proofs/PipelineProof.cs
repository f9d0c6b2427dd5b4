using System.Globalization;
using System.Text;

namespace TypedPipelines.Testing;

/// <summary>
/// Tries with a few rows whether a pipeline can be run again: at another time and place, with its rows in another order and one by one, twice, after fewer rows, with its
/// partitions in the opposite order, by two workers at once, and after a stop before each of a run's statements. Each is to leave the tables as one undisturbed load does.
/// </summary>
public sealed class PipelineProof
{
    private const int MostTries = 60;

    private readonly Func<PipelineTest> _test;
    private readonly PipelineDescriptor _pipeline;
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    internal PipelineProof(Func<PipelineTest> test, PipelineDescriptor pipeline)
    {
        _test = test;
        _pipeline = pipeline;
    }

    /// <summary>Begins a proof of a pipeline.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="given">Gives a test its rows, tables and services; called anew for each way of running, so that nothing is shared.</param>
    public static PipelineProof For<TPipeline>(Action<PipelineTest> given)
        where TPipeline : IPipeline
    {
        ArgumentNullException.ThrowIfNull(given);
        return new PipelineProof(
            () =>
            {
                PipelineTest test = PipelineTest.For<TPipeline>();
                given(test);
                return test;
            },
            TPipeline.Descriptor);
    }

    /// <summary>Leaves columns out that are meant to be others in every run, such as the time of the load.</summary>
    /// <param name="members">The names of the rows' members.</param>
    /// <returns>The same proof.</returns>
    public PipelineProof Ignoring(params IEnumerable<string> members)
    {
        _ignored.UnionWith(members);
        return this;
    }

    /// <summary>Tries it.</summary>
    /// <param name="partitions">The keys of the partitions that are loaded, in time order; none for a pipeline without partitions. Several show what their order does.</param>
    /// <returns>What was tried. What needs more than one given row, or more than one partition, is not where there is none.</returns>
    /// <exception cref="PipelineAssertionException">Something does not hold: the message says what, why that is mostly so, how the tables differ, and with which few rows.</exception>
    public async Task<IReadOnlyList<string>> HoldsAsync(params string[] partitions)
    {
        string[] keys = partitions is { Length: > 0 } ? partitions : [PartitionScheme.None.All().First().Key];
        var tried = new List<string>();
        (IReadOnlyList<TableContent> once, Arrangement given, int statements) = await LoadOnceAsync(keys, null).ConfigureAwait(false);
        IEnumerable<ProofProperty> stops = Enumerable.Range(1, statements).Select(ProofProperties.StoppedBefore);
        foreach (ProofProperty property in ProofProperties.All.Concat(stops))
        {
            if (await FindDifferenceAsync(property, keys, once, given, null, tried).ConfigureAwait(false) is { } difference)
            {
                throw new PipelineAssertionException(await ExplainAsync(property, keys, given, difference).ConfigureAwait(false));
            }
        }

        return tried;
    }

    /// <summary>One undisturbed load.</summary>
    private async Task<(IReadOnlyList<TableContent> Content, Arrangement Given, int Statements)> LoadOnceAsync(string[] keys, Func<Place, int, IEnumerable<int>>? chosen)
    {
        var stage = new ProofStage(_test(), _pipeline, keys, chosen);
        await using (stage.ConfigureAwait(false))
        {
            await stage.ReadyAsync().ConfigureAwait(false);
            int before = stage.Stop.Heard;
            await stage.LoadAsync(keys[0]).ConfigureAwait(false);
            int statements = stage.Stop.Heard - before;
            foreach (string key in keys[1..])
            {
                await stage.LoadAsync(key).ConfigureAwait(false);
            }

            return (await stage.ContentAsync(_ignored).ConfigureAwait(false), stage.Arrangement, statements);
        }
    }

    private async Task<string?> FindDifferenceAsync(
        ProofProperty property, string[] keys, IReadOnlyList<TableContent> once, Arrangement given, Func<Place, int, IEnumerable<int>>? chosen, List<string>? tried = null)
    {
        var stage = new ProofStage(_test(), _pipeline, keys, chosen);
        await using (stage.ConfigureAwait(false))
        {
            if (!property.CanBeTried(stage, given))
            {
                return null;
            }

            tried?.Add(property.Name);
            try
            {
                await property.TryAsync(stage).ConfigureAwait(false);
            }
            catch (PipelineAssertionException e)
            {
                return e.Message;
            }

            return TableContent.Difference(once, await stage.ContentAsync(_ignored).ConfigureAwait(false));
        }
    }

    private async Task<string> ExplainAsync(ProofProperty property, string[] keys, Arrangement given, string difference)
    {
        (HashSet<(Place, int)> rows, string shown) = await ShrinkAsync(property, keys, given, difference).ConfigureAwait(false);
        var text = new StringBuilder()
            .Append(property.Name).Append(", ").Append(_pipeline.Name).Append(" leaves other rows than loaded once. Mostly, ").Append(property.Cause).AppendLine(".")
            .AppendLine(shown);
        foreach (IGrouping<Place, (Place Place, int Row)> place in rows.GroupBy(row => row.Item1))
        {
            text.Append(CultureInfo.InvariantCulture, $"It shows with {place.Count()} of the {given.Rows[place.Key].Count} rows given for the {place.Key}:").AppendLine();
            foreach ((Place _, int row) in place.OrderBy(row => row.Row).Take(10))
            {
                text.Append("    ").AppendLine(Quote.Line(given.Rows[place.Key][row]?.ToString() ?? "null"));
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Leaves rows out, half of them, then fewer at a time, as long as it still does not hold with the rest.</summary>
    private async Task<(HashSet<(Place Place, int Row)> Rows, string Difference)> ShrinkAsync(ProofProperty property, string[] keys, Arrangement given, string difference)
    {
        List<(Place Place, int Row)> rows = [.. given.Rows.SelectMany(place => Enumerable.Range(0, place.Value.Count).Select(row => (place.Key, row)))];
        int tries = 0;
        for (int size = (rows.Count + 1) / 2; size > 0 && tries < MostTries; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (int start = 0; start < rows.Count && tries < MostTries;)
            {
                List<(Place Place, int Row)> rest = [.. rows.Take(start), .. rows.Skip(start + size)];
                tries++;
                if (await FindDifferenceAsync(property, keys, given, rest).ConfigureAwait(false) is { } still)
                {
                    rows = rest;
                    difference = still;
                }
                else
                {
                    start += size;
                }
            }
        }

        return ([.. rows], difference);
    }

    private async Task<string?> FindDifferenceAsync(ProofProperty property, string[] keys, Arrangement given, List<(Place Place, int Row)> rows)
    {
        var kept = rows.ToHashSet();
        IEnumerable<int> Choose(Place place, int count) => Enumerable.Range(0, count).Where(row => kept.Contains((place, row)));
        try
        {
            (IReadOnlyList<TableContent> once, _, _) = await LoadOnceAsync(keys, Choose).ConfigureAwait(false);
            return await FindDifferenceAsync(property, keys, once, given, Choose).ConfigureAwait(false);
        }
        catch (PipelineAssertionException)
        {
            return null; // Fewer rows are refused, for another reason.
        }
    }
}
