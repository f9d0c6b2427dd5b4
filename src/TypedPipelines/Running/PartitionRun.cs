using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>One run of one partition, as generated code sees it.</summary>
public sealed partial class PartitionRun
{
    private readonly PipelineDescriptor _pipeline;
    private readonly IPartitionSession _session;
    private readonly IProgress<long>? _progress;
    private readonly RunObjects? _objects;
    private readonly CancellationToken _cancellation;
    private readonly List<ILoadInput> _loads = [];
    private readonly List<RejectSink> _rejectSinks = [];
    private readonly IGivenSources? _given;
    private PipelineException? _told;

    internal PartitionRun(PipelineDescriptor pipeline, RunContext context, IPartitionSession session, IProgress<long>? progress, RunObjects? objects, FileWatch? files, CancellationToken cancellation)
    {
        Files = files;
        _pipeline = pipeline;
        _cancellation = cancellation;
        Context = context;
        _session = session;
        _progress = progress;
        _objects = objects;
        _given = objects?.Services?.GetService(typeof(IGivenSources)) as IGivenSources;
        Steps = pipeline.Nodes.ToDictionary(node => node.Name, node => new StepCount(node.Name), StringComparer.Ordinal);
    }

    /// <summary>What sources and steps may know about the run.</summary>
    public RunContext Context { get; }

    /// <summary>The partition.</summary>
    public Partition Partition => Context.Partition;

    /// <summary>The files that are read; null where nobody looks whether they change.</summary>
    internal FileWatch? Files { get; }

    internal Dictionary<string, StepCount> Steps { get; }

    internal IReadOnlyList<ILoadInput> Loads => _loads;

    internal List<Reject> Rejects { get; } = [];

    /// <summary>Rows so far: right at any moment, also when the run fails.</summary>
    internal RowCounts Counts => new(
        _pipeline.Nodes.Where(node => node.BringsRows).Sum(node => Steps[node.Name].Out) + _rejectSinks.Sum(sink => sink.Rows),
        _loads.Sum(load => load.Staged),
        _pipeline.Nodes.Where(node => node.Kind is NodeKind.Filter or NodeKind.FilterMap).Sum(node => Steps[node.Name].In - Steps[node.Name].Out)
            + _loads.Sum(load => load.Dropped),
        Rejects.Sum(reject => (long)reject.Rows));

    /// <summary>Rows that could not be read, or that broke a contract and were dropped or quarantined.</summary>
    internal long LeftOut => _rejectSinks.Sum(sink => sink.Rows) + _loads.Sum(load => load.LeftOut);

    /// <summary>The counter of a step.</summary>
    /// <param name="step">The step's name.</param>
    public StepCount Count(string step) => Steps[step];

    /// <summary>A service of the host's, for the constructor of a pipeline whose steps are not static.</summary>
    /// <typeparam name="TService">The service's type.</typeparam>
    /// <exception cref="PipelineException">It is not registered.</exception>
    public TService Service<TService>()
        where TService : notnull => _objects?.Services?.GetService(typeof(TService)) is TService service
        ? service
        : throw new PipelineException(
            FailureKind.Usage,
            $"the constructor of pipeline {_pipeline.Name} asks for {typeof(TService)}, which is not registered",
            $"Register it in Program.cs: app.Services.Add...<{typeof(TService).Name}>().");

    /// <summary>A service of the host's that need not be there; null where it is not.</summary>
    /// <typeparam name="TService">The service's type.</typeparam>
    public TService? OptionalService<TService>()
        where TService : class => _objects?.Services?.GetService(typeof(TService)) as TService;

    /// <summary>Takes the object that the steps are called on: where it can be disposed, it is when they are done, before anything is published.</summary>
    /// <typeparam name="TPipeline">The pipeline's type.</typeparam>
    /// <param name="pipeline">The object.</param>
    /// <returns>The same object.</returns>
    public TPipeline Own<TPipeline>(TPipeline pipeline)
        where TPipeline : class
    {
        if (_objects is not null)
        {
            _objects.Pipeline = pipeline;
        }

        return pipeline;
    }

