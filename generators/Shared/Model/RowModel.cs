namespace TypedPipelines.Compilation.Model;

/// <summary>A type by its names.</summary>
/// <param name="Type">Fully qualified, as C# source writes it, without null-ness.</param>
/// <param name="Name">The type's own name, with those of the types around it.</param>
/// <param name="Namespace">Its namespace, as C# source writes it; empty for the global one.</param>
internal sealed record TypeName(string Type, string Name, string Namespace);

/// <summary>A row type: what generated code has to know to name one, read one and make one.</summary>
/// <param name="Type">Fully qualified, as C# source writes it, without null-ness.</param>
/// <param name="Name">The type's own name.</param>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="IsReference">Whether it is a class.</param>
/// <param name="IsPublic">Whether other assemblies can see it.</param>
/// <param name="ConstructorMembers">The members set by the constructor, in the order of its parameters; the others are set in an initialiser.</param>
internal sealed record RowModel(
    string Type,
    string Name,
    string Namespace,
    bool IsReference,
    bool IsPublic,
    EquatableArray<string> ConstructorMembers)
{
    /// <summary>Whether an object of the type can become another row.</summary>
    public bool IsMutable { get; init; }

    public TypeName TypeName => new(Type, Name, Namespace);
}
