namespace TypedPipelines;

/// <summary>What a check of all rows adds up while they pass: generated code feeds it, and nothing of a row is kept.</summary>
public sealed class CheckMeasure
{
    /// <summary>Rows that have a value.</summary>
    internal long Values { get; private set; }

    /// <summary>Rows in which it is null.</summary>
    internal long Nulls { get; private set; }

    internal double Sum { get; private set; }

    internal DateTimeOffset? Latest { get; private set; }

    /// <summary>Takes in a row without the value.</summary>
    public void AddNull() => Nulls++;

    /// <summary>Takes in a row of which it matters only that the value is there.</summary>
    public void Add() => Values++;

    /// <summary>Takes in a number.</summary>
    /// <param name="value">The number.</param>
    public void Add(double value)
    {
        Values++;
        Sum += value;
    }

    /// <summary>Takes in a time.</summary>
    /// <param name="value">The time.</param>
    public void Add(DateTimeOffset value)
    {
        Values++;
        if (!(Latest >= value))
        {
            Latest = value;
        }
    }
}
