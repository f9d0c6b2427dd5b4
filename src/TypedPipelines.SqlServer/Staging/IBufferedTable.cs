using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>A staged table some of whose rows may still be here.</summary>
internal interface IBufferedTable : IStagedTable<SqlServerLoadPlan>
{
    /// <summary>Rows that the server has not got yet.</summary>
    RowBuffer Waiting { get; }
}
