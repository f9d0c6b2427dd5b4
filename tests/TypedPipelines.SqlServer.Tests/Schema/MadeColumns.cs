using Microsoft.Extensions.Logging.Abstractions;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Columns whose values the server makes, as its catalog tells of them.</summary>
public sealed class MadeColumns
{
    private static readonly TestContract Table = new("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("size")]);

    private static readonly TestContract Replaced = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("size")]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S48_a_column_that_the_catalog_says_the_server_makes_is_refused_before_any_row_is_read(bool merged)
    {
        TestContract table = merged ? Table : Replaced;
        using var server = new ScriptedServer(new LoadScript(table) { Instead = Catalog }.Answer);
        await using var destination = new SqlServerDestination(server.ConnectionString, TimeProvider.System, NullLogger.Instance);

        PipelineException e = await Should.ThrowAsync<PipelineException>(destination.PrepareAsync([table], _ => "tables", CancellationToken.None));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("column size: expected bigint null, found bigint null, whose values the server makes");
        e.Next.ShouldBe("Nothing was changed. Leave the column out of the contract.");
    }

    /// <summary>An identity, an expression, the start or end of a row's period, a row version.</summary>
    [Theory]
    [InlineData("c.is_identity = 1")]
    [InlineData("c.is_computed = 1")]
    [InlineData("c.generated_always_type <> 0")]
    [InlineData("t.name = N'timestamp'")]
    public void The_catalog_is_asked_for_each_way_in_which_the_server_makes_values(string condition) => FoundTable.FindColumns.ShouldContain(condition);

    private static TdsReply? Catalog(string statement) => statement switch
    {
        FoundTable.Exists => new TdsReply().Rows([("", new TdsType("int"))], [[1]]),
        LedgerTables.FindVersion => new TdsReply().Rows([("version", new TdsType("int"))], [[LedgerTables.Version]]),
        FoundTable.Find => new TdsReply().Rows([("object_id", new TdsType("int")), ("type", new TdsType("nvarchar(2)"))], [[7, "U"]]),
        FoundTable.FindColumns => new TdsReply().Rows(
            [
                ("name", new TdsType("nvarchar(128)")), ("type", new TdsType("nvarchar(128)")), ("bytes", new TdsType("int")), ("precision", new TdsType("int")), ("scale", new TdsType("int")),
                ("collation", new TdsType("nvarchar(128)")), ("nullable", new TdsType("bit")), ("has_default", new TdsType("bit")), ("is_made", new TdsType("bit")),
            ],
            [["id", "bigint", 8, 19, 0, null, false, false, false], ["size", "bigint", 8, 19, 0, null, true, false, true]]),
        _ => null,
    };
}
