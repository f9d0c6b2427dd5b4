using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;

namespace TypedPipelines.Functional.Tests;

/// <summary>One object for several rows would load the last of them several times: the run fails instead.</summary>
public sealed class ReusedRowTests
{
    private const string Batches = " one object as row 1 and again as row 2: rows are worked on in batches, so that both would be the later one";

    [Fact]
    public Task One_object_that_a_source_fills_again_and_again() => FailsAsync<OfSource>("source", "mutable", "All gave" + Batches);

    [Fact]
    public Task One_object_that_an_asynchronous_source_fills() => FailsAsync<OfAsyncSource>("async", "of_async_source", "All gave" + Batches);

    [Fact]
    public Task One_object_that_an_expand_step_fills() => FailsAsync<OfExpand>(
        "expand", "of_expand", "one object was given for two rows of the table of_expand, made of All:1 and of All:1: rows are staged in batches, so that both would be the later one");

    [Fact]
    public Task One_object_that_a_whole_set_step_fills() => FailsAsync<OfSet>("set", "of_set", "Whole gave" + Batches);

    [Fact]
    public async Task A_row_that_cannot_change_may_be_given_twice()
    {
        using Stage stage = WithAll();
        var row = new Fixed(1);
        Feed.Give(row, row);
        (await stage.RunAsync("fixed")).Failure.ShouldBeNull();
        stage.Table("fixed").ShouldBe("1\n1");
    }

    private static async Task FailsAsync<TRow>(string pipeline, string table, string what)
        where TRow : Mutable, new()
    {
        using Stage stage = WithAll();
        Feed.Give(Enumerable.Range(1, 3).Select(id => new TRow { Id = id }));
        (await stage.RunAsync(pipeline)).Failure.ShouldBeNull();
        stage.Table(table).ShouldBe("1\n2\n3");

        Feed.Give(Refill<TRow>());
        PipelineException failure = (await stage.RunAsync(pipeline)).Failure!;
        failure.What.ShouldBe(what);
        failure.Next.ShouldBe("Nothing was changed. Make a new object for every row, or make the row type a record without setters, or a struct.");
        failure.Kind.ShouldBe(FailureKind.Step);
        stage.Table(table).ShouldBe("1\n2\n3");
    }

    private static IEnumerable<TRow> Refill<TRow>()
        where TRow : Mutable, new()
    {
        var row = new TRow();
        for (row.Id = 1; row.Id <= 3; row.Id++)
        {
            yield return row;
        }
    }

    private static Stage WithAll()
    {
        var stage = new Stage();
        stage.AddPipeline<ReusingSourcePipeline>();
        stage.AddPipeline<ReusingAsyncSourcePipeline>();
        stage.AddPipeline<ReusingExpandPipeline>();
        stage.AddPipeline<ReusingSetPipeline>();
        stage.AddPipeline<FixedPipeline>();
        return stage;
    }
}
