namespace TypedPipelines.Tests.Statements;

/// <summary>By which columns a statement chooses the rows of its window, as far as its text says so.</summary>
public sealed class ComparedTimesTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);
    private static readonly DateTimeOffset At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly Table<Trip> Trips = Table<Trip>.All;

    public static TheoryData<string, Sql<Trip>, string[]> Statements => new()
    {
        { "a comparison", $"select * from {Trips} where sent >= {Day} and seen is not null", ["sent"] },
        { "the other way round", $"select * from {Trips} where {At} <= t.seen", ["seen"] },
        { "between", $"select sent from {Trips} where \"Sent\" between {Day} and {Day}", ["sent"] },
        { "inside a call", $"select * from {Trips} where date_trunc('day', seen) = {At} or [sent] = {Day}", ["sent", "seen"] },
        { "a cast", $"select * from {Trips} where cast(seen as date) = {Day}", ["seen"] },
        { "no condition of its own", $"select seen from {Trips} join (select {Day} as day) d on sent = day", ["sent", "seen"] },
        { "by its key", $"select id from {Trips} as t join x on x.id = t.id where x.day = {Day}", [] },
        { "no window at all", $"select sent, seen from {Trips} where id = {5}", [] },
        { "a part of another name", $"select * from {Trips} where sent_by = {Day}", [] },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Columns_that_stand_beside_a_time(string what, Sql<Trip> statement, string[] columns) =>
        ComparedTimes.Of(statement, new Trips()).ShouldBe(columns, what);
}

public sealed record Trip(int Id, DateOnly Sent, DateTimeOffset Seen);

internal sealed class Trips : TableContract<Trip>
{
    public override string Table => "trip";

    public override LoadStrategy Strategy => LoadStrategy.Merge;

    public override IReadOnlyList<Column> Columns { get; } =
    [
        new("id", "Id", ColumnType.Int32, Key: true), new("sent", "Sent", ColumnType.Date), new("seen", "Seen", ColumnType.Instant),
    ];

    public override IReadOnlyList<LoadPlan> Plans => [];

    public override void Write<TWriter>(ReadOnlySpan<Trip> rows, in RunSlice slice, ref TWriter writer) => throw new NotSupportedException();

    public override Trip Read<TReader>(ref TReader reader) => throw new NotSupportedException();

    public override bool FindViolation(in Trip row, in RunSlice slice, out RowViolation violation) => throw new NotSupportedException();

    protected override object? ValueOf(in Trip row, int column) => throw new NotSupportedException();
}
