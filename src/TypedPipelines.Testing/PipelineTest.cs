using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>
/// A test of a pipeline: rows are given for its tables and sources, the generated code and the real load run for a partition, and the final table is held
/// against what is expected. It has a SQLite database of its own, which goes when the test is disposed, and a clock that stands still.
/// </summary>
/// <remarks>Not for use by several threads at once. Every failed expectation is a <see cref="PipelineAssertionException"/>, so that any test framework will do.</remarks>
public sealed class PipelineTest : IPipelineBuilder, IAsyncDisposable
{
    private readonly List<PipelineDescriptor> _pipelines = [];
    private readonly GivenSources _sources;
    private readonly StandingClock _clock = new();
    private readonly List<Func<TestDatabase, Task>> _fill = [];
    private readonly ServiceCollection _services = new();
    private TestDatabase? _database;
    private bool _inNewDatabase;

    private PipelineTest()
    {
        _sources = new GivenSources(Arrangement);
        _services.AddSingleton<TimeProvider>(_clock);
        _services.AddSingleton<IGivenSources>(_sources);
        _services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        _services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
    }

    /// <summary>Services for the constructors of pipelines whose steps are not static, and a destination other than SQLite: <c>test.UsePostgreSql(connectionString)</c>. Read when the first partition is run.</summary>
    public IServiceCollection Services => _services;

    /// <summary>What the clock of the runs says, UTC; null, the default, for the end of the partition's window, or the start of the year 2000 where there is none.</summary>
    public DateTimeOffset? Now { get; set; }

    internal Arrangement Arrangement { get; } = new();

    /// <summary>Begins a test of a pipeline.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    public static PipelineTest For<TPipeline>()
        where TPipeline : IPipeline => new PipelineTest().With<TPipeline>();

    /// <summary>Has another pipeline in the test, such as the one that loads what the first reads: then a run of that one is needed, as it is outside tests.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <returns>The same test.</returns>
    public PipelineTest With<TPipeline>()
        where TPipeline : IPipeline
    {
        this.AddPipeline<TPipeline>();
        _pipelines.Add(TPipeline.Descriptor);
        return this;
    }

    /// <summary>
    /// Has the test run in a new database at the server of its destination, which goes with the test: <c>test.UsePostgreSql(connectionString)</c> names the server and a user
    /// who may create databases. On SQLite a test has one of its own anyway.
    /// </summary>
    /// <returns>The same test.</returns>
    public PipelineTest InNewDatabase()
    {
        _inNewDatabase = true;
        return this;
    }

    /// <summary>Gives rows that a table holds before the next run: they are inserted as they are, whatever its strategy.</summary>
    /// <typeparam name="TRow">The table's row contract.</typeparam>
    /// <param name="rows">The rows. What a load would fill in, they say themselves.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No pipeline of the test reads or loads such a table.</exception>
    public PipelineTest GivenTable<TRow>(params IEnumerable<TRow> rows)
    {
        TableContract<TRow> table = TableOf<TRow>();
        TRow[] given = [.. rows];
        _fill.Add(database => database.FillAsync(table, [.. Arrangement.Apply(new Place(false, table.DisplayName), given)]));
        return this;
    }

    /// <summary>Gives the rows of a file that a table holds before the next run: CSV with a header, or a JSON array of objects.</summary>
    /// <typeparam name="TRow">The table's row contract.</typeparam>
    /// <param name="path">The file, relative to the folder of the test's assembly unless absolute. Columns are found by the names of the row's members or of the table's columns.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No pipeline of the test reads or loads such a table, or the file cannot be read as its rows.</exception>
    public PipelineTest GivenTableFile<TRow>(string path) => GivenTable(FixtureFile.Read(TableOf<TRow>(), path));

