using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>A type by its names.</summary>
/// <param name="Type">Fully qualified, as C# source writes it, without null-ness.</param>
/// <param name="Name">The type's own name, with those of the types around it.</param>
/// <param name="Namespace">Its namespace, as C# source writes it; empty for the global one.</param>
internal sealed record TypeName(string Type, string Name, string Namespace)
{
    /// <summary>What the name of a contract's class ends in.</summary>
    public const string Table = "Table";

    /// <summary>What the name of a CSV parser ends in.</summary>
    public const string Csv = "Csv";

    /// <summary>What the name of the class that reads a statement's result ends in.</summary>
    public const string Result = "Result";

    private const string Global = "global::";

    /// <summary>The type's own name, after those of the types around it.</summary>
    public IReadOnlyList<string> Path =>
        Type.Substring(Global.Length + (Namespace.Length == 0 ? 0 : Namespace.Length + 1)).Replace("@", "").Split('.');

    /// <summary>
    /// The namespace of what is generated for the type: <c>Generated</c> in its own one, and in that one for each type around it. No generated type ends in
    /// <c>Rows</c>, so that none has the name of such a namespace.
    /// </summary>
    public string GeneratedNamespace =>
        (Namespace.Length == 0 ? "" : Namespace + ".") + string.Join(".", Path.Take(Path.Count - 1).Select(static outer => outer + "Rows").Prepend("Generated"));

    /// <summary>The name, in that namespace, of the type that is generated for this one.</summary>
    public string GeneratedClass(string kind) => Path[Path.Count - 1] + kind;

    public string QualifiedGeneratedClass(string kind) => $"{Global}{GeneratedNamespace}.{GeneratedClass(kind)}";
}

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

    /// <summary>What the compiler says of whoever uses it.</summary>
    public ObsoleteModel Obsolete { get; init; } = ObsoleteModel.None;

    public TypeName TypeName => new(Type, Name, Namespace);
}
