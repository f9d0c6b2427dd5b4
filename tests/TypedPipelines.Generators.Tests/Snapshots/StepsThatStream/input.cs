using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Sensors;

public sealed record Reading(int Id, int Value);

[ReplaceTable]
public sealed record ReadingRow([property: Key] int Id, int Value);

public sealed record Change(int Id, int By);

[ReplaceTable]
public sealed record Total([property: Key] int Sign, int Count);

/// <summary>Two steps in a row that pull their rows, with a table and a loop between them.</summary>
[Pipeline("readings")]
public sealed partial class ReadingsPipeline
{
    [Source]
    static IEnumerable<Reading> Landing() => [new Reading(1, 1), new Reading(2, 3), new Reading(3, 2)];

    [Step]
    static ReadingRow Keep(Reading reading) => new(reading.Id, reading.Value);

    [Step]
    static async IAsyncEnumerable<Change> Compare(IAsyncEnumerable<Reading> readings)
    {
        Reading? before = null;
        await foreach (Reading reading in readings)
        {
            yield return new Change(reading.Id, reading.Value - (before?.Value ?? 0));
            before = reading;
        }
    }

    [Step]
    static bool IsChange(Change change) => change.By != 0;

    [Step]
    static async IAsyncEnumerable<Total> Count([From(nameof(IsChange))] IAsyncEnumerable<Change> changes)
    {
        int up = 0;
        await foreach (Change change in changes)
        {
            up += change.By > 0 ? 1 : 0;
        }

        yield return new Total(1, up);
    }
}
