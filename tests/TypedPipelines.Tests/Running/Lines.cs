namespace TypedPipelines.Tests.Running;

/// <summary>The contract of a table of texts. A text that begins with <c>bad</c> breaks it.</summary>
internal sealed class Lines(string table, RowAction onInvalid = RowAction.Fail) : TableContract<string>
{
    public override string Table => table;

    public override LoadStrategy Strategy => Loads;

    public LoadStrategy Loads { get; init; } = LoadStrategy.ReplaceTable;

    public override IReadOnlyList<Column> Columns =>
        [new("line", "Line", ColumnType.String, Key: Ordered), .. Marked ? [new Column("gone", "Gone", ColumnType.Boolean) { Stored = false }] : (Column[])[]];

    public override bool KeepsNewest => Newest;

    public override DeleteLimits? DeleteMissing => Missing;

    public override RowAction OnInvalid => onInvalid;

    public bool Ordered { get; init; }

    public bool Mutable { get; init; }

    /// <summary>Whether of two rows the newer stays.</summary>
    public bool Newest { get; init; }

    /// <summary>Whether a column says that a row is deleted.</summary>
    public bool Marked { get; init; }

    public DeleteLimits? Missing { get; init; }

    public override bool HasMutableRows => Mutable;

    public override int CompareKeys(in string left, in string right) => Ordered ? string.CompareOrdinal(left, right) : 0;

    public override IReadOnlyList<LoadPlan> Plans => [];

    public override void Write<TWriter>(ReadOnlySpan<string> rows, in RunSlice slice, ref TWriter writer)
    {
        foreach (string row in rows)
        {
            writer.BeginRow();
            writer.Write(row);
            writer.EndRow();
        }
    }

    public override string Read<TReader>(ref TReader reader) => throw new NotSupportedException("No test reads from a database.");

    public override bool FindViolation(in string row, in RunSlice slice, out RowViolation violation)
    {
        violation = RowViolation.TooLong(0, row.Length, 0);
        return row.StartsWith("bad", StringComparison.Ordinal);
    }

    protected override object? ValueOf(in string row, int column) => row;
}
