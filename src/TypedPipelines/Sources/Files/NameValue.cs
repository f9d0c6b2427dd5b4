namespace TypedPipelines;

/// <summary>What stands in a file's name where its pattern has a placeholder.</summary>
/// <param name="Name">The placeholder.</param>
/// <param name="Text">The value; a date or time in the form of ISO 8601, whatever form it has in the name.</param>
internal readonly record struct NameValue(string Name, string Text);
