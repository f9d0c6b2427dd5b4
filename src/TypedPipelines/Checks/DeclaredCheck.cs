using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A declared check whose statement the source generator has written for each destination: see <see cref="LoadPlan.Checks"/>.</summary>
/// <param name="name">The name in the ledger.</param>
/// <param name="expected">What it asks for, as the end of a sentence that begins with "expected".</param>
public sealed class DeclaredCheck(string name, string expected) : TableCheck(name)
{
    /// <summary>How many rows its statement may find; null for none.</summary>
    public long? MaxRows { get; init; }

    /// <summary>The other table that it reads, as <see cref="TableContract.DisplayName"/> gives it; null for none.</summary>
    public string? Other { get; init; }

    /// <inheritdoc/>
    public override string Expected { get; } = expected;

    internal override IEnumerable<string> OtherTables => Other is null ? [] : [Other];

    internal override bool ReadsStagedRows => true;

    internal override async Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken)
    {
        FoundRows found = await table.FindDeclaredAsync(Name, cancellationToken).ConfigureAwait(false);
        return new CheckVerdict(
            new CheckTolerance(MaxRows, null).Judge(Severity, found.Count, table.Rows), found.Count, found.Count == 0 ? null : $"{found.Count} {(found.Count == 1 ? "value breaks" : "values break")} it")
        {
            Sample = found.Sample,
        };
    }
}
