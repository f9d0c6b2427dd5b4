using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Testing;

/// <summary>The database of a test, and the engine that loads into it.</summary>
internal sealed class TestDatabase : IAsyncDisposable, IRunObserver
{
    private const string Filling = "the rows that a test gives";

    private static readonly MethodInfo ContentOf = typeof(TestDatabase).GetMethod(nameof(ReadContentAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly ServiceProvider _services;
    private readonly string? _folder;
    private readonly NewDatabase? _new;
    private readonly TimeProvider _clock;
    private readonly PipelineCatalog _catalog;

    private TestDatabase(ServiceProvider services, string? folder, NewDatabase? created, IDestination destination, TimeProvider clock)
    {
        _services = services;
        _folder = folder;
        _new = created;
        _clock = clock;
        _catalog = new PipelineCatalog(services.GetServices<PipelineRegistration>());
        Destination = destination;
    }

    internal IDestination Destination { get; }

    /// <summary>The tables that a pipeline loads and reads.</summary>
    internal static IEnumerable<TableContract> TablesOf(PipelineDescriptor pipeline) => pipeline.Loads.Select(load => load.Contract).Concat(pipeline.Reads);

    /// <summary>Creates the tables, empty, in a database of the test's own unless its services name another.</summary>
    internal static async Task<TestDatabase> CreateAsync(IServiceCollection registered, IReadOnlyList<PipelineDescriptor> pipelines, TimeProvider clock, bool inNew)
    {
        string? folder = null;
        if (registered.All(service => service.ServiceType != typeof(DestinationRegistration)))
        {
            folder = Directory.CreateDirectory(Path.Combine(InMemory(), $"typed-pipelines-test-{Guid.NewGuid():N}")).FullName;
            new Builder(registered).UseSqlite($"Data Source={Path.Combine(folder, "test.db")}");
        }

        ServiceProvider services = registered.BuildServiceProvider();
        DestinationRegistration registration = services.GetServices<DestinationRegistration>().Last();
        string connectionString = registration.DefaultConnectionString ?? throw new PipelineAssertionException($"Give {registration.Name} a connection string: test.Use...(connectionString).");
        NewDatabase? created = inNew && registration.CreateDatabase is { } create ? await create(connectionString).ConfigureAwait(false) : null;
        var database = new TestDatabase(services, folder, created, registration.Create(services, created?.ConnectionString ?? connectionString), clock);
        try
        {
            TableContract[] tables = [.. pipelines.SelectMany(TablesOf).DistinctBy(table => table.DisplayName)];
            await database.Destination.PrepareAsync(tables, static _ => null, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return database;
    }

    /// <summary>Inserts rows into a table as they are.</summary>
    internal async Task FillAsync<TRow>(TableContract<TRow> table, TRow[] rows)
    {
        IPartitionSession session = await BeginAsync().ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                IStaging<TRow> staging = await session.StageAsync(new FillingContract<TRow>(table), CancellationToken.None).ConfigureAwait(false);
                await staging.AddAsync(rows, CancellationToken.None).ConfigureAwait(false);
                IReadOnlyList<LoadedTable> filled = await session.PublishAsync(
                    new RunEnd(RunOutcome.Succeeded, false, _clock.GetUtcNow(), new RowCounts(rows.Length, rows.Length, 0, 0), []), CancellationToken.None).ConfigureAwait(false);
                if (filled[0].Inserted != rows.Length)
                {
                    throw new PipelineAssertionException($"Of {rows.Length} rows given for {table.DisplayName}, {filled[0].Inserted} could be inserted: two have the same key.");
                }
            }
            catch (PipelineException e)
            {
                throw new PipelineAssertionException($"The rows given for {table.DisplayName} are none that it can hold: {e.Message}", e);
            }
        }
    }

    /// <summary>All rows of a table.</summary>
    internal async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(TableContract<TRow> table)
    {
        var rows = new List<TRow>();
        IPartitionSession session = await BeginAsync().ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            IRowSource<TRow> source = await session.ReadAsync(table, null, CancellationToken.None).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                var batch = new RowBatch<TRow>();
                bool more;
                do
                {
                    more = await source.ReadAsync(batch, CancellationToken.None).ConfigureAwait(false);
                    rows.AddRange(batch.Rows);
                }
                while (more);
            }
        }

        return rows;
    }

    internal async Task<PartitionResult> RunAsync(PipelineDescriptor pipeline, string? partition, TimeSpan lockWait = default)
    {
        var options = new RunOptions { LockWait = lockWait, FileQuiet = TimeSpan.Zero };
        PlannedPartition planned = new Planner(_catalog, Destination, _clock).PlanOne(pipeline.Name, partition);
        return (await new PipelineRunner(_catalog, Destination, _clock, _services.GetRequiredService<ILoggerFactory>(), options, _services).RunAsync([planned], this, CancellationToken.None).ConfigureAwait(false))
            .Single();
    }

    /// <summary>What a table holds, whatever its rows are.</summary>
    internal async Task<TableContent> ContentOfAsync(TableContract table) => await ((Task<TableContent>)ContentOf.MakeGenericMethod(table.RowType).Invoke(this, [table])!).ConfigureAwait(false);

    private async Task<TableContent> ReadContentAsync<TRow>(TableContract<TRow> table)
    {
        RowShape<TRow> shape = RowShape.Of(table);
        return new TableContent(table.DisplayName, new RowShape<object?[]>(shape.Columns, shape.Keys, static row => row), [.. (await ReadAsync(table).ConfigureAwait(false)).Select(shape.ValuesOf)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        switch (Destination)
        {
            case IAsyncDisposable open:
                await open.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable open:
                open.Dispose();
                break;
        }

        if (_new is not null)
        {
            await _new.DropAsync().ConfigureAwait(false);
        }

        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    void IRunObserver.Started(PlannedPartition planned)
    {
    }

    void IRunObserver.RowsRead(PlannedPartition planned, long rows)
    {
    }

    void IRunObserver.Finished(PartitionResult result)
    {
    }

    private Task<IPartitionSession> BeginAsync() => Destination.BeginAsync(
        new RunIdentity(Guid.CreateVersion7(), Filling, PartitionScheme.None.All().First(), _clock.GetUtcNow()), TimeSpan.Zero, CancellationToken.None);

    /// <summary>The folder of what is kept in memory, where the system has one.</summary>
    private static string InMemory() => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private sealed record Builder(IServiceCollection Services) : IPipelineBuilder;
}
