using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>The row contracts of one pipeline, each parsed once.</summary>
internal sealed class ContractSet(Findings findings)
{
    private readonly List<(INamedTypeSymbol Row, ISymbol UsedAt)> _rows = [];

    public List<ContractModel> All { get; } = [];

    /// <summary>What checks alone read is no part of the pipeline's graph, but its contract is named in theirs.</summary>
    public void AddTablesOfChecks()
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            foreach (INamedTypeSymbol read in CheckMethodParser.ReadsOf(_rows[i].Row))
            {
                Add(read, _rows[i].UsedAt);
            }
        }
    }

    public ContractModel? Add(INamedTypeSymbol row, ISymbol usedAt)
    {
        string name = row.SourceName();
        if (All.Find(contract => contract.Row.Type == name) is { } known)
        {
            return known;
        }

        ContractModel? parsed = ContractParser.Parse(row, usedAt, findings);
        if (parsed is not null)
        {
            All.Add(parsed);
            _rows.Add((row, usedAt));
        }

        return parsed;
    }
}
