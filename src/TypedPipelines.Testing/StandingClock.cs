namespace TypedPipelines.Testing;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class StandingClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => Now;
}
