using System.Globalization;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What users' methods do wrong is told as what it is, with the method and the row.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_timeout_in_a_step_is_a_failure_and_no_interrupt()
    {
        using Stage stage = Moody(new Sulky(1, "fine"), new Sulky(2, "timeout"));
        PartitionResult result = await stage.RunAsync("moody");
        result.Status.ShouldBe(PartitionStatus.Failed);
        result.Failure!.Kind.ShouldBe(FailureKind.Step);
        result.Failure.What.ShouldBe("step Obey failed at All:2: TaskCanceledException: the request timed out");
        (await stage.Ledger.FindPartitionAsync("moody", "all", CancellationToken.None))!.State.ShouldBe(PartitionState.Failed);
    }

    [Fact]
    public async Task A_timeout_in_a_source_is_a_failure_and_no_interrupt()
    {
        using var stage = new Stage();
        stage.AddPipeline<MoodyPipeline>();
        Feed.Set<Sulky>(_ => TimingOut());
        PartitionResult result = await stage.RunAsync("moody");
        result.Status.ShouldBe(PartitionStatus.Failed);
        result.Failure!.What.ShouldBe("source All failed after 3 rows: TaskCanceledException: the request timed out");

        Feed.Set<Sulky>(_ => throw new OperationCanceledException("gone."));
        (await stage.RunAsync("moody")).Failure!.What.ShouldBe("source All failed after 0 rows: OperationCanceledException: gone");
    }

    [Fact]
    public async Task A_row_whose_own_text_throws_does_not_hide_the_failure()
    {
        using Stage stage = Moody(new Sulky(1, "throw"));
        (await stage.RunAsync("moody")).Failure!.What.ShouldBe("step Obey failed at All:1: FormatException: bad");
    }

    [Fact]
    public async Task Null_rows_are_told_by_the_method_that_gave_them()
    {
        using Stage made = Moody(new Sulky(1, "null"));
        (await made.RunAsync("moody")).Failure!.What.ShouldBe("a null row was made of All:1 for the table deed");

        using Stage given = Moody(new Sulky(1, "fine"), null!);
        (await given.RunAsync("moody")).Failure!.What.ShouldBe("All gave null as row 2");
    }

    [Theory]
    [InlineData("array")]
    [InlineData("list")]
    [InlineData("sequence")]
    [InlineData("immutable")]
    public async Task A_step_that_gives_null_instead_of_rows_is_named_with_its_row(string what)
    {
        using var stage = new Stage();
        stage.AddPipeline<SilentPipeline>();
        Feed.Give(new Silence(1, "none"), new Silence(2, what));
        PartitionResult result = await stage.RunAsync("silent");
        result.Failure!.Kind.ShouldBe(FailureKind.Step);
        result.Failure.What.ShouldStartWith("step As");
        result.Failure.What.ShouldEndWith($" failed at All:2 on the row Silence {{ Id = 2, What = {what} }}: it gave null, where rows were expected");
        result.Failure.Next.ShouldContain("give an empty sequence where there are no rows");
    }

    [Fact]
    public async Task A_source_or_set_step_that_gives_null_instead_of_rows_is_named()
    {
        using var stage = new Stage();
        stage.AddPipeline<SilentPipeline>();
        Feed.Give(new Silence(1, "set"));
        (await stage.RunAsync("silent")).Failure!.What.ShouldBe("step AsSet failed after giving 0 rows: it gave null, where rows were expected");
        Feed.Set<Silence>(_ => null!);
        (await stage.RunAsync("silent")).Failure!.What.ShouldBe("source All failed after 0 rows: it gave null, where rows were expected");
    }

    [Fact]
    public async Task The_row_in_a_message_is_of_one_culture_and_of_one_line()
    {
        using var stage = new Stage();
        stage.AddPipeline<CitiesPipeline>();
        Feed.Give<Country>([]);
        Feed.Give(new RawCity("a\nb" + new string('x', 2000), "CH"));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            string message = (await stage.RunAsync("cities")).Failure!.What;
            message.ShouldStartWith("step WithCountry failed at Cities:1 on the row RawCity { Name = a\\nbxxx");
            message.Length.ShouldBeLessThan(800);
            message.ShouldContain("characters)");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_failed_run_keeps_the_counts_of_the_rows_that_are_loaded()
    {
        using Stage stage = Moody(new Sulky(1, "a"), new Sulky(2, "b"));
        (await stage.RunAsync("moody")).Failure.ShouldBeNull();
        Feed.Give(new Sulky(3, "throw"));
        (await stage.RunAsync("moody")).Failure.ShouldNotBeNull();

        PartitionEntry entry = (await stage.Ledger.FindPartitionAsync("moody", "all", CancellationToken.None))!;

        entry.State.ShouldBe(PartitionState.Failed);
        entry.Counts.ShouldBe(new RowCounts(2, 2, 0, 0));
        entry.Error.ShouldNotBeNull().ShouldContain("step Obey");
    }

    [Fact]
    public async Task A_table_that_was_dropped_is_loaded_again()
    {
        using Stage stage = Moody(new Sulky(1, "a"));
        (await stage.BackfillAsync(new BackfillRequest([]))).Single().Status.ShouldBe(PartitionStatus.Loaded);
        (await stage.BackfillAsync(new BackfillRequest([]))).Single().Status.ShouldBe(PartitionStatus.UpToDate);
        stage.Execute("drop table deed");

        PartitionResult result = (await stage.BackfillAsync(new BackfillRequest([]))).Single();

        result.Planned.Reason.ShouldBe(PlanReason.TableGone);
        result.Status.ShouldBe(PartitionStatus.Loaded);
        stage.Table("deed").ShouldBe("a|1");
    }

    [Fact]
    public async Task After_a_table_was_dropped_no_run_hides_that_the_others_are_missing()
    {
        using var stage = new Stage();
        stage.AddPipeline<PaymentsPipeline>();
        Feed.Set<Payment>(day => [new Payment(((DayPartition)day).Date, 1)]);
        string[] days = ["2026-01-01", "2026-01-02", "2026-01-03"];
        await stage.BackfillAsync(new BackfillRequest([], days[0], days[2]));
        stage.Execute("drop table payment");

        // One of them is run by itself: its table is there again, and the rows of the others are not.
        (await stage.RunAsync("payments", days[1])).Failure.ShouldBeNull();

        IReadOnlyList<PartitionResult> after = await stage.BackfillAsync(new BackfillRequest([], days[0], days[2]));
        after.Select(result => result.Planned.Reason).ShouldBe([PlanReason.Missing, PlanReason.UpToDate, PlanReason.Missing]);
        stage.Table("payment").ShouldBe("2026-01-01|1\n2026-01-02|1\n2026-01-03|1");
    }

    [Fact]
    public async Task A_table_that_is_read_and_gone_fails_the_run_and_is_not_taken_for_no_rows()
    {
        using var stage = new Stage();
        stage.AddPipeline<ProductsPipeline>();
        stage.AddPipeline<BasketsPipeline>();
        Feed.Give(new Product("a", "Apple"));
        Feed.Give(new Basket(1, "ann", "a", new DateOnly(2026, 1, 5)));
        (await stage.RunAsync("products")).Failure.ShouldBeNull();
        (await stage.RunAsync("baskets", "2026-01-05")).Failure.ShouldBeNull();
        stage.Execute("drop table product");

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Failure!.Kind.ShouldBe(FailureKind.Upstream);
        stage.Table("daily_sales").ShouldBe("2026-01-05|a|1");
        (await stage.BackfillAsync(new BackfillRequest(["products"]))).Single().Planned.Reason.ShouldBe(PlanReason.TableGone);
    }

    private static IEnumerable<Sulky> TimingOut()
    {
        for (int id = 1; id <= 3; id++)
        {
            yield return new Sulky(id, "fine");
        }

        throw new TaskCanceledException("the request timed out.");
    }

    private static Stage Moody(params Sulky[] rows)
    {
        var stage = new Stage();
        stage.AddPipeline<MoodyPipeline>();
        Feed.Give(rows);
        return stage;
    }
}
