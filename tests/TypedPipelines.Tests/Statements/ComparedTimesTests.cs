namespace TypedPipelines.Tests.Statements;

/// <summary>By which columns a statement chooses the rows of its window, as far as its text says so.</summary>
public sealed class ComparedTimesTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);
    private static readonly DateTimeOffset At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly Table<Trip> Trips = Table<Trip>.All;

    public static TheoryData<string, Sql<Trip>, string[]> Statements => new()
    {
        { "a comparison", $"select id, seen from {Trips} where sent >= {Day}", ["sent"] },
        { "the other way round", $"select * from {Trips} where {At} <= t.seen", ["seen"] },
        { "between", $"select sent from {Trips} where \"Sent\" between {Day} and {Day}", ["sent"] },
        { "inside calls", $"select * from {Trips} where date_trunc('day', seen) = {At} or coalesce([when], [sent]) = {Day}", ["sent", "seen", "when"] },
        { "a case, whose when might be a column", $"select id from {Trips} where case when seen is not null then sent else x end = {Day}", ["sent", "seen", "when"] },
        { "names like words of SQL, and with other characters", $"select id from {Trips} where \"when\" = {Day} or t.\"seen-on\" = {Day}", ["when", "seen-on"] },
        { "another table's value", $"select {Day} as day from {Trips} join (select {Day} as day) d on sent = day", ["sent"] },
        { "a common table expression", $"with t as (select seen as at from {Trips}) select at, sent from t where at = {At}", ["seen"] },
        { "a value of another type", $"select id from {Trips} where cast(sent as varchar(10)) = {"2026-01-05"}", ["sent"] },
        { "a select inside", $"select id, (select max(seen) from {Trips}) as last from {Trips}", ["seen"] },
        { "comments and texts", $"select id -- don't take sent for when\nfrom {Trips} /* seen */ where sent = {Day} and x <> 'it''s when'", ["sent"] },
        { "what is only shown", $"select id, sent, max(seen) as last from {Trips} as t join x on x.id = t.id where x.day = {Day} group by id, sent order by sent", ["seen"] },
        { "by its key", $"select id, t.sent from {Trips} as t join x on x.id = t.id where x.day = {Day} group by id, t.sent order by sent", [] },
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
        new("when", "When", ColumnType.Date), new("seen-on", "SeenOn", ColumnType.Date),
    ];

    public override IReadOnlyList<LoadPlan> Plans => [];

    public override void Write<TWriter>(ReadOnlySpan<Trip> rows, in RunSlice slice, ref TWriter writer) => throw new NotSupportedException();

    public override Trip Read<TReader>(ref TReader reader) => throw new NotSupportedException();

    public override bool FindViolation(in Trip row, in RunSlice slice, out RowViolation violation) => throw new NotSupportedException();

    protected override object? ValueOf(in Trip row, int column) => throw new NotSupportedException();
}
