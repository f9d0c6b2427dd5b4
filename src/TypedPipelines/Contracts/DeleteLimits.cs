using System.Globalization;

namespace TypedPipelines;

/// <summary>What stops a load that deletes rows which its batch does not have: see <see cref="DeleteMissingAttribute"/>.</summary>
/// <param name="AllowEmpty">Whether a batch without rows may delete everything in scope.</param>
/// <param name="MaxDeletedShare">The share of the rows in scope, from 0 to 1, that may be deleted.</param>
public sealed record DeleteLimits(bool AllowEmpty, double MaxDeletedShare)
{
    /// <summary>
    /// Whether only the latest window deletes: where a later one has been loaded, the rows that are missing may have come with that. So it is
    /// where the contract has a version, which promises that an old window can be run again, and the scope is not the window.
    /// </summary>
    public bool OnlyByLatest { get; init; }

    /// <summary>Holds a load against its limits. For destinations: to be called in the publishing transaction, before anything changes.</summary>
    /// <param name="table">The table's name for people.</param>
    /// <param name="staged">Rows staged.</param>
    /// <param name="inScope">Rows of the table that may be deleted.</param>
    /// <param name="missing">How many of those the batch does not have.</param>
    /// <exception cref="PipelineException">A limit is crossed.</exception>
    public void Check(string table, long staged, long inScope, long missing)
    {
        if (staged == 0 && !AllowEmpty)
        {
            throw new PipelineException(
                FailureKind.DeleteLimit,
                string.Create(CultureInfo.InvariantCulture, $"no row came for {table}: the {inScope} rows that it has in scope, and any that come there, would be deleted because the batch does not have them"),
                "Nothing was changed. Deliver the rows and run the partition again; where a source may be empty, set AllowEmpty = true on [DeleteMissing].");
        }

        // A quotient is rounded as a share is that was written down, as 0.29 or 1.0 / 3; the product of one need not be what was meant.
        if ((double)missing / inScope > MaxDeletedShare)
        {
            throw new PipelineException(
                FailureKind.DeleteLimit,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{missing} of the {inScope} rows of {table} in scope ({(double)missing / inScope:P1}) are not in the batch and would be deleted, more than the {MaxDeletedShare:P1} allowed"),
                "Nothing was changed. Make sure that the source gave everything; where so many rows may really go, raise MaxDeletedShare on [DeleteMissing].");
        }
    }
}
