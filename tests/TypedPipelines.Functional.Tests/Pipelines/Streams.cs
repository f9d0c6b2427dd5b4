using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Tick(int Id, int Value);

public sealed record Change(int Id, int By);

[ReplaceTable]
public sealed record TickRow([property: Key] int Id, int Value);

[ReplaceTable]
public sealed record ChangeRow([property: Key] int Id, int By);

[ReplaceTable]
public sealed record ChangeTotal([property: Key] int Sign, int Count);

/// <summary>Two steps in a chain, each of which pulls its rows while the one before it reads; and a table beside each.</summary>
[Pipeline("ticks")]
public sealed partial class TicksPipeline
{
    /// <summary>How far the source had been read when the step saw its first row, and what the step is to do.</summary>
    internal static (int ReadAtFirst, int Read, string How) Watch;

    [Source]
    static IEnumerable<Tick> Landing(Partition partition)
    {
        foreach (Tick tick in Feed.Take<Tick>(partition))
        {
            Watch.Read++;
            yield return tick.Value == int.MinValue ? throw new InvalidOperationException("the feed broke.") : tick;
        }
    }

    [Step]
    static bool IsValid(Tick tick) => tick.Value >= 0;

    [Step]
    static TickRow Keep([From(nameof(IsValid))] Tick tick) => new(tick.Id, tick.Value);

    [Step]
    static async IAsyncEnumerable<Change> Compare([From(nameof(IsValid))] IAsyncEnumerable<Tick> ticks)
    {
        if (Watch.How == "never")
        {
            yield break;
        }

        Tick? before = null;
        await using IAsyncEnumerator<Tick> rows = ticks.GetAsyncEnumerator();
        while (await NextAsync(rows))
        {
            Tick tick = rows.Current;
            Watch.ReadAtFirst = Watch.ReadAtFirst == 0 ? Watch.Read : Watch.ReadAtFirst;
            if (before is not null && before.Value != tick.Value)
            {
                yield return new Change(tick.Id, tick.Value - before.Value);
            }

            before = tick;
            if (Watch.How == "first")
            {
                yield break;
            }
        }

        if (Watch.How == "twice")
        {
            await foreach (Tick again in ticks)
            {
                yield return new Change(again.Id, 0);
            }
        }
    }

    /// <summary>A step that hides what it should not.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Tick> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception) when (Watch.How == "swallow")
        {
            return false;
        }
    }

    [Step]
    static async IAsyncEnumerable<ChangeTotal> Total(IAsyncEnumerable<Change> changes)
    {
        int up = 0, down = 0;
        await foreach (Change change in changes)
        {
            _ = change.By > 0 ? up++ : down++;
        }

        yield return new ChangeTotal(1, up);
        yield return new ChangeTotal(-1, down);
    }

    [Step]
    static ChangeRow Write(Change change) => new(change.Id, change.By);
}

public sealed record Move(int Id, int By);

[ReplaceTable]
public sealed record SeenTick([property: Key] int Id, int Value);

[ReplaceTable]
public sealed record MoveRow([property: Key] int Id, int By, int Next);

/// <summary>What is looked up behind the step is known only when all ticks are read, so the step waits for that.</summary>
[Pipeline("moves")]
public sealed partial class MovesPipeline
{
    [Source]
    static IEnumerable<Tick> Landing(Partition partition) => Feed.Take<Tick>(partition);

    [Step]
    static SeenTick Keep(Tick tick) => new(tick.Id, tick.Value);

    [Step]
    static async IAsyncEnumerable<Move> Compare(IAsyncEnumerable<Tick> ticks)
    {
        await foreach (Tick tick in ticks)
        {
            yield return new Move(tick.Id, tick.Value);
        }
    }

    [Step]
    static MoveRow Write(Move move, RowLookup<int, SeenTick> ticks) => new(move.Id, move.By, ticks.TryFind(move.Id + 1, out SeenTick? next) ? next.Value : -1);
}
