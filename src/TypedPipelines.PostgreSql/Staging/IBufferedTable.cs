using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>A staged table some of whose rows may still be here.</summary>
internal interface IBufferedTable : IStagedTable<PostgreSqlLoadPlan>, IDisposable
{
    /// <summary>Rows encoded that the server has not got yet.</summary>
    CopyBuffer Waiting { get; }
}
