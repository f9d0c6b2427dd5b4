using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Values;

/// <summary>
/// Tells entities that a job adds from those that a service adds because somebody asked for each: an order that is placed now is a new one
/// whenever it is placed.
/// </summary>
internal static class BatchWork
{
    private static readonly string[] Bases = ["BackgroundService", "IHostedService", "IJob", "IInvocable", "IScheduledTask", "ServiceBase", "ITask", "IScheduledJob"];

    private static readonly string[] OfTypes =
        ["Job", "Worker", "Import", "Loader", "Sync", "Etl", "Ingest", "Batch", "Pipeline", "Aggregat", "Snapshot", "Backfill", "Scheduler", "Crawler", "Scraper", "Harvest", "Program", "Archiv", "Collector"];

    private static readonly string[] OfMethods = ["Import", "Load", "Sync", "Ingest", "Backfill", "Aggregate", "Snapshot", "Archive", "Main", "<Main>$"];

    public static bool Is(IInvocationOperation add, ISymbol member)
    {
        INamedTypeSymbol? type = member.ContainingType;
        if (type is null || Has(type.Name, "Seed") || Has(member.Name, "Seed"))
        {
            return false; // Seeding is asked for where the database is new.
        }

        return OfMethods.Any(word => member.Name.StartsWith(word, StringComparison.Ordinal))
            || OfTypes.Any(word => Has(type.Name, word))
            || type.AllInterfaces.Any(static implemented => Bases.Contains(implemented.Name))
            || Inherits(type)
            || add.TargetMethod.Name.StartsWith("AddRange", StringComparison.Ordinal)
            || IsInLoop(add);
    }

    private static bool Inherits(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (Bases.Contains(at.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInLoop(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is ILoopOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(string name, string word) => name.IndexOf(word, StringComparison.Ordinal) >= 0;
}
