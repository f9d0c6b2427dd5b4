namespace TypedPipelines;

/// <summary>What destinations find wrong with the rows of a batch, in the same words everywhere.</summary>
public static class ContractFailures
{
    /// <summary>Two rows of one batch have the same key.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="first">One row.</param>
    /// <param name="second">The other.</param>
    public static PipelineException DuplicateKey<TRow>(TableContract<TRow> contract, in TRow first, in TRow second)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return new PipelineException(
            FailureKind.DuplicateKey,
            $"two rows for {contract.DisplayName} have the key {ShowKey(contract, in first)}: {contract.Show(in first)} and {contract.Show(in second)}",
            "Nothing was changed. Make the rows distinct at their source or in a step; declare the column that tells them apart as [Key]; or declare [KeepLatest] on the contract.");
    }

    /// <summary>A row has the key and version of one that is in the table, and is another.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="came">The row of the batch.</param>
    /// <param name="there">The row of the table.</param>
    public static PipelineException VersionConflict<TRow>(TableContract<TRow> contract, in TRow came, in TRow there)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return new PipelineException(
            FailureKind.VersionConflict,
            $"a row for {contract.DisplayName} has the key {ShowKey(contract, in came)} and the version of a row that is there, and is another: {contract.Show(in came)} came, and {contract.Show(in there)} is there",
            "Nothing was changed. Find out which of the two is right and mend the other at its source; or declare what is to happen with OnSameVersion on [Merge].");
    }

    private static string ShowKey<TRow>(TableContract<TRow> contract, in TRow row)
    {
        var key = new List<string>();
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            // A history holds a key once at a time.
            if (contract.Columns[i].Key || (contract.Strategy == LoadStrategy.History && i == contract.PartitionColumn))
            {
                key.Add($"{contract.Columns[i].Name}={contract.Show(in row, i)}");
            }
        }

        return string.Join(", ", key);
    }
}
