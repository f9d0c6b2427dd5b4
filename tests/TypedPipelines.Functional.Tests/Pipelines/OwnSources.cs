using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Signal(int Id, string Text);

[ReplaceTable]
public sealed record LoadedSignal([property: Key] int Id, [MaxLength(50)] string Text);

/// <summary>A source of a user's own, which rejects what it cannot read.</summary>
public sealed class Signals(params IEnumerable<string> lines) : ISource<Signal>, IRowSource<Signal>
{
    private readonly IEnumerator<string> _lines = lines.GetEnumerator();
    private SourceContext? _context;
    private int _line;

    public IRowSource<Signal> Open(SourceContext context)
    {
        _context = context;
        return this;
    }

    public ValueTask<bool> ReadAsync(RowBatch<Signal> batch, CancellationToken cancellationToken)
    {
        batch.Begin("wire");
        while (!batch.IsFull)
        {
            if (!_lines.MoveNext())
            {
                return new(false);
            }

            _line++;
            string[] parts = _lines.Current.Split('=');
            if (parts.Length == 2 && int.TryParse(parts[0], out int id))
            {
                batch.Add(new Signal(id, parts[1]), _line);
            }
            else
            {
                _context!.Rejects.Add(new Reject(_context.Name, "wire", _line, "Id", parts[0], _lines.Current, "is no number"));
            }
        }

        return new(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[Pipeline("signals")]
public sealed partial class SignalsPipeline
{
    [Source(MaxRejectedShare = 0.5)]
    static Signals Wire() => new(Feed.Take<string>(PartitionScheme.None.Parse("all")));

    [Step]
    static LoadedSignal Load(Signal signal) => new(signal.Id, signal.Text);
}
