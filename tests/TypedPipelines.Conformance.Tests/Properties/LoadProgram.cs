using FsCheck;
using FsCheck.Fluent;

namespace TypedPipelines.Conformance.Tests.Properties;

/// <summary>The rows of one run of a day, staged in chunks.</summary>
internal sealed record Batch(int Day, Row[] Rows, int Chunk)
{
    public override string ToString() => $"day {Day} by {Chunk}: {string.Join(", ", Rows.Select(row => row.ToString()))}";
}

/// <summary>One load; or one that is stopped before a statement and run again; or two at once.</summary>
/// <param name="First">What is loaded.</param>
/// <param name="StoppedAt">The statement before which a first attempt ends; 0 for none.</param>
/// <param name="Second">What another worker loads at the same time; null for no other.</param>
/// <param name="SecondFirst">Whether the other publishes first.</param>
internal sealed record Step(Batch First, int StoppedAt, Batch? Second, bool SecondFirst)
{
    public override string ToString() => (StoppedAt, Second) switch
    {
        (0, null) => $"load {First}",
        (_, null) => $"load {First}, stopped before statement {StoppedAt}",
        _ => $"load {First}; at once {Second}{(SecondFirst ? ", which publishes first" : "")}",
    };
}

/// <summary>Loads into one table, one step after the other.</summary>
internal sealed record LoadProgram(Shape Shape, Step[] Steps)
{
    public override string ToString() => $"{Shape}\n{string.Join('\n', Steps.Select(step => $"    {step}"))}\n";

    /// <summary>Random programs, of few keys, days and values, so that rows collide; a failing one shrinks step by step and row by row.</summary>
    internal static Arbitrary<LoadProgram> Any() => Arb.From(Program(), Smaller);

    private static Gen<LoadProgram> Program() =>
        from shape in Gen.Elements(Shapes.All)
        from length in Gen.Choose(1, 7)
        from steps in Gen.ArrayOf(AnyStep(), length)
        select new LoadProgram(shape, steps);

    private static Gen<Step> AnyStep() =>
        from first in AnyBatch()
        from second in AnyBatch()
        from kind in Gen.Choose(0, 5)
        from statement in Gen.Choose(1, 45)
        from secondFirst in Gen.Elements(false, true)
        select new Step(first, kind is 3 or 4 ? statement : 0, kind == 5 ? second : null, secondFirst);

    private static Gen<Batch> AnyBatch() =>
        from day in Gen.Choose(1, 3)
        from count in Gen.Frequency((1, Gen.Constant(0)), (9, Gen.Choose(1, 6)))
        from ids in Gen.Shuffle(Enumerable.Range(1, 7))
        from rows in Gen.ArrayOf(AnyRow(day), count)
        from collide in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from chunk in Gen.Choose(1, 4)
        select new Batch(day, collide ? rows : [.. rows.Select((row, i) => row with { Id = ids[i] })], chunk);

    private static Gen<Row> AnyRow(int day) =>
        from id in Gen.Frequency((1, Gen.Constant((long?)null)), (15, Gen.Choose(1, 5).Select(id => (long?)id)))
        from itsDay in Gen.Frequency((25, Gen.Constant(day)), (1, Gen.Choose(1, 3)))
        from hour in Gen.Elements(0, 0, 6, 23)
        from v in Gen.Elements<long?>(null, 0, 1)
        from version in Gen.Choose(0, 3)
        from created in Gen.Choose(0, 2)
        from gone in Gen.Elements(false, false, false, true)
        select new Row(id, itsDay, hour, v, version, created, gone);

    private static IEnumerable<LoadProgram> Smaller(LoadProgram program)
    {
        for (int i = 0; i < program.Steps.Length; i++)
        {
            yield return program with { Steps = [.. program.Steps[..i], .. program.Steps[(i + 1)..]] };
        }

        for (int i = 0; i < program.Steps.Length; i++)
        {
            foreach (Step step in Smaller(program.Steps[i]))
            {
                yield return program with { Steps = [.. program.Steps[..i], step, .. program.Steps[(i + 1)..]] };
            }
        }
    }

    private static IEnumerable<Step> Smaller(Step step)
    {
        if (step.Second is { } second)
        {
            yield return step with { Second = null };
            yield return step with { First = second, Second = null };
            foreach (Batch batch in Smaller(second))
            {
                yield return step with { Second = batch };
            }
        }

        if (step.StoppedAt > 0)
        {
            yield return step with { StoppedAt = 0 };
        }

        foreach (Batch batch in Smaller(step.First))
        {
            yield return step with { First = batch };
        }
    }

    private static IEnumerable<Batch> Smaller(Batch batch)
    {
        for (int i = 0; i < batch.Rows.Length; i++)
        {
            yield return batch with { Rows = [.. batch.Rows[..i], .. batch.Rows[(i + 1)..]] };
        }

        if (batch.Chunk < batch.Rows.Length)
        {
            yield return batch with { Chunk = batch.Rows.Length };
        }

        for (int i = 0; i < batch.Rows.Length; i++)
        {
            Row row = batch.Rows[i];
            foreach (Row simpler in new[] { row with { Hour = 0 }, row with { V = 0 }, row with { Created = 0 }, row with { Gone = false } }.Where(simpler => simpler != row))
            {
                yield return batch with { Rows = [.. batch.Rows[..i], simpler, .. batch.Rows[(i + 1)..]] };
            }
        }
    }
}
