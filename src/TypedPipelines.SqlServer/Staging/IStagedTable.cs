namespace TypedPipelines.SqlServer;

/// <summary>What a publish asks of a staged table, whatever its row type.</summary>
internal interface IStagedTable
{
    TableContract Contract { get; }

    SqlServerLoadPlan Plan { get; }

    /// <summary>Rows staged.</summary>
    long Staged { get; }

    /// <summary>Rows that the server has not got yet.</summary>
    RowBuffer Waiting { get; }

    /// <summary>Looks for two staged rows with one key.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    Task<PipelineException?> FindDuplicatesAsync(CancellationToken cancellationToken);

    /// <summary>Looks for a staged row that has the key and version of one in the table, and is another.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    Task<PipelineException?> FindConflictAsync(CancellationToken cancellationToken);
}
