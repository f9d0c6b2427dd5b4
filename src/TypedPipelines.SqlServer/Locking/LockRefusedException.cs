using System.Globalization;

namespace TypedPipelines.SqlServer;

/// <summary>What sp_getapplock answers, instead of an error, where it does not grant a lock.</summary>
/// <param name="result">Its return value.</param>
internal sealed class LockRefusedException(int result) : Exception(result switch
{
    -2 => "the wait was cancelled",
    DeadlockVictim => "it was chosen as the victim of a deadlock",
    _ => string.Create(CultureInfo.InvariantCulture, $"sp_getapplock returned {result}"),
})
{
    private const int DeadlockVictim = -3;

    internal bool IsDeadlock { get; } = result == DeadlockVictim;
}
