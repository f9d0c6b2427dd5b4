namespace TypedPipelines;

/// <summary>The statement of a declared check of all staged rows, written by the source generator for one destination: it selects what is wrong.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Sql">The statement.</param>
public sealed record CheckStatement(string Check, string Sql)
{
    /// <summary>A further condition for where the rows of <see cref="Other"/> are staged in the same run; null where there is none.</summary>
    public string? NorStaged { get; init; }

    /// <summary>The other table, as <see cref="TableContract.DisplayName"/> gives it; null where no other is read.</summary>
    public string? Other { get; init; }
}
