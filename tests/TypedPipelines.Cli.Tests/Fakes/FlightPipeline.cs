namespace TypedPipelines.Cli.Tests.Fakes;

/// <summary>A pipeline by hand, as the generator would write it: rows from 'XXX' are dropped, rows from '???' rejected.</summary>
internal sealed class FlightPipeline
{
    private readonly FlightContract _contract;
    private readonly Func<PipelineLogic?, PipelineDescriptor> _describe;

    internal FlightPipeline(string name, PartitionScheme partitions, FlightContract contract, params TableContract[] reads)
    {
        _contract = contract;
        _describe = logic => new PipelineDescriptor
        {
            Name = name,
            Owner = "data-platform",
            Description = "Flights as they landed",
            Partitions = partitions,
            Nodes = [new("Landing", NodeKind.Source, "FlightRow"), new("Clean", NodeKind.Filter, "FlightRow", "Landing")],
            Loads = [new(contract, "Clean")],
            Reads = reads,
            Logic = logic,
            Schedule = Schedule,
        };
    }

    /// <summary>What the program was built from; null where that is not known.</summary>
    internal PipelineLogic? Logic { get; set; }

    internal Schedules.PipelineSchedule? Schedule { get; set; }

    internal PipelineRegistration Registration => new(_describe(Logic), RunAsync);

    /// <summary>The rows of a partition; a test may throw here, or cancel.</summary>
    internal Func<Partition, IEnumerable<FlightRow>> Rows { get; set; } = partition =>
        [new(partition.Window.StartDate, "ORD"), new(partition.Window.StartDate, "XXX"), new(partition.Window.StartDate, "JFK")];

    private async Task RunAsync(Running.PartitionRun run, CancellationToken cancellationToken)
    {
        await using Running.SourceReader<FlightRow> landing = run.Open("Landing", () => Rows(run.Partition));
        Running.LoadInput<FlightRow> load = await run.OpenLoadAsync(_contract, cancellationToken);
        while (await landing.ReadAsync(cancellationToken))
        {
            int kept = 0;
            Running.LoadRows<FlightRow> into = load.Begin();
            for (int i = 0; i < landing.Batch.Count; i++)
            {
                FlightRow row = landing.Batch.Rows[i];
                if (row.Origin != "XXX")
                {
                    into.Add(row);
                    kept++;
                }
                else
                {
                    into.Skip(i);
                }
            }

            into.End(landing.Batch.Count);
            run.Count("Clean").Add(landing.Batch.Count, kept);
            await load.FlushAsync(landing.Batch, cancellationToken);
        }
    }
}
