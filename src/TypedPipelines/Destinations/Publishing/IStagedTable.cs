namespace TypedPipelines.Destinations;

/// <summary>What a publish asks of a staged table, whatever its row type.</summary>
/// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
internal interface IStagedTable<out TPlan>
    where TPlan : LoadPlan
{
    TableContract Contract { get; }

    TPlan Plan { get; }

    /// <summary>Rows staged.</summary>
    long Staged { get; }

    /// <summary>Whether it is known that no two rows have one key; else they are to be searched.</summary>
    bool HasDistinctKeys { get; }

    /// <summary>Looks for two staged rows with one key.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    Task<PipelineException?> FindDuplicatesAsync(CancellationToken cancellationToken);

    /// <summary>Looks for a staged row that has the key and version of one in the table, and is another.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    Task<PipelineException?> FindConflictAsync(CancellationToken cancellationToken);

    /// <summary>The row that a query finds, which selects the contract's columns, as messages show it; null where it finds none.</summary>
    Task<string?> ShowAsync(string sql, CancellationToken cancellationToken);
}
