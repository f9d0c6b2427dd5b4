using Microsoft.Extensions.Logging;

namespace TypedPipelines.Tests.Sources;

/// <summary>Opens and reads a source as the engine does, and keeps what it rejected.</summary>
internal sealed class SourceReading
{
    internal List<Reject> Rejects { get; } = [];

    /// <summary>Level and text of each line.</summary>
    internal List<string> Logged { get; } = [];

    internal async Task<List<ReadRow<TRow>>> AllAsync<TRow>(ISource<TRow> source, CancellationToken cancellationToken = default)
    {
        var rows = new List<ReadRow<TRow>>();
        await using IRowSource<TRow> open = source.Open(new SourceContext("Feed", new ListSink(Rejects), new ListLogger(Logged)));
        var batch = new RowBatch<TRow>();
        bool more;
        do
        {
            more = await open.ReadAsync(batch, cancellationToken);
            for (int i = 0; i < batch.Count; i++)
            {
                rows.Add(new ReadRow<TRow>(batch.PositionOf(i).Origin, batch.PositionOf(i).Line!.Value, batch.Rows[i]));
            }
        }
        while (more);
        return rows;
    }

    internal async Task<PipelineException> FailAsync<TRow>(ISource<TRow> source)
    {
        PipelineException failure = await Should.ThrowAsync<PipelineException>(() => AllAsync(source));
        failure.Kind.ShouldBe(FailureKind.Source);
        return failure;
    }

    private sealed class ListSink(List<Reject> rejects) : IRejectSink
    {
        public void Add(Reject reject) => rejects.Add(reject);
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add($"{level}: {formatter(state, exception)}");
    }
}
