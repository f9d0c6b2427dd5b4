using System.Globalization;

namespace TypedPipelines;

/// <summary>One way in which a row breaks its contract.</summary>
public readonly struct RowViolation
{
    private RowViolation(ViolationKind kind, int column, string reason)
    {
        Kind = kind;
        Column = column;
        Reason = reason;
    }

    /// <summary>What kind it is: it decides which of the contract's actions applies.</summary>
    public ViolationKind Kind { get; }

    /// <summary>The position of the column in <see cref="TableContract.Columns"/>.</summary>
    public int Column { get; }

    /// <summary>What is wrong, as the end of a sentence that begins with the column and its value.</summary>
    public string Reason { get; }

    /// <summary>The row lies outside the run's window.</summary>
    /// <param name="column">The partition column.</param>
    public static RowViolation OutOfWindow(int column) => new(ViolationKind.OutOfWindow, column, "lies outside the window of this partition");

    /// <summary>The partition column is null.</summary>
    /// <param name="column">The partition column.</param>
    public static RowViolation NullPartition(int column) => new(ViolationKind.Null, column, "says which window the row belongs to and must not be null");

    /// <summary>A key column is null.</summary>
    /// <param name="column">The column.</param>
    public static RowViolation NullKey(int column) => new(ViolationKind.Null, column, "belongs to the key and must not be null");

    /// <summary>A column that holds no nulls is null.</summary>
    /// <param name="column">The column.</param>
    public static RowViolation Null(int column) => new(ViolationKind.Null, column, "must not be null");

    /// <summary>A <see cref="DateTime"/> is not of kind UTC, so nobody can say which instant it means.</summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">Its kind.</param>
    public static RowViolation NotUtc(int column, DateTimeKind kind) =>
        new(ViolationKind.Null, column, $"is a DateTime of kind {kind}, which names no instant; make it UTC in a step");

    /// <summary>A step filled in what the load fills in, and with something else.</summary>
    /// <param name="column">The column.</param>
    /// <param name="stamp">What the load fills in; null for what is not known before later runs.</param>
    public static RowViolation NotStamp(int column, string? stamp) =>
        new(ViolationKind.Null, column, $"is filled in by the load{(stamp is null ? "" : $", with {stamp} in this run")}; leave it out in the steps");

    /// <summary>A text that must say something is empty or white space.</summary>
    /// <param name="column">The column.</param>
    public static RowViolation Blank(int column) => new(ViolationKind.Invalid, column, "must not be empty or white space");

    /// <summary>A text or byte string is shorter than declared.</summary>
    /// <param name="column">The column.</param>
    /// <param name="length">The length found.</param>
    /// <param name="shortest">The shortest allowed.</param>
    public static RowViolation TooShort(int column, int length, int shortest) =>
        new(ViolationKind.Invalid, column, string.Create(CultureInfo.InvariantCulture, $"is {length} long and must be at least {shortest}"));

    /// <summary>A text or byte string is longer than its column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="length">The length found.</param>
    /// <param name="longest">The longest allowed.</param>
    public static RowViolation TooLong(int column, int length, int longest) =>
        new(ViolationKind.Invalid, column, string.Create(CultureInfo.InvariantCulture, $"is {length} long and may be at most {longest}"));

    /// <summary>A value lies outside the range declared.</summary>
    /// <param name="column">The column.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="greatest">The greatest value allowed.</param>
    public static RowViolation OutOfRange(int column, string least, string greatest) =>
        new(ViolationKind.Invalid, column, $"must lie between {least} and {greatest}");

    /// <summary>A value does not pass a check of the contract.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reason">What is wrong, as the end of a sentence that begins with the column and its value.</param>
    public static RowViolation Invalid(int column, string reason) => new(ViolationKind.Invalid, column, reason);

    /// <summary>A text took longer to be matched than the contract allows: whether it is valid is not known.</summary>
    /// <param name="column">The column.</param>
    /// <param name="limit">How long a match may take.</param>
    internal static RowViolation NotMatchedInTime(int column, TimeSpan limit) => new(
        ViolationKind.Null, column, string.Create(CultureInfo.InvariantCulture, $"could not be matched with the pattern declared in {limit.TotalMilliseconds} ms; simplify the pattern, or set its MatchTimeoutInMilliseconds"));
}
