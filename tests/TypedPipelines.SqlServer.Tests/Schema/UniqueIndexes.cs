using Microsoft.Extensions.Logging.Abstractions;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Unique indexes of a table as the catalog tells of them: that of the key, and those that do not refuse what they do not hold.</summary>
public sealed class UniqueIndexes
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Key("region"), Col.Value("size")]);

    [Theory]
    [InlineData("id,region", false)]
    [InlineData("ID", false)]
    [InlineData("id,region,size", true)]
    [InlineData("size", true)]
    [InlineData("", true)]
    public async Task S48_a_merge_needs_a_unique_index_on_its_key(string index, bool refused)
    {
        using ScriptedServer server = Server(KeyCheck.Find, new TdsReply().Rows(
            [("index_id", new TdsType("int")), ("name", new TdsType("nvarchar(128)"))],
            index.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(column => new object?[] { 1, column })));
        if (!refused)
        {
            await PrepareAsync(server);
            return;
        }

        PipelineException e = await Should.ThrowAsync<PipelineException>(PrepareAsync(server));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("has no unique index on its contract's key (id, region)");
        e.Next.ShouldEndWith("create unique index [ux_t_key] on [t] ([id], [region])");
    }

    [Fact]
    public async Task S30_an_index_that_leaves_rows_out_without_an_error_is_refused_with_the_statement_that_mends_it()
    {
        using ScriptedServer server = Server(KeyCheck.FindPassing, new TdsReply().Rows([("name", new TdsType("nvarchar(128)"))], [["by name"]]));
        PipelineException e = await Should.ThrowAsync<PipelineException>(PrepareAsync(server));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldEndWith("would leave rows out without an error: its index by name has IGNORE_DUP_KEY");
        e.Next.ShouldEndWith("alter index [by name] on [t] set (ignore_dup_key = off)");
    }

    /// <summary>An index of some rows, or one that is switched off, holds no key once.</summary>
    [Theory]
    [InlineData("i.has_filter = 0")]
    [InlineData("i.is_disabled = 0")]
    [InlineData("k.is_included_column = 0")]
    public void The_catalog_is_asked_for_indexes_of_all_rows(string condition) => KeyCheck.Find.ShouldContain(condition);

    private static async Task PrepareAsync(ScriptedServer server)
    {
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await destination.PrepareAsync([Table], _ => "tables", CancellationToken.None);
    }

    private static ScriptedServer Server(string asked, TdsReply reply) => new(new LoadScript(Table)
    {
        Instead = statement => statement == asked ? reply : statement switch
        {
            FoundTable.Exists => new TdsReply().Rows([("", new TdsType("int"))], [[1]]),
            LedgerTables.FindVersion => new TdsReply().Rows([("version", new TdsType("int"))], [[LedgerTables.Version]]),
            FoundTable.Find => new TdsReply().Rows([("object_id", new TdsType("int")), ("type", new TdsType("nvarchar(2)"))], [[7, "U"]]),
            FoundTable.FindColumns => CatalogColumns.Of(("id", "bigint", 8, null, false), ("region", "bigint", 8, null, false), ("size", "bigint", 8, null, true)),
            _ => null,
        },
    }.Answer);
}
