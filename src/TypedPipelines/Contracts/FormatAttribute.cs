namespace TypedPipelines;

/// <summary>The exact format of a date or time in a text source, read with the invariant culture.</summary>
/// <param name="format">A .NET format string, such as <c>yyyy/MM/dd HH:mm</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FormatAttribute(string format) : Attribute
{
    /// <summary>The format string.</summary>
    public string Format { get; } = format;
}
