namespace TypedPipelines.Sqlite;

/// <summary>What a publish asks of a staged table, whatever its row type.</summary>
internal interface IStagedTable : IDisposable
{
    TableContract Contract { get; }

    SqliteLoadPlan Plan { get; }

    /// <summary>Rows staged.</summary>
    long Staged { get; }

    /// <summary>Looks for two staged rows with one key.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    PipelineException? FindDuplicates();

    /// <summary>Looks for a staged row that has the key and version of one in the table, and is another.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    PipelineException? FindConflict();
}
