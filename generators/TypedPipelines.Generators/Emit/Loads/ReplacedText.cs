namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>The SQL of a table that keeps what its loads replace: the properties of the runtime's <c>ReplacedRows</c>, by the same names.</summary>
internal sealed record ReplacedText(string Table, string Create, string? CreateIndex, string Forget, string Keep, string Read);
