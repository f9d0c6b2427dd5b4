namespace TypedPipelines.Alerts;

/// <summary>Something that somebody should know of, or do. It has no value of a row in it, unless <see cref="AlertOptions.IncludeMessages"/> asks for the message of a failure.</summary>
/// <param name="Reason">What kind of thing it is.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key; null where it is about the pipeline as a whole.</param>
/// <param name="Text">What happened, as whole sentences.</param>
/// <param name="Command">What to type next.</param>
public sealed record Alert(AlertReason Reason, string Pipeline, string? Partition, string Text, string Command)
{
    /// <summary>Who is called: the pipeline's owner; null where nobody is named.</summary>
    public string? Owner { get; init; }

    /// <summary>The message of the failure, which can have values of a row; null where there is none, or nobody has asked for it.</summary>
    public string? Message { get; init; }

    /// <summary>The place in the run book that says what to do; null where <see cref="AlertOptions.RunBooks"/> is not set.</summary>
    public Uri? RunBook { get; init; }

    /// <summary>The run, by which the ledger knows it; null where there was none.</summary>
    public Guid? RunId { get; init; }

    /// <summary>When it was noticed, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Why somebody is told. The names are stable: they stand in the ledger and in what is sent.</summary>
public enum AlertReason
{
    /// <summary>A partition failed, and trying again may help: a source or the destination did not answer, a step threw.</summary>
    Failed,

    /// <summary>A partition failed, or a pipeline cannot run, and trying again does not help: bad data was stopped, or a table has another shape.</summary>
    ActionNeeded,

    /// <summary>A partition is loaded, and a check of it warns or has put rows into quarantine.</summary>
    CheckWarning,

    /// <summary>A partition is not complete, and was due: see <see cref="PartitionScheme.DueWithin"/>.</summary>
    Late,
}
