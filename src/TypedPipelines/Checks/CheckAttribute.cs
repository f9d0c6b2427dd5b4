namespace TypedPipelines;

/// <summary>
/// Marks a static method that checks the rows which are about to be loaded. Declared on their row contract, where generated code can see it
/// (<c>internal</c> or <c>public</c>), it has one of these forms:
/// <code>
/// [Check] internal static bool ArrivesLater(Flight row) => row.Arrival > row.Departure;      // true where the row is right
/// [Check] internal static string? Distance(Flight row) => row.Miles > 0 ? null : "is none";   // null where the row is right
/// [Check] internal static Sql FliesOnce(Staged&lt;Flight> staged) => $"select number from {staged} group by number having count(*) > 1";
/// </code>
/// A statement selects what is wrong: it is passed where it finds no row. Its summary in the code says what it means to whoever reads the ledger or the run book,
/// and its remarks what to do where it is not passed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckAttribute : Attribute
{
    /// <summary>The name in the ledger; that of the method unless set.</summary>
    public string? Name { get; set; }

    /// <summary>What it does where it is not passed. <see cref="CheckSeverity.Fail"/> unless set.</summary>
    public CheckSeverity Severity { get; set; }

    /// <summary>
    /// How many rows may break it. With <see cref="CheckSeverity.Fail"/> up to so many are loaded, and the check warns; with
    /// <see cref="CheckSeverity.Quarantine"/> more fail the run; with <see cref="CheckSeverity.Warn"/> it is passed up to so many. Below zero, which it is unless set, for
    /// no such number: then the first row counts, and any number may be put into quarantine.
    /// </summary>
    public long MaxRows { get; set; } = -1;

    /// <summary>The share of the rows that may break it, from 0 to 1, in the way of <see cref="MaxRows"/>. Below zero, which it is unless set, for no such share.</summary>
    public double MaxShare { get; set; } = -1;
}
