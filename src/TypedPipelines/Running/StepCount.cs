namespace TypedPipelines.Running;

/// <summary>The rows that went through one source or step in one run.</summary>
public sealed class StepCount
{
    internal StepCount(string name) => Name = name;

    /// <summary>The method's name.</summary>
    public string Name { get; }

    /// <summary>Rows that came in; for a source, those it gave and those it rejected.</summary>
    public long In { get; private set; }

    /// <summary>Rows that went out.</summary>
    public long Out { get; private set; }

    /// <summary>Adds a batch.</summary>
    /// <param name="came">Rows that came in.</param>
    /// <param name="went">Rows that went out.</param>
    public void Add(long came, long went)
    {
        In += came;
        Out += went;
    }
}
