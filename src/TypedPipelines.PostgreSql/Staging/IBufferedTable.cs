using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>A staged table some of whose rows may still be here.</summary>
internal interface IBufferedTable : IStagedTable<PostgreSqlLoadPlan>, IDisposable
{
    /// <summary>Rows encoded that the server has not got yet.</summary>
    CopyBuffer Waiting { get; }

    /// <summary>The staged row with the longest key, as messages show it; null where no key has a length.</summary>
    Task<string?> ShowLongestAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is no need to search the rows for duplicates.</summary>
    bool IsFreeOfDuplicates => HasDistinctKeys || Plan is { FindDuplicates: null, KeepLatest: null };
}
