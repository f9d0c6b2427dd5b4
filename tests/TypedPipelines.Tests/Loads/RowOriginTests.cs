using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Running;
using TypedPipelines.Tests.Running;

namespace TypedPipelines.Tests.Loads;

/// <summary>A row of a table is traced to the row it was made of, whatever was dropped before it, in a step or by its contract.</summary>
public sealed class RowOriginTests
{
    private readonly MemoryDestination _destination = new();
    private readonly RowBatch<string> _batch = new();

    [Theory]
    [InlineData("a . b . . bad c", 6)]
    [InlineData("bad . . .", 1)]
    [InlineData(". . . bad", 4)]
    [InlineData("a b . c . d . . . e bad . .", 11)]
    public async Task The_row_that_breaks_its_contract_is_named(string rows, int line) =>
        (await FailureAsync(rows, RowAction.Fail)).ShouldStartWith($"file:{line}: column line of lines = 'bad' ");

    [Fact]
    public async Task Each_quarantined_row_keeps_its_place()
    {
        PartitionRun run = await RunAsync(". bad1 a . bad2 . . bad3 b bad4", RowAction.Quarantine);
        run.Rejects.Select(reject => (reject.Line, reject.Value)).ShouldBe([(2, "bad1"), (5, "bad2"), (8, "bad3"), (10, "bad4")]);
    }

    [Theory]
    [InlineData(0, 3, "a")]
    [InlineData(1, 5, "b")]
    [InlineData(2, 9, "c")]
    public async Task The_row_that_the_destination_cannot_hold_is_named_after_others_were_left_out(int row, int line, string value)
    {
        _destination.RefusesRows = new RowWriteException(row, 0, "is too long");
        (await FailureAsync(". bad a . b . bad . c . .", RowAction.Drop)).ShouldStartWith($"file:{line}: column line of lines = '{value}' is too long at this destination");
    }

    private async Task<string> FailureAsync(string rows, RowAction onInvalid) =>
        (await Should.ThrowAsync<PipelineException>(() => RunAsync(rows, onInvalid))).What;

    /// <summary>Puts rows in as a generated loop does; of a dot none is made.</summary>
    private async Task<PartitionRun> RunAsync(string text, RowAction onInvalid)
    {
        string[] rows = text.Split(' ');
        _batch.Begin("file");
        for (int i = 0; i < rows.Length; i++)
        {
            _batch.Add(rows[i], i + 1);
        }

        Partition all = PartitionScheme.None.Parse("all");
        var pipeline = new PipelineDescriptor { Name = "lines", Partitions = PartitionScheme.None, Nodes = [], Loads = [] };
        var session = new MemorySession(_destination, new(Guid.Empty, "lines", all, default));
        var run = new PartitionRun(pipeline, new RunContext(Guid.Empty, "lines", all, default, NullLogger.Instance), session, null, null, null, CancellationToken.None);
        LoadInput<string> load = await run.OpenLoadAsync(new Lines("lines", onInvalid), CancellationToken.None);
        Fill(load);
        await load.FlushAsync(_batch, CancellationToken.None);
        return run;
    }

    private void Fill(LoadInput<string> load)
    {
        LoadRows<string> into = load.Begin();
        for (int i = 0; i < _batch.Count; i++)
        {
            if (_batch.Rows[i] == ".")
            {
                into.Skip(i);
            }
            else
            {
                into.Add(_batch.Rows[i]);
            }
        }

        into.End(of: _batch.Count);
    }
}
