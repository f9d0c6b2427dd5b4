namespace TypedPipelines.PostgreSql;

/// <summary>A parameter that goes to the server as a text, whose type is that of what it is compared with.</summary>
/// <param name="Text">The text.</param>
internal sealed record Literal(string Text);
