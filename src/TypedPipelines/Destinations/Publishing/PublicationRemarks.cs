using Microsoft.Extensions.Logging;
using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>What there is to say of a publish that has succeeded: said once it is committed, for until then it may be tried again.</summary>
internal sealed class PublicationRemarks(RunIdentity run, ILogger logger)
{
    private readonly Dictionary<string, string> _othersTables = [];

    /// <summary>Notes who loaded a table before this run.</summary>
    internal void NoteLoader(TableContract contract, string? before)
    {
        if (TableLoader.OtherPipeline(run, before) is { } other)
        {
            _othersTables[contract.DisplayName] = other;
        }
    }

    /// <param name="keepsMissing">The tables that keep rows which the batch does not have.</param>
    /// <param name="end">How the run ended.</param>
    /// <param name="outdated">Why what is published is stale already; null where it is not.</param>
    internal void Say(IEnumerable<TableContract> keepsMissing, RunEnd end, string? outdated)
    {
        foreach (TableContract contract in keepsMissing)
        {
            if (end.LeftOut > 0)
            {
                logger.MissingUnknown(run.Pipeline, run.Partition.Key, contract.DisplayName, end.LeftOut);
            }
            else
            {
                logger.MissingKept(run.Pipeline, run.Partition.Key, contract.DisplayName);
            }
        }

        foreach ((string table, string other) in _othersTables)
        {
            logger.OthersTable(run.Pipeline, run.Partition.Key, table, other);
        }

        if (outdated is not null)
        {
            logger.Outdated(run.Pipeline, run.Partition.Key, outdated);
        }
    }
}
