using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>A declared check of the rows that a run is about to load into a table, as the source generator found it.</summary>
public abstract class TableCheck
{
    private protected TableCheck(string name)
    {
        Name = name;
    }

    /// <summary>The name in the ledger.</summary>
    public string Name { get; }

    /// <summary>What it does where it is not passed.</summary>
    public CheckSeverity Severity { get; init; }

    /// <summary>What it means, for people; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary>What to do where it is not passed, for the run book; null where nothing is said.</summary>
    public string? Remedy { get; init; }

    /// <summary>What it asks for, as the end of a sentence that begins with "expected".</summary>
    public abstract string Expected { get; }

    /// <summary>The other tables that it reads, as <see cref="TableContract.DisplayName"/> gives them.</summary>
    internal virtual IEnumerable<string> OtherTables => [];

    /// <summary>Whether it asks the destination for the staged rows.</summary>
    internal virtual bool ReadsStagedRows => false;

    /// <summary>Judges what a run is about to publish.</summary>
    internal abstract Task<CheckVerdict> JudgeAsync(CheckedTable table, CancellationToken cancellationToken);

    /// <summary>What of a check that is not passed comes of it: as severe as it says.</summary>
    private protected CheckOutcome Broken => Severity == CheckSeverity.Warn ? CheckOutcome.Warned : CheckOutcome.Failed;
}
