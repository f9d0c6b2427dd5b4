using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Benchmarks;

/// <summary>What the engine does with the rows of one partition: takes its lock, stages, publishes, gives it free.</summary>
internal static class WholeLoad
{
    private const int Batch = RowBatch<OrderById>.Capacity;

    internal static async Task RunAsync<TRow>(IDestination destination, TableContract<TRow> contract, int day, TRow[] rows)
    {
        Partition partition = PartitionScheme.Daily("2026-01-01").Parse(Orders.Date(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var run = new RunIdentity(Guid.CreateVersion7(), "loads", partition, DateTimeOffset.UtcNow);
        await using IPartitionSession session = await destination.BeginAsync(run, TimeSpan.Zero, CancellationToken.None);
        IStaging<TRow> staging = await session.StageAsync(contract, CancellationToken.None);
        for (int i = 0; i < rows.Length; i += Batch)
        {
            await staging.AddAsync(rows.AsMemory(i, Math.Min(Batch, rows.Length - i)), CancellationToken.None);
        }

        await session.PublishAsync(
            new RunEnd(RunOutcome.Succeeded, false, DateTimeOffset.UtcNow, new RowCounts(rows.Length, rows.Length, 0, 0), []), CancellationToken.None);
    }
}