    /// <summary>Opens the way into a table.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<LoadInput<TRow>> OpenLoadAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        IStaging<TRow> staging = await _session.StageAsync(contract, cancellationToken).ConfigureAwait(false);
        var load = new LoadInput<TRow>(contract, staging, RunSlice.Of(Partition, Context.StartedAt), new QuarantineSink(Rejects));
        _loads.Add(load);
        return load;
    }

    /// <summary>Opens CSV files.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's name.</param>
    /// <param name="files">The source method.</param>
    /// <param name="contract">The row type's parser.</param>
    public SourceReader<TRow> Open<TRow>(string node, Func<CsvFiles<TRow>> files, CsvContract<TRow> contract)
    {
        NodeDescriptor source = Node(node);
        var rejects = new RejectSink(source, Rejects);
        _rejectSinks.Add(rejects);
        return Reader(source, Given<TRow>(node) ?? new CsvSource<TRow>(node, Elsewhere(node, Call(source, files)), contract, rejects, Files), rejects);
    }

    /// <summary>Opens JSON files.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's name.</param>
    /// <param name="files">The source method.</param>
    public SourceReader<TRow> Open<TRow>(string node, Func<JsonFiles<TRow>> files)
    {
        NodeDescriptor source = Node(node);
        var rejects = new RejectSink(source, Rejects);
        _rejectSinks.Add(rejects);
        return Reader(source, Given<TRow>(node) ?? new JsonSource<TRow>(node, Elsewhere(node, Call(source, files)), rejects, Files), rejects);
    }

    /// <summary>Opens a source that is opened by itself: pages of a service, a query, or one of the user's own.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's name.</param>
    /// <param name="declared">The source method.</param>
    public SourceReader<TRow> Open<TRow>(string node, Func<ISource<TRow>> declared)
    {
        NodeDescriptor source = Node(node);
        var rejects = new RejectSink(source, Rejects);
        _rejectSinks.Add(rejects);
        return Reader(source, Given<TRow>(node) ?? Call(source, () => (declared() ?? throw NullRow.InsteadOfRows()).Open(new SourceContext(node, rejects, Context.Logger))), rejects);
    }

    /// <summary>Opens a table of the destination.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's name.</param>
    /// <param name="table">The source method.</param>
    /// <param name="contract">The table's contract.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<SourceReader<TRow>> OpenAsync<TRow>(string node, Func<Table<TRow>> table, TableContract<TRow> contract, CancellationToken cancellationToken)
    {
        NodeDescriptor source = Node(node);
        return Reader(source, await _session.ReadAsync(contract, Call(source, table).Partition, cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>Has the destination run the statement of a SQL step.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The step's name.</param>
    /// <param name="contract">The contract of its rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<SourceReader<TRow>> QueryAsync<TRow>(string node, IRowContract<TRow> contract, CancellationToken cancellationToken)
    {
        SqlQuery query = StepFailure.QueryOf(_pipeline, _pipeline.SqlSteps.First(step => step.Name == node), Partition, IsFailure);
        try
        {
            IRowSource<TRow> rows = await _session.QueryAsync(query, contract, cancellationToken).ConfigureAwait(false);
            return Reader(Node(node), new StatementSource<TRow>(query, rows), null);
        }
        catch (PipelineException e)
        {
            throw query.Failure(e);
        }
    }

    /// <summary>Opens a sequence: a source of the user's own, or what a whole-set step gives.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's or step's name.</param>
    /// <param name="rows">The method.</param>
    /// <param name="mutableRows">Whether an object of the row type can become another row: then the same one given again fails the run.</param>
    public SourceReader<TRow> Open<TRow>(string node, Func<IEnumerable<TRow>> rows, bool mutableRows = false)
    {
        NodeDescriptor source = Node(node);
        return Reader(source, Given<TRow>(node) ?? new SequenceSource<TRow>(node, Call(source, () => (rows() ?? throw NullRow.InsteadOfRows()).GetEnumerator()), mutableRows), null);
    }

    /// <summary>Opens an asynchronous sequence: a source of the user's own.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The source's name.</param>
    /// <param name="rows">The method.</param>
    /// <param name="cancellationToken">Stops the sequence.</param>
    /// <param name="mutableRows">Whether an object of the row type can become another row: then the same one given again fails the run.</param>
    public SourceReader<TRow> Open<TRow>(string node, Func<IAsyncEnumerable<TRow>> rows, CancellationToken cancellationToken, bool mutableRows = false)
    {
        NodeDescriptor source = Node(node);
        return Reader(source, Given<TRow>(node) ?? new AsyncSequenceSource<TRow>(node, Call(source, rows).GetAsyncEnumerator(cancellationToken), mutableRows), null);
    }

    /// <summary>Opens what a whole-set step makes of rows that it pulls while they are read.</summary>
    /// <typeparam name="TIn">The type of the rows that it pulls.</typeparam>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="node">The step's name.</param>
    /// <param name="rows">The method.</param>
    /// <param name="input">What it pulls; closed with the reader.</param>
    /// <param name="cancellationToken">Stops the sequence.</param>
    /// <param name="mutableRows">Whether an object of the row type can become another row: then the same one given again fails the run.</param>
    public SourceReader<TRow> Open<TIn, TRow>(
        string node, Func<IAsyncEnumerable<TRow>> rows, StepInput<TIn> input, CancellationToken cancellationToken, bool mutableRows = false)
    {
        NodeDescriptor step = Node(node);
        var given = new AsyncSequenceSource<TRow>(node, Call(step, rows).GetAsyncEnumerator(cancellationToken), mutableRows);
        return Reader(step, new PullingSource<TIn, TRow>(given, input), null);
    }

    /// <summary>Rows that a whole-set step pulls while they are read.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="rows">The rows; they are read to their end, whether the step asks for all of them or not.</param>
    public StepInput<TRow> Stream<TRow>(string step, IAsyncEnumerable<TRow> rows) => new(Steps[step], rows);

    /// <summary>Rows that are all known, for a whole-set step that asks for them asynchronously.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="rows">The rows.</param>
    public async IAsyncEnumerable<TRow> Stream<TRow>(IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (TRow row in rows)
        {
            yield return row;
        }
    }

    /// <summary>Reads a table into a lookup.</summary>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="key">Gives the key of a row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<RowLookup<TKey, TRow>> LookupAsync<TKey, TRow>(TableContract<TRow> contract, Func<TRow, TKey> key, CancellationToken cancellationToken)
        where TKey : notnull
    {
        var rows = new List<TRow>();
        await using IRowSource<TRow> table = await _session.ReadAsync(contract, null, cancellationToken).ConfigureAwait(false);
        var batch = new RowBatch<TRow>();
        bool more;
        do
        {
            more = await table.ReadAsync(batch, cancellationToken).ConfigureAwait(false);
            rows.AddRange(batch.Rows);
        }
        while (more);
        return RowLookup<TKey, TRow>.From(rows, key);
    }

    /// <summary>
    /// Whether an exception is a failure that is still to be told. It is not when this run was cancelled and that is what it says; a timeout
    /// somewhere inside a method, which is told by the same type of exception, is one. Nor is it when a step inside this one has told it.
    /// </summary>
    /// <param name="exception">The exception.</param>
    public bool IsFailure(Exception exception) =>
        !(exception is OperationCanceledException && _cancellation.IsCancellationRequested) && !ReferenceEquals(exception, _told);

    /// <summary>The failure of a step in a generated loop.</summary>
    /// <typeparam name="TRow">The type of the rows that the loop goes over.</typeparam>
    /// <param name="exception">What the step threw.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The position of the row in the batch.</param>
    public PipelineException StepFailed<TRow>(Exception exception, string step, RowBatch<TRow> batch, int row)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _told = StepFailure.InStep(step, batch.PositionOf(row), batch.Rows[row], exception);
    }

    internal void ReportRead(int rows) => _progress?.Report(rows);

    /// <summary>What a test gives in a source's place; null otherwise.</summary>
    private IRowSource<TRow>? Given<TRow>(string node) => _given?.Open<TRow>(_pipeline.Name, node, Partition);

    private CsvFiles<TRow> Elsewhere<TRow>(string node, CsvFiles<TRow> files) => _given?.FileOf(_pipeline.Name, node) is { } path ? files.At(path) : files;

    private JsonFiles<TRow> Elsewhere<TRow>(string node, JsonFiles<TRow> files) => _given?.FileOf(_pipeline.Name, node) is { } path ? files.At(path) : files;

    private T Call<T>(NodeDescriptor node, Func<T> method)
    {
        try
        {
            return method() ?? throw NullRow.InsteadOfRows();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw StepFailure.InSource(node, 0, e);
        }
    }

    private SourceReader<TRow> Reader<TRow>(NodeDescriptor node, IRowSource<TRow> source, RejectSink? rejects) =>
        new(source, this, node, Steps[node.Name], rejects);

    private NodeDescriptor Node(string name) => _pipeline.Nodes.First(node => node.Name == name);
}
