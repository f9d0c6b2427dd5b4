namespace TypedPipelines.Testing;

/// <summary>What a proof tries, the plainest first: of several that do not hold the first one is told.</summary>
internal static class ProofProperties
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static IReadOnlyList<ProofProperty> All { get; } =
    [
        new("Loaded into another database at the same moment", "a value is not made of the rows alone: a new GUID, a random number, the machine's clock, or something that is kept between runs", stage => stage.LoadAsync()),
        new("Loaded at another time", "a value depends on when the run is made: derive it from the partition, or leave its column out with Ignoring(...)", MovedAsync),
        new("Loaded in another culture and time zone", "a value depends on the machine's culture or time zone: name CultureInfo.InvariantCulture and the zone that is meant", AbroadAsync),
        new("Loaded with its rows in another order", "a value or row depends on the order in which rows come, which no source and no table promises: sort, or say which one counts ([KeepLatest], order by)", ShuffledAsync, (_, given) => HasRows(given, source: false)),
        new("Loaded with its rows one by one", "a step keeps something between rows, or between batches of them", OneByOneAsync, (_, given) => HasRows(given, source: true)),
        new("Loaded twice", "a second run adds rows, or changes them: its load does not replace what it brought before", TwiceAsync),
        new("Loaded with fewer rows, and again with all of them", "what an earlier run of the same partition brought is not replaced by the next", FewerAsync, (_, given) => HasRows(given, source: true)),
        new("Loaded with half of its rows, and then with all of them", "what fewer rows came to stays, though all of them come to something else: an [InsertOnly] column, or a row that later ones do not change", HalfFirstAsync, (_, given) => HasRows(given, source: true)),
        new("Loaded with its partitions in the opposite order", "rows of one partition overwrite those of another, whichever is loaded last: give the merge a Version, or have each partition replace its own rows only", BackwardsAsync, (partitions, _) => partitions.Count > 1),
        new("Loaded by two workers at the same time", "two runs of one partition get in each other's way: something is shared between runs", TogetherAsync),
    ];

    /// <summary>Stopped before a statement, and loaded again.</summary>
    internal static ProofProperty StoppedBefore(int statement) => new(
        $"Stopped before statement {statement} of a run, and loaded again",
        "something of a run that did not end is left and counts",
        async stage =>
        {
            await stage.ReadyAsync().ConfigureAwait(false);
            stage.Stop.Arm(statement);
            try
            {
                await stage.TryLoadAsync(stage.Partitions[0]).ConfigureAwait(false);
            }
            catch (Exception e) when (IsStop(e))
            {
                // What a process that is gone does not tell either.
            }

            stage.Stop.Disarm();
            await stage.LoadAsync().ConfigureAwait(false);
        });

    private static bool IsStop(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is StatementStop.ProcessGoneException || exception is AggregateException several && several.InnerExceptions.Any(IsStop))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task MovedAsync(ProofStage stage)
    {
        stage.MoveClock(new TimeSpan(400, 5, 7, 11, 13));
        await stage.LoadAsync().ConfigureAwait(false);
    }

    private static async Task AbroadAsync(ProofStage stage)
    {
        using ForeignPlace place = await ForeignPlace.EnterAsync().ConfigureAwait(false);
        place.Go();
        await stage.LoadAsync().ConfigureAwait(false);
    }

    private static async Task ShuffledAsync(ProofStage stage)
    {
        stage.Choose(static (_, count) => Enumerable.Range(0, count).Reverse());
        await stage.LoadAsync().ConfigureAwait(false);
    }

    private static async Task OneByOneAsync(ProofStage stage)
    {
        stage.Arrangement.MostInBatch = 1;
        await stage.LoadAsync().ConfigureAwait(false);
    }

    private static async Task TwiceAsync(ProofStage stage)
    {
        await stage.LoadAsync().ConfigureAwait(false);
        await stage.LoadAsync().ConfigureAwait(false);
        await stage.ReloadStaleAsync().ConfigureAwait(false);
    }

    private static async Task FewerAsync(ProofStage stage)
    {
        await stage.LoadAsync().ConfigureAwait(false);
        await HalfFirstAsync(stage).ConfigureAwait(false);
    }

    private static async Task HalfFirstAsync(ProofStage stage)
    {
        stage.Choose(static (place, count) => Enumerable.Range(0, count).Where(i => !place.IsSource || i % 2 == 0));
        foreach (string partition in stage.Partitions)
        {
            await stage.TryLoadAsync(partition).ConfigureAwait(false); // A limit of what may be deleted, or a check, may refuse it: then nothing was changed.
        }

        stage.Choose(null);
        await stage.LoadAsync().ConfigureAwait(false);
        await stage.ReloadStaleAsync().ConfigureAwait(false);
    }

    private static async Task BackwardsAsync(ProofStage stage)
    {
        foreach (string partition in stage.Partitions.Reverse())
        {
            await stage.LoadAsync(partition).ConfigureAwait(false);
        }

        await stage.ReloadStaleAsync().ConfigureAwait(false);
    }

    private static async Task TogetherAsync(ProofStage stage)
    {
        await stage.ReadyAsync().ConfigureAwait(false);
        foreach (string partition in stage.Partitions)
        {
            await Task.WhenAll(Task.Run(() => stage.LoadAsync(partition, Patience)), Task.Run(() => stage.LoadAsync(partition, Patience))).ConfigureAwait(false);
        }

        await stage.ReloadStaleAsync().ConfigureAwait(false);
    }

    private static bool HasRows(Arrangement given, bool source) => given.Rows.Any(place => place.Value.Count > 1 && (!source || place.Key.IsSource));
}
