namespace TypedPipelines;

/// <summary>What the declared checks of all rows of a run have in common.</summary>
public abstract class SetCheckAttribute : Attribute
{
    private protected SetCheckAttribute()
    {
    }

    /// <summary>The name in the ledger; made of the attribute and its members unless set.</summary>
    public string? Name { get; set; }

    /// <summary>What it does where it is not passed: <see cref="CheckSeverity.Fail"/>, which it is unless set, or <see cref="CheckSeverity.Warn"/>.</summary>
    public CheckSeverity Severity { get; set; }

    /// <summary>What it means, for whoever reads the ledger or the run book; null for what its kind says.</summary>
    public string? Description { get; set; }

    /// <summary>What to do where it is not passed, for the run book.</summary>
    public string? Remedy { get; set; }
}
