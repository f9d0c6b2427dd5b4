using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

public sealed record RawSale(int Id, string Region, decimal Total);

[ReplacePartition(nameof(Day))]
public sealed record DaySale([property: Key] DateOnly Day, [property: Key] int Id, [MaxLength(10)] string Region, decimal Total);

[Pipeline("sales-of-files")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class SalesOfFilesPipeline
{
    [Source(MaxRejectedShare = 0.5)]
    static CsvFiles<RawSale> Landing(DayPartition day) => new(FileNames.In(day, $"{Feed.Take<string>(day).First()}/sales-{{date:yyyyMMdd}}-{{region}}.csv"));

    [Step]
    static DaySale Load(RawSale raw, DayPartition day) => new(day.Date, raw.Id, raw.Region, raw.Total);
}

public sealed record QueriedSale(int Id, string Region, decimal Total);

[ReplacePartition(nameof(Day))]
public sealed record ShopSale([property: Key] DateOnly Day, [property: Key] int Id, [MaxLength(10)] string Region, decimal Total);

[Pipeline("sales-of-a-query")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class SalesOfAQueryPipeline(DbDataSource shop)
{
    [Source(MaxRejectedShare = 0.5)]
    DbQuery<QueriedSale> Sold(DayPartition day) => new(shop, "select id, region, total from sold where day = @Date order by id", new { Date = day.Key });

    [Step]
    static ShopSale Load(QueriedSale raw, DayPartition day) => new(day.Date, raw.Id, raw.Region, raw.Total);
}

/// <summary>Sources as pipelines have them: generated code opens them, rows are loaded by window, rejects are kept.</summary>
public sealed class SourceTests
{
    /// <summary>The last value was cut off when it was read, and the writer goes on before the window is published.</summary>
    [Fact]
    public async Task S44_a_file_that_is_written_to_while_a_window_is_loaded_is_not_loaded_and_the_next_run_loads_it()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string file = stage.WriteFile("sales-20260101-eu.csv", "Id,Total\n1,1.50\n2,12");
        stage.WriteFile("sales-20260101-us.csv", "Id,Total\n3,3\n");
        Feed.Give<string>(Path.GetDirectoryName(file)!);
        stage.OnRowsRead = () => File.AppendAllText(file, "34.50\n4,4\n");

        PartitionResult result = await stage.RunAsync("sales-of-files", "2026-01-01");

        result.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Source);
        result.Failure.What.ShouldEndWith("/sales-20260101-eu.csv is still being written to: it changed while it was read");
        stage.Table("day_sale", "id").ShouldBe("");
        (await stage.RunAsync("sales-of-files", "2026-01-01")).Failure.ShouldBeNull();
        stage.Table("day_sale", "id").ShouldBe("1\n2\n3\n4");
        stage.Query<int>("select id from day_sale where cast(total as real) > 1234").ShouldBe([2]);
    }

    [Fact]
    public async Task S44_a_file_that_was_written_to_just_now_is_waited_for()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string file = stage.WriteFile("sales-20260101-eu.csv", "Id,Total\n1,1.50\n");
        Feed.Give<string>(Path.GetDirectoryName(file)!);
        Task<IReadOnlyList<PartitionResult>> run = stage.RunAsync(
            [stage.Planner.PlanOne("sales-of-files", "2026-01-01")], new RunOptions { FileQuiet = TimeSpan.FromSeconds(60) }, CancellationToken.None);
        while (!run.IsCompleted && await Task.WhenAny(run, Task.Delay(100)) != run)
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-59)); // An older writer's clock: the wait is over soon.
            File.AppendAllText(file, "2,2\n");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-59));
        }

        (await run).Single().Failure.ShouldNotBeNull().What.ShouldContain("is still being written to: it changed from ");
    }

    [Fact]
    public async Task What_a_files_name_says_is_loaded_with_its_rows_and_only_of_the_days_files()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string folder = Path.GetDirectoryName(stage.WriteFile("sales-20260101-eu.csv", "Id,Total\n1,1.50\n2,x\n"))!;
        stage.WriteFile("sales-20260101-us.csv", "Id,Total\n3,2\n");
        stage.WriteFile("sales-20260102-eu.csv", "Id,Total\n4,4\n");
        Feed.Give<string>(folder);

        PartitionResult first = await stage.RunAsync("sales-of-files", "2026-01-01");

        first.Failure.ShouldBeNull();
        first.Counts.ShouldBe(new RowCounts(Read: 3, Loaded: 2, Dropped: 0, Rejected: 1));
        first.FirstReject!.Describe().ShouldEndWith("sales-20260101-eu.csv:3: column total = 'x' is not a number of type Decimal");
        (await stage.RunAsync("sales-of-files", "2026-01-02")).Failure.ShouldBeNull();
        stage.Table("day_sale", "day, id, region").ShouldBe("2026-01-01|1|eu\n2026-01-01|3|us\n2026-01-02|4|eu");

        (await stage.RunAsync("sales-of-files", "2026-01-03")).Failure!.What.ShouldContain("found no file ");
    }

    [Fact]
    public async Task A_query_of_the_window_is_loaded_and_its_bad_rows_are_kept_with_column_and_value()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string file = stage.WriteFile("shop.db", "");
        stage.Services.AddSingleton<DbDataSource>(SqliteFactory.Instance.CreateDataSource($"Data Source={file};Pooling=False"));
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                create table sold (id integer, day text, region text, total);
                insert into sold values (1, '2026-01-01', 'eu', '1.50'), (2, '2026-01-01', null, 2), (3, '2026-01-01', 'us', 2), (4, '2026-01-02', 'eu', 4);
                """;
            command.ExecuteNonQuery();
        }

        PartitionResult first = await stage.RunAsync("sales-of-a-query", "2026-01-01");

        first.Failure.ShouldBeNull();
        first.Counts.ShouldBe(new RowCounts(Read: 3, Loaded: 2, Dropped: 0, Rejected: 1));
        first.FirstReject!.Describe().ShouldBe("Sold:2: column region is null, and the member holds no nulls");
        first.FirstReject.Raw.ShouldBe("id=2, region=null, total=2");
        (await stage.RunAsync("sales-of-a-query", "2026-01-01")).Failure.ShouldBeNull();
        stage.Table("shop_sale", "day, id, region").ShouldBe("2026-01-01|1|eu\n2026-01-01|3|us");
    }
}