    /// <summary>Gives rows in the place of a source, which is not called then.</summary>
    /// <typeparam name="TRow">The type of the source's rows, of which there is one source.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No source, or more than one, gives such rows.</exception>
    public PipelineTest GivenSource<TRow>(params IEnumerable<TRow> rows)
    {
        (PipelineDescriptor pipeline, NodeDescriptor source) = SourceOf<TRow>();
        _sources.Set<TRow>(pipeline.Name, source.Name, (TRow[])[.. rows]);
        return this;
    }

    /// <summary>Gives rows in the place of a source, others for each partition.</summary>
    /// <typeparam name="TRow">The type of the source's rows, of which there is one source.</typeparam>
    /// <param name="rows">Gives the rows of a partition.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No source, or more than one, gives such rows.</exception>
    public PipelineTest GivenSource<TRow>(Func<Partition, IEnumerable<TRow>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (PipelineDescriptor pipeline, NodeDescriptor source) = SourceOf<TRow>();
        _sources.Set(pipeline.Name, source.Name, rows);
        return this;
    }

    /// <summary>Gives rows in the place of a source, which is not called then.</summary>
    /// <typeparam name="TRow">The type of the source's rows.</typeparam>
    /// <param name="source">The name of the source's method.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No source, or more than one, is named so.</exception>
    public PipelineTest GivenSourceNamed<TRow>(string source, params IEnumerable<TRow> rows)
    {
        (PipelineDescriptor pipeline, _) = SourceOf(node => node.Name == source, $"is named {source}", "Test one of the pipelines at a time.");
        _sources.Set<TRow>(pipeline.Name, source, (TRow[])[.. rows]);
        return this;
    }

    /// <summary>Gives rows in the place of a source of a pipeline, others for each partition.</summary>
    internal void GiveSource<TRow>(string pipeline, string source, Func<Partition, IEnumerable<TRow>> rows) => _sources.Set(pipeline, source, rows);

    /// <summary>Has a source of CSV or JSON files read another file, in the way that it declares.</summary>
    /// <param name="source">The name of the source's method.</param>
    /// <param name="path">The file, relative to the folder of the test's assembly unless absolute.</param>
    /// <returns>The same test.</returns>
    /// <exception cref="PipelineAssertionException">No source, or more than one, is named so, or there is no such file.</exception>
    public PipelineTest GivenSourceFile(string source, string path)
    {
        (PipelineDescriptor pipeline, _) = SourceOf(node => node.Name == source, $"is named {source}", "Test one of the pipelines at a time.");
        _sources.SetFile(pipeline.Name, source, FixtureFile.Find(path));
        return this;
    }

    /// <summary>Runs a partition of the first pipeline, with the real load.</summary>
    /// <param name="partition">Its key; null for a pipeline without partitions.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PipelineAssertionException">It was not loaded: the message says why.</exception>
    public Task<PartitionResult> RunAsync(string? partition = null) => RunAsync(_pipelines[0], partition);

    /// <summary>Runs a partition of a pipeline, with the real load.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="partition">Its key; null for a pipeline without partitions.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PipelineAssertionException">It was not loaded: the message says why.</exception>
    public Task<PartitionResult> RunAsync<TPipeline>(string? partition = null)
        where TPipeline : IPipeline => RunAsync(TPipeline.Descriptor, partition);

    /// <summary>Runs a partition of the first pipeline that may fail: then <see cref="PartitionResult.Failure"/> says why.</summary>
    /// <param name="partition">Its key; null for a pipeline without partitions.</param>
    /// <returns>What became of it.</returns>
    public Task<PartitionResult> TryRunAsync(string? partition = null) => TryRunAsync(_pipelines[0], partition);

    /// <summary>A table, to be held against what is expected of it.</summary>
    /// <typeparam name="TRow">The table's row contract.</typeparam>
    /// <exception cref="PipelineAssertionException">No pipeline of the test reads or loads such a table.</exception>
    public FinalTable<TRow> Table<TRow>() => new(TableOf<TRow>(), ReadAsync);

