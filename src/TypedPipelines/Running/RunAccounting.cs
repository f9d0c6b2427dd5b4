using System.Globalization;

namespace TypedPipelines.Running;

/// <summary>Checks that no row was lost between a source and a table: each count against the one it must equal.</summary>
internal static class RunAccounting
{
    internal static void Verify(PipelineDescriptor pipeline, PartitionRun run)
    {
        foreach (NodeDescriptor node in pipeline.Nodes)
        {
            StepCount count = run.Steps[node.Name];
            if (node.From is not null)
            {
                Require(run.Steps[node.From].Out, count.In, $"{node.From} gave", $"{node.Name} took");
            }

            if (node.Kind == NodeKind.Map)
            {
                Require(count.In, count.Out, $"{node.Name} took", "it gave");
            }
        }

        foreach (LoadDescriptor load in pipeline.Loads)
        {
            ILoadInput input = run.Loads.First(open => ReferenceEquals(open.Contract, load.Contract));
            Require(run.Steps[load.From].Out, input.Received, $"{load.From} gave", $"the load of {load.Contract.DisplayName} took");
            Require(input.Received, input.Staged + input.Dropped + input.Rejected, $"the load of {load.Contract.DisplayName} took", "it staged, dropped and rejected");
        }
    }

    private static void Require(long left, long right, string leftWhat, string rightWhat)
    {
        if (left != right)
        {
            throw new PipelineException(
                FailureKind.Accounting,
                string.Create(CultureInfo.InvariantCulture, $"rows are missing: {leftWhat} {left} rows, {rightWhat} {right}"),
                "Nothing was changed. This is a defect of TypedPipelines or of a custom source; please report it.");
        }
    }
}
