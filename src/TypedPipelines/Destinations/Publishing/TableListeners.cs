namespace TypedPipelines.Destinations;

/// <summary>
/// Whether something of a table's own hears of what is written to it, and may have it come out otherwise without an error: a trigger, or a policy
/// for its rows. Only then does a publish look for what it has written.
/// </summary>
/// <param name="Deletions">Whether something hears of deletions.</param>
/// <param name="Insertions">Whether something hears of insertions.</param>
internal readonly record struct TableListeners(bool Deletions, bool Insertions);
