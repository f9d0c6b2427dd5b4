using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunView : IRunObserver
{
    /// <summary>Does the work, with the view open.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="work">The work, which reports to this observer.</param>
    Task ShowAsync(IReadOnlyList<PlannedPartition> plan, Func<Task> work);

    /// <summary>Tells something in between that is no result. Called from any thread.</summary>
    /// <param name="text">One line.</param>
    void Notice(string text);
}
