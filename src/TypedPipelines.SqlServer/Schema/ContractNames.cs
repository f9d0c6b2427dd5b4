namespace TypedPipelines.SqlServer;

/// <summary>What SQL Server asks of names, found out before a statement is sent that would mean something else.</summary>
internal static class ContractNames
{
    private const int Longest = 128;

    /// <summary>The contracts, each once.</summary>
    /// <exception cref="PipelineException">A name is one that SQL Server cannot keep, or belongs to somebody else.</exception>
    internal static IReadOnlyList<TableContract> Checked(IReadOnlyList<TableContract> tables)
    {
        var byName = new Dictionary<(string? Schema, string Table), TableContract>();
        foreach (TableContract contract in tables)
        {
            if (string.Equals(contract.Schema, LedgerTables.Schema, StringComparison.OrdinalIgnoreCase))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table {contract.DisplayName} of {contract.RowType.Name} lies in the schema of the ledger",
                    "Give the table another schema.");
            }

            if (contract.Table.StartsWith('#'))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table {contract.DisplayName} of {contract.RowType.Name} would be a temporary one, by its name, and its rows be gone after the run",
                    "Give the table another name.");
            }

            foreach (string name in (string[])[contract.Schema ?? "", contract.Table, .. contract.Columns.Select(column => column.Name)])
            {
                RefuseImpossible(contract, name);
            }

            if (byName.TryGetValue((contract.Schema, contract.Table), out TableContract? other) && other.RowType != contract.RowType)
            {
                throw SameTable(other, contract);
            }

            byName[(contract.Schema, contract.Table)] = contract;
        }

        return [.. byName.Values];
    }

    internal static PipelineException SameTable(TableContract one, TableContract other) => new(
        FailureKind.Schema,
        $"{one.RowType.Name} ({one.DisplayName}) and {other.RowType.Name} ({other.DisplayName}) are one table",
        "Give one of the tables another name.");

    private static void RefuseImpossible(TableContract contract, string name)
    {
        if (name.Length > Longest || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the name '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' in the contract of {contract.RowType.Name} is longer than the 128 characters that SQL Server keeps of a name, or holds the character NUL",
                "Give the table or column a shorter name with [Table] or [Column].");
        }
    }
}
