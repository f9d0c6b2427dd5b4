using TypedPipelines.Destinations;

namespace TypedPipelines.Tests.Databases;

/// <summary>A publish that is held up at a statement.</summary>
internal static class GatedPublish
{
    /// <summary>Publishes up to the gate, does what is to be done there, and publishes to the end.</summary>
    internal static async Task<IReadOnlyList<LoadedTable>> PublishGatedAsync(this IPartitionSession session, CommitGate gate, Action whileBeforeTheGate)
    {
        gate.Close();
        // A thread of its own, which may be held up.
        Task<IReadOnlyList<LoadedTable>> publish = Task.Factory.StartNew(
            () => session.PublishAsync(TestDatabase.Succeeded(1), CancellationToken.None).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning);
        try
        {
            gate.WaitForArrival();
            whileBeforeTheGate();
            publish.IsCompleted.ShouldBeFalse();
        }
        finally
        {
            gate.LetThrough();
        }

        return await publish;
    }
}
