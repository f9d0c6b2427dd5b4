using System.Text;

namespace TypedPipelines.PostgreSql;

/// <summary>What PostgreSQL asks of names, found out before a statement is sent that would mean something else.</summary>
internal static class ContractNames
{
    /// <summary>PostgreSQL cuts longer names, without an error.</summary>
    private const int Longest = 63;

    /// <summary>Columns that every table has, of the server's own.</summary>
    private static readonly string[] Taken = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

    /// <summary>The contracts, each once.</summary>
    /// <exception cref="PipelineException">A name is one that PostgreSQL cannot keep, or belongs to somebody else.</exception>
    internal static IReadOnlyList<TableContract> Checked(IReadOnlyList<TableContract> tables)
    {
        var byName = new Dictionary<(string? Schema, string Table), TableContract>();
        foreach (TableContract contract in tables)
        {
            if (contract.Schema == LedgerTables.Schema)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table {contract.DisplayName} of {contract.RowType.Name} lies in the schema of the ledger",
                    "Give the table another schema.");
            }

            foreach (string name in (string[])[contract.Schema ?? "", contract.Table, .. contract.Columns.Select(column => column.Name)])
            {
                RefuseImpossible(contract, name);
            }

            if (contract.Columns.FirstOrDefault(static column => Taken.Contains(column.Name, StringComparer.Ordinal)) is { } taken)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the column '{taken.Name}' of {contract.RowType.Name} has the name of a column that every table of PostgreSQL has of its own",
                    "Give the column another name with [Column].");
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
        if (Encoding.UTF8.GetByteCount(name) > Longest || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the name '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' in the contract of {contract.RowType.Name} is longer than the 63 bytes that PostgreSQL keeps of a name, or holds the character NUL",
                "Give the table or column a shorter name with [Table] or [Column].");
        }
    }
}
