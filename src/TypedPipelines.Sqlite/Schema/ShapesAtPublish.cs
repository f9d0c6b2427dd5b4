using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedPipelines.Sqlite;

/// <summary>
/// The versions of the file's schema in which tables were last held against their contracts. A migration may rebuild a table after the start of a run, while its rows are read: a column
/// of another affinity would change values, one of another collation would take two keys for one, without a word. The publish has the write lock: nobody changes anything under it.
/// </summary>
internal sealed class ShapesAtPublish
{
    private readonly ConcurrentDictionary<TableContract, string> _versions = new();

    /// <summary>Holds a table against its contract again where the file's schema has changed since that was last done.</summary>
    /// <exception cref="PipelineException">It is no longer what the contract says.</exception>
    internal void Hold(SqliteDatabase database, TableContract contract, string pipeline)
    {
        string version = database.Find("pragma main.schema_version")!;
        if (_versions.GetValueOrDefault(contract) == version)
        {
            return;
        }

        using SqliteDatabase scratch = SqliteDatabase.OpenScratch(NullLogger.Instance);
        scratch.Run(contract.PlanFor<SqliteLoadPlan>().CreateTable);
        TablePreparation.CheckShape(database, scratch, contract, pipeline);
        _versions[contract] = version;
    }
}
