namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>One statement of a publish.</summary>
/// <param name="Name">The name of its constant.</param>
/// <param name="Effect">What the rows it touches count as: the name of a member of the runtime's effects.</param>
/// <param name="Sql">The statement.</param>
internal sealed record StatementText(string Name, string Effect, string Sql)
{
    public const string Insert = "Insert";
    public const string Update = "Update";
    public const string Delete = "Delete";
    public const string DeleteMissing = "DeleteMissing";
    public const string CloseMissing = "CloseMissing";

    /// <summary>Rows of the staging table, which count as nothing.</summary>
    public const string None = "None";
}