    /// <summary>The rows that the latest runs have put into quarantine.</summary>
    public async Task<IReadOnlyList<Reject>> RejectsAsync()
    {
        TestDatabase database = await OpenAsync().ConfigureAwait(false);
        return [.. (await database.Destination.Ledger.GetRejectsAsync(null, null, int.MaxValue, CancellationToken.None).ConfigureAwait(false)).Select(entry => entry.Reject)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(TableContract<TRow> table) => await (await OpenAsync().ConfigureAwait(false)).ReadAsync(table).ConfigureAwait(false);

    private async Task<PartitionResult> RunAsync(PipelineDescriptor pipeline, string? partition)
    {
        PartitionResult result = await TryRunAsync(pipeline, partition).ConfigureAwait(false);
        return result.Status == PartitionStatus.Loaded
            ? result
            : throw new PipelineAssertionException($"Partition {result.Planned.Partition.Key} of {pipeline.Name} was not loaded: {result.Failure?.Message ?? result.Status.ToString()}", result.Failure);
    }

    internal async Task<PartitionResult> TryRunAsync(PipelineDescriptor pipeline, string? partition, TimeSpan lockWait = default)
    {
        if (partition is null && pipeline.Partitions.Kind != PartitionScheme.None.Kind)
        {
            throw new PipelineAssertionException($"Say which partition of {pipeline.Name} is to be run: {pipeline.Partitions.KeyForm}.");
        }

        Partition? window = partition is null ? null : pipeline.Partitions.TryParse(partition);
        _clock.Now = Now ?? (window is { HasWindow: true } ? window.End : new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return await (await OpenAsync().ConfigureAwait(false)).RunAsync(pipeline, partition, lockWait).ConfigureAwait(false);
    }

    internal async Task<TestDatabase> OpenAsync()
    {
        _database ??= await TestDatabase.CreateAsync(_services, _pipelines, _clock, _inNewDatabase).ConfigureAwait(false);
        foreach (Func<TestDatabase, Task> fill in _fill)
        {
            await fill(_database).ConfigureAwait(false);
        }

        _fill.Clear();
        return _database;
    }

    private TableContract<TRow> TableOf<TRow>() =>
        _pipelines.SelectMany(TestDatabase.TablesOf).OfType<TableContract<TRow>>().FirstOrDefault() ?? throw new PipelineAssertionException(
            $"No table of {string.Join(", ", _pipelines.Select(pipeline => pipeline.Name))} has rows of type {TypeNames.Of(typeof(TRow))}. There are: "
            + $"{string.Join(", ", _pipelines.SelectMany(TestDatabase.TablesOf).Select(table => TypeNames.Of(table.RowType)).Distinct())}.");

    private (PipelineDescriptor Pipeline, NodeDescriptor Source) SourceOf<TRow>() =>
        SourceOf(source => source.Row == TypeNames.Of(typeof(TRow)), $"gives {TypeNames.Of(typeof(TRow))}", "Name it: GivenSourceNamed(nameof(...), rows).");

    private (PipelineDescriptor Pipeline, NodeDescriptor Source) SourceOf(Func<NodeDescriptor, bool> isMeant, string means, string advice)
    {
        (PipelineDescriptor Pipeline, NodeDescriptor Source)[] all = [.. _pipelines.SelectMany(pipeline => pipeline.Nodes.Where(node => node.Kind == NodeKind.Source).Select(node => (pipeline, node)))];
        (PipelineDescriptor, NodeDescriptor)[] found = [.. all.Where(each => isMeant(each.Source))];
        return found.Length == 1
            ? found[0]
            : throw new PipelineAssertionException(
                found.Length > 1 ? $"More than one source {means}. {advice}"
                : $"No source {means}. There are: {string.Join(", ", all.Select(each => $"{each.Source.Name} of {each.Pipeline.Name}, which gives {each.Source.Row}"))}.");
    }
}
