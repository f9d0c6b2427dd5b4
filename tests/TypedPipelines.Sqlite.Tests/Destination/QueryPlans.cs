using Dapper;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>How SQLite carries out the generated SQL: nothing that a load does to a large table may read all of it.</summary>
public sealed class QueryPlans : IDisposable
{
    private static readonly Column[] Plain = [Col.Key("a"), Col.Key("b", ColumnType.String), Col.Value("v")];
    private static readonly Column[] WithNulls = [Col.Key("a"), Col.Key("b", ColumnType.String, nullable: true), Col.Value("v")];

    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_searches_the_table_by_its_key(bool nullKeys)
    {
        var table = new TestContract("t", LoadStrategy.Merge, nullKeys ? WithNulls : Plain, nullKeysMatch: nullKeys);
        await _database.PrepareAsync(table);
        foreach (LoadStatement statement in table.PlanFor<SqliteLoadPlan>().Publish)
        {
            List<string> plan = Explain(table, statement.Sql);
            plan.ShouldContain(step => step.StartsWith("SEARCH t USING") && step.Contains("INDEX") && step.Contains("(a=? AND b=?)"), string.Join('\n', plan));
            plan.ShouldNotContain(step => $"{step} ".StartsWith("SCAN t "), string.Join('\n', plan));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_window_is_found_by_an_index(bool withKey, bool nullKeys)
    {
        Column[] columns = [new Column("k", "k", ColumnType.Int64, nullKeys, withKey), Col.Value("day", ColumnType.Date, nullable: false)];
        var table = new TestContract("t", LoadStrategy.ReplacePartition, columns, partition: "day", nullKeysMatch: nullKeys);
        await _database.PrepareAsync(table);
        Explain(table, table.SqliteTexts.Publish[0].Sql).ShouldContain(step => step.StartsWith("SEARCH main.t USING") && step.Contains("(day>? AND day<?)"));
        Explain(table, table.SqliteTexts.ReadWindow!).ShouldContain(step => step.StartsWith("SEARCH main.t USING") && step.Contains("(day>? AND day<?)"));
    }

    [Fact]
    public async Task A_partition_column_within_the_key_has_an_index_of_its_own()
    {
        var table = new TestContract(
            "t", LoadStrategy.ReplacePartition, [Col.Key("k"), Col.Key("day", ColumnType.Date)], partition: "day");
        await _database.PrepareAsync(table);
        Explain(table, table.SqliteTexts.Publish[0].Sql).ShouldContain(step => step.Contains("INDEX ix_t_day (day>? AND day<?)"));
    }

    /// <summary>A plan that joins the staged rows with themselves, or reads the table once per row, takes minutes here.</summary>
    [Theory]
    [InlineData(LoadStrategy.Merge, false, false)]
    [InlineData(LoadStrategy.Merge, true, false)]
    [InlineData(LoadStrategy.Merge, true, true)]
    [InlineData(LoadStrategy.ReplaceTable, false, false)]
    public async Task The_time_of_a_load_grows_with_its_rows(LoadStrategy strategy, bool nullKeys, bool keepLatest)
    {
        var table = new TestContract(
            "t", strategy, nullKeys ? WithNulls : Plain, keepLatest: keepLatest ? ["v"] : null, nullKeysMatch: nullKeys);
        object?[][] rows = [.. Enumerable.Range(0, 30_000).Select(i => new object?[] { (long)(i / 7), $"{i % 7}", (long)i })];
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        await _database.LoadAsync(table, null, rows);
        await _database.LoadAsync(table, null, rows);
        System.Diagnostics.Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    private List<string> Explain(TestContract table, string sql)
    {
        using SqliteConnection connection = _database.Open();
        connection.Execute(table.SqliteTexts.CreateStaging);
        return connection.Query($"explain query plan {sql}", new { start = "2024-01-01", end = "2024-01-02" })
            .Select(row => (string)row.detail).AsList();
    }
}
