namespace TypedPipelines;

/// <summary>An index that a load needs.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Sql">The statement that creates it.</param>
public sealed record TableIndex(string Name, string Sql);
