namespace TypedPipelines.Compilation.Model;

/// <summary>A pipeline, as its registration needs it.</summary>
/// <param name="Type">Its class, fully qualified.</param>
/// <param name="Obsolete">What the compiler says of whoever uses that.</param>
internal sealed record RegistrationModel(string Type, ObsoleteModel Obsolete);
