namespace TypedPipelines.Sqlite.Tests;

/// <summary>The SQL is read by people, in the generated file and in its diffs.</summary>
public sealed class SqlTexts
{
    private static readonly TestContract Table = new(
        "flights", LoadStrategy.Merge, [Col.Key("day", ColumnType.Date), Col.Key("tail", ColumnType.String, nullable: true), Col.Value("v")], nullKeysMatch: true);

    [Fact]
    public void A_merge_reads_as_if_written_by_hand() => string.Join("\n;\n", Table.SqliteTexts.Publish.Select(statement => statement.Sql)).ShouldBe("""
        update or abort main."flights" as t
        set
            "v" = s."v"
        from (
            select
                "day",
                "tail",
                "v"
            from temp."stage_flights"
            order by "day", "tail"
        ) as s
        where t."day" = s."day"
        and t."tail" is s."tail"
        and (
            t."v" is not s."v"
        )
        ;
        insert or abort into main."flights" (
            "day",
            "tail",
            "v"
        )
        select
            s."day",
            s."tail",
            s."v"
        from temp."stage_flights" as s
        where not exists (
            select 1
            from main."flights" as t
            where t."day" = s."day"
            and t."tail" is s."tail"
        )
        order by s."day", s."tail"
        """);

    [Fact]
    public void No_statement_resolves_conflicts_on_its_own()
    {
        foreach (EveryStrategy load in EveryStrategy.Over("t", [Col.Key("id"), Col.Value("day", ColumnType.Date)], "day", Database.Day("2024-03-01")))
        {
            foreach (string sql in load.Table.SqliteTexts.Publish.Select(statement => statement.Sql))
            {
                sql.ShouldNotContain("conflict", Case.Insensitive);
                sql.ShouldNotContain("replace", Case.Insensitive);
            }
        }
    }
}
