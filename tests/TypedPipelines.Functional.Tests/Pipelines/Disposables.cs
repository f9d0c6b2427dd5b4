using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Held(int Id);

[ReplaceTable]
public sealed record HeldRow([property: Key] int Id);

/// <summary>What the objects of the pipelines below tell of themselves.</summary>
public sealed class Diary
{
    public List<string> Lines { get; } = [];

    public Exception? Fault { get; set; }

    /// <summary>The rows published when a pipeline's object went away.</summary>
    public Func<string> Published { get; set; } = () => "";
}

[Pipeline("held")]
public sealed partial class HeldPipeline(Diary diary) : IDisposable
{
    [Source]
    static IEnumerable<Held> Landing(Partition all) => Feed.Take<Held>(all);

    [Step]
    HeldRow Write(Held held) => held.Id < 0 ? throw new InvalidOperationException("is negative") : new(held.Id);

    public void Dispose()
    {
        diary.Lines.Add($"disposed, published '{diary.Published()}'");
        if (diary.Fault is { } fault)
        {
            throw fault;
        }
    }
}

[ReplaceTable]
public sealed record AwaitedRow([property: Key] int Id);

[Pipeline("awaited")]
public sealed partial class AwaitedPipeline(Diary diary) : IAsyncDisposable, IDisposable
{
    [Source]
    IEnumerable<Held> Landing(Partition all)
    {
        diary.Lines.Add("read");
        return Feed.Take<Held>(all);
    }

    [Step]
    static AwaitedRow Write(Held held) => new(held.Id);

    public void Dispose() => diary.Lines.Add("disposed the other way");

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        diary.Lines.Add("disposed");
    }
}

/// <summary>A service that lives as long as a run.</summary>
public sealed class Lease(Diary diary) : IDisposable
{
    public void Dispose()
    {
        diary.Lines.Add("lease ended");
        if (diary.Fault is { } fault)
        {
            throw fault;
        }
    }
}

[ReplaceTable]
public sealed record LeasedRow([property: Key] int Id);

[Pipeline("leased")]
public sealed partial class LeasedPipeline(Lease lease)
{
    [Source]
    static IEnumerable<Held> Landing(Partition all) => Feed.Take<Held>(all);

    [Step]
    LeasedRow Write(Held held) => new(lease is null ? 0 : held.Id);
}
