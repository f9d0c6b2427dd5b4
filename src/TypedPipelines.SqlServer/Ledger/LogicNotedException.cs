namespace TypedPipelines.SqlServer;

/// <summary>
/// Another run has noted the same logic in the meantime. At SQL Server the second one waits for the first; Babelfish does not heed the
/// hints that say so, and refuses the row: tried again, the transaction finds it.
/// </summary>
/// <param name="cause">What the server reported.</param>
internal sealed class LogicNotedException(Exception? cause) : Exception("another run has noted the same logic", cause);
