namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>Windows of tables whose rows belong to none.</summary>
public class WindowReadTests
{
    private static string With(string strategy) => $$"""
        {{strategy}} public sealed record Sale([property: Key] int Id, DateOnly Day, DateOnly? Until, string Origin, int Amount);
        [ReplacePartition("Day")] public sealed record DaySum([property: Key] DateOnly Day, int Amount);
        [Pipeline("p")] [DailyPartitions("2026-01-01")] public partial class P
        {
            [Source] static Table<Sale> Sales(DayPartition day) => Table<Sale>.[|In|](day);
            [Step] static DaySum Sum(Sale sale) => new(sale.Day, sale.Amount);
        }
        """;

    [Theory]
    [InlineData("[Merge]", "Merge")]
    [InlineData("[ReplaceTable]", "ReplaceTable")]
    [InlineData("[ReplaceFile(\"Origin\")]", "ReplaceFile")]
    [InlineData("[ReplaceRun(\"Origin\")]", "ReplaceRun")]
    [InlineData("[History(\"Day\", \"Until\")]", "History")]
    public Task A_window_of_a_table_without_windows(string strategy, string name) => Expect.OnlyAsync(
        "TP4034",
        With(strategy),
        $"The rows of Sale belong to no window, since its strategy, [{name}], names no column that says so; read Table<Sale>.All, or select the rows by their times in a [SqlStep]");

    [Theory]
    [InlineData("[ReplacePartition(\"Day\")]")]
    [InlineData("[Snapshot(\"Day\")]")]
    public Task A_window_of_a_table_with_windows(string strategy) => Expect.NothingAsync(With(strategy).Replace("[|In|]", "In", StringComparison.Ordinal));
}
