using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Rows of a statement that no table takes, through the real client, where a script answers in the server's place.</summary>
public sealed class ScriptedResults
{
    private static readonly TestContract Table = Shapes.All["every type"];

    private static readonly (string, TdsType)[] Columns = [("CITY", new TdsType("nvarchar(80)")), ("id", new TdsType("smallint"))];

    [Fact]
    public async Task The_server_is_asked_for_the_columns_before_a_run_and_runs_nothing()
    {
        using var server = new ScriptedServer(Script(Columns));
        await CheckAsync(server);
        server.Statements.Where(statement => statement.Contains("[ride]", StringComparison.Ordinal)).ShouldAllBe(statement => statement.Contains("fmtonly on", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Columns_that_the_row_lacks_or_that_have_another_type_are_told_before_a_run()
    {
        using var other = new ScriptedServer(Script([("city", new TdsType("nvarchar(80)")), ("number", new TdsType("smallint"))]));
        (await Should.ThrowAsync<PipelineException>(CheckAsync(other))).What.ShouldBe("the columns of its statement are not those of Sighting: Sighting has no column 'number', it lacks id");
        using var wide = new ScriptedServer(Script([Columns[0], ("id", new TdsType("bigint"))]));
        (await Should.ThrowAsync<PipelineException>(CheckAsync(wide))).What.ShouldBe("column id of its statement has the type bigint, which is no Int16");
    }

    [Fact]
    public async Task Rows_come_by_the_names_of_their_columns_in_a_transaction_that_is_taken_back()
    {
        object?[][] given = [.. Enumerable.Range(0, 5000).Select(n => (object?[])[$"city {n}", (short)(n % 256)])];
        using var server = new ScriptedServer(Script(Columns, given));
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        var rows = new List<Sighting>();
        await using (IRowSource<Sighting> source = await session.QueryAsync(Query(), Contract, CancellationToken.None))
        {
            var batch = new RowBatch<Sighting>();
            bool more = await source.ReadAsync(batch, CancellationToken.None);
            more.ShouldBeTrue("rows come in batches");
            rows.AddRange(batch.Rows);
            (await source.ReadAsync(batch, CancellationToken.None)).ShouldBeFalse();
            rows.AddRange(batch.Rows);
        }

        rows.ShouldBe(given.Select(row => new Sighting((byte)(short)row[1]!, (string)row[0]!)));
        server.Statements[^1].ShouldBe("if @@trancount > 0 rollback transaction");
    }

    [Fact]
    public async Task A_null_and_a_number_that_the_row_cannot_hold_are_named()
    {
        (await FailAsync(null, (short)1)).What.ShouldBe("column city of its statement is null, and Sighting admits none there");
        (await FailAsync("Ulm", (short)256)).What.ShouldBe("column id of Sighting holds 256, which is no byte");
    }

    private static IRowContract<Sighting> Contract => (IRowContract<Sighting>)Step.Contract;

    private static SqlStepDescriptor Step => DescriptorOf<SightingsPipeline>().SqlSteps.Single();

    private static PipelineDescriptor DescriptorOf<TPipeline>()
        where TPipeline : IPipeline => TPipeline.Descriptor;

    private static SqlQuery Query()
    {
        Feed.Give(new Attempt("right"));
        return Step.QueryOf("sightings", PartitionScheme.None.Parse("all"));
    }

    private static async Task CheckAsync(ScriptedServer server)
    {
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await destination.CheckAsync(Query(), Contract, CancellationToken.None);
    }

    private static async Task<PipelineException> FailAsync(params object?[] row)
    {
        using var server = new ScriptedServer(Script(Columns, row));
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await using IPartitionSession session = await destination.BeginAsync(SqlServerTestDatabase.NewRun(), TimeSpan.Zero, CancellationToken.None);
        await using IRowSource<Sighting> source = await session.QueryAsync(Query(), Contract, CancellationToken.None);
        return await Should.ThrowAsync<PipelineException>(source.ReadAsync(new RowBatch<Sighting>(), CancellationToken.None).AsTask());
    }

    private static Func<string, TdsReply?> Script((string, TdsType)[] columns, params object?[][] rows) => new LoadScript(Table)
    {
        Instead = statement => statement.Contains("[ride]", StringComparison.Ordinal) ? new TdsReply().Rows(columns, statement.Contains("fmtonly", StringComparison.OrdinalIgnoreCase) ? [] : rows)
            : statement == FoundTable.Exists ? new TdsReply().Rows([("", new TdsType("int"))], [[1]])
            : null,
    }.Answer;
}
