namespace TypedPipelines.Cli.Tests.Fakes;

public sealed record FlightRow(DateOnly Date, string Origin);

/// <summary>A contract by hand: rows from '???' are quarantined.</summary>
internal sealed class FlightContract(string table) : TableContract<FlightRow>
{
    public override string Table => table;

    public override string? Schema => "analytics";

    public override LoadStrategy Strategy => LoadStrategy.ReplacePartition;

    public override IReadOnlyList<Column> Columns { get; } =
        [new("flight_date", "Date", ColumnType.Date, Key: true), new("origin", "Origin", ColumnType.String, MaxLength: 3)];

    public override int? PartitionColumn => 0;

    /// <summary>What it declares; nothing unless set.</summary>
    internal IReadOnlyList<TableCheck> Declared { get; init; } = [];

    public override IReadOnlyList<TableCheck> Checks => Declared;

    /// <summary>Whether it keeps what its loads replace.</summary>
    internal bool Keeps { get; init; }

    public override bool KeepsReplaced => Keeps;

    public override RowAction OnInvalid => RowAction.Quarantine;

    public override IReadOnlyList<LoadPlan> Plans => [];

    public override void Write<TWriter>(ReadOnlySpan<FlightRow> rows, in RunSlice slice, ref TWriter writer) => throw new NotSupportedException();

    public override FlightRow Read<TReader>(ref TReader reader) => throw new NotSupportedException();

    public override bool FindViolation(in FlightRow row, in RunSlice slice, out RowViolation violation)
    {
        violation = row.Origin == "???" ? RowViolation.OutOfRange(1, "AAA", "ZZZ") : default;
        return row.Origin == "???";
    }

    protected override object? ValueOf(in FlightRow row, int column) => column == 0 ? row.Date : row.Origin;
}
