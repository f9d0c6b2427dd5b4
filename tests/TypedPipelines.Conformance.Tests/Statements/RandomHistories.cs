namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 45 to 47 on histories that gain a column while their windows are loaded in random order, some of them again with other rows.</summary>
public sealed class RandomHistories
{
    private const int Days = 7;

    [Theory]
    [OnEveryDestination(1, false)]
    [OnEveryDestination(2, false)]
    [OnEveryDestination(3, false)]
    [OnEveryDestination(4, false)]
    [OnEveryDestination(5, true)]
    [OnEveryDestination(6, true)]
    public async Task S45_S46_S47_a_history_that_gains_a_column_is_what_the_model_says_and_loaded_again_the_one_from_scratch(Destination destination, int seed, bool opens)
    {
        await using TestDatabase database = destination.NewDatabase();
        var random = new Random(seed);
        Change[][] inputs = [.. Enumerable.Range(0, Days).Select(day => Changes(random, day))];
        var model = new HistoryModel(opens);
        int added = random.Next(3, 9);
        for (int step = 0; step < 16; step++)
        {
            model.HasColumn = step >= added;
            int day = random.Next(Days);
            if (random.Next(3) == 0)
            {
                inputs[day] = Changes(random, day);
            }

            await LoadAsync(database, model, inputs[day], day, opens, $"step {step} of day {day}");
        }

        // What the ledger calls stale, in order.
        for (int day = 0; day < Days; day++)
        {
            await LoadAsync(database, model, inputs[day], day, opens, $"day {day} again");
        }

        var scratch = new HistoryModel(opens) { HasColumn = true };
        for (int day = 0; day < Days; day++)
        {
            scratch.Load(day, inputs[day]);
        }

        model.Versions.Select(version => version with { Knows = true }).Order().ShouldBe(scratch.Versions.Order(), "restated, it is the history from scratch");
    }

    private static async Task LoadAsync(TestDatabase database, HistoryModel model, Change[] changes, int day, bool opens, string when)
    {
        TestContract table = Table(model.HasColumn, opens);
        await database.LoadAsync(table, TestDatabase.Day($"2024-03-0{day + 1}"), [.. changes.Select(change => Row(change, model.HasColumn))]);
        model.Load(day, changes);
        model.Versions.ShouldAllBe(version => version.To == null || version.From < version.To, when);
        foreach (IGrouping<long, Version> key in model.Versions.GroupBy(version => version.Id))
        {
            Version[] ordered = [.. key.OrderBy(version => version.From)];
            ordered.Zip(ordered.Skip(1)).ShouldAllBe(pair => pair.First.To != null && pair.First.To <= pair.Second.From, when);
        }

        database.Lines(table).ShouldBe(
            model.Versions.Select(version => RowText.Of(
            [
                version.Id, version.V, HistoryModel.At(version.From), version.To is { } to ? HistoryModel.At(to) : null, .. model.HasColumn ? new object?[] { version.C } : [],
            ])).Order(StringComparer.Ordinal),
            ignoreOrder: true,
            when);
    }

    private static TestContract Table(bool wide, bool opens) => new(
        "t",
        LoadStrategy.History,
        [
            Col.Key("id"), Col.Value("v"), Col.Value("valid_from", ColumnType.Instant, nullable: false), Col.Value("valid_to", ColumnType.Instant),
            .. wide ? new[] { Col.Value("c") } : [], Col.Value("gone", ColumnType.Boolean, nullable: false),
        ],
        partition: "valid_from",
        validTo: "valid_to",
        deleteMarker: "gone",
        newColumnsOpenVersions: opens);

    private static object?[] Row(Change change, bool wide) =>
        [change.Id, change.V, HistoryModel.At(change.At), null, .. wide ? new object?[] { change.C } : [], change.Gone];

    /// <summary>Up to two changes a day for each of four keys, at hours of the day.</summary>
    private static Change[] Changes(Random random, int day) =>
    [
        .. Enumerable.Range(1, 4).SelectMany(id => Enumerable.Range(0, random.Next(3)).Select(change => new Change(
            id, (24 * day) + (12 * change) + random.Next(12), random.Next(2), random.Next(3) is var c and > 0 ? c : null, Gone: random.Next(6) == 0))).OrderBy(_ => random.Next()),
    ];
}
