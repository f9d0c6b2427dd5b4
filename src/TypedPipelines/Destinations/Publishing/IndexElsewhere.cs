namespace TypedPipelines.Destinations;

/// <summary>The failure of a preparation that cannot create an index, since another table has one of that name: one that was renamed takes its indexes with it.</summary>
internal static class IndexElsewhere
{
    /// <param name="contract">The table.</param>
    /// <param name="database">Where it is, for people.</param>
    /// <param name="index">The index's name.</param>
    /// <param name="owner">The table that has it.</param>
    /// <param name="statement">The statement that gives the name free.</param>
    internal static PipelineException Of(TableContract contract, string database, string index, string owner, string statement) => new(
        FailureKind.Schema,
        $"the index {index}, which loads of the table {contract.DisplayName} of {database} need, is one of the table {owner}: it kept its name when that was renamed",
        $"Nothing was changed. Give the name free with: {statement}");
}
