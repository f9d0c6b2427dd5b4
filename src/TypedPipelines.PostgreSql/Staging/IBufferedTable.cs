using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>A staged table some of whose rows may still be here.</summary>
internal interface IBufferedTable : IStagedTable<PostgreSqlLoadPlan>, IDisposable
{
    /// <summary>Rows encoded that the server has not got yet.</summary>
    CopyBuffer Waiting { get; }

    /// <summary>Whether there is no need to search the rows for duplicates.</summary>
    bool IsFreeOfDuplicates => HasDistinctKeys || Plan is { FindDuplicates: null, KeepLatest: null };
}
