using TypedPipelines.Compilation.Emit.SqlServer;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>The SQL is read by people, in the generated file and in its diffs.</summary>
public sealed class SqlTexts
{
    private static readonly TestContract Table = new(
        "flights", LoadStrategy.Merge, [Col.Key("day", ColumnType.Date), Shapes.Text("tail", 10, key: true, nullable: true), Col.Value("v"), Shapes.Text("note")], nullKeysMatch: true);

    [Fact]
    public void A_merge_reads_as_if_written_by_hand() => string.Join("\n;\n", Table.SqlServerTexts.Publish.Select(statement => statement.Sql)).ShouldBe("""
        update t
        set
            [v] = s.[v],
            [note] = s.[note]
        from [flights] as t
        join [#stage_flights] as s
        on t.[day] = s.[day]
        and exists (select t.[tail], datalength(t.[tail]) intersect select s.[tail], datalength(s.[tail]))
        and (
            not exists (
                select
                    t.[v],
                    t.[note] collate Latin1_General_100_BIN2,
                    datalength(t.[note])
                intersect
                select
                    s.[v],
                    s.[note] collate Latin1_General_100_BIN2,
                    datalength(s.[note])
            )
        )
        ;
        insert into [flights] (
            [day],
            [tail],
            [v],
            [note]
        )
        select
            s.[day],
            s.[tail],
            s.[v],
            s.[note]
        from [#stage_flights] as s
        where not exists (
            select 1
            from [flights] as t
            where t.[day] = s.[day]
            and exists (select t.[tail], datalength(t.[tail]) intersect select s.[tail], datalength(s.[tail]))
        )
        """);

    [Fact]
    public void A_table_reads_as_if_written_by_hand() => string.Join("\n;\n", [Table.SqlServerTexts.CreateTable, .. Table.SqlServerTexts.CreateIndexes.Select(index => index.Sql), Table.SqlServerTexts.CreateStaging]).ShouldBe("""
        create table [flights] (
            [day] date not null,
            [tail] nvarchar(10) collate Latin1_General_100_BIN2 null,
            [v] bigint null,
            [note] nvarchar(max) not null
        )
        ;
        create unique index [ux_flights_key]
        on [flights] ([day], [tail])
        ;
        create table [#stage_flights] (
            [day] date null,
            [tail] nvarchar(10) collate Latin1_General_100_BIN2 null,
            [v] bigint null,
            [note] nvarchar(max) collate Latin1_General_100_BIN2 null,
            [staged_row] bigint identity not null
        )
        """);

    [Theory]
    [InlineData("plain", "[plain]")]
    [InlineData("a]b", "[a]]b]")]
    [InlineData("]]", "[]]]]]")]
    [InlineData("[x", "[[x]")]
    [InlineData("it's \"q\"", "[it's \"q\"]")]
    public void S20_a_name_is_quoted_with_its_brackets_doubled(string name, string quoted) => SqlServerNames.Quote(name).ShouldBe(quoted);

    [Fact]
    public void Names_that_would_be_too_long_stay_different()
    {
        string one = SqlServerNames.Short(new string('x', 200) + "a");
        one.Length.ShouldBe(128);
        one.ShouldNotBe(SqlServerNames.Short(new string('x', 200) + "b"));
        SqlServerNames.Short(new string('x', 110) + "\U0001F600" + new string('x', 50)).EnumerateRunes().ShouldAllBe(rune => rune.Value != 0xfffd);
    }

    [Fact]
    public void The_column_that_counts_staged_rows_has_a_name_of_its_own() => Shapes.All["odd names"].SqlServerTexts.CreateStaging.ShouldContain("[staged_row__] bigint identity");

    [Fact]
    public void S14_the_latest_is_decided_by_every_column_and_guids_by_their_text() => Shapes.All["merge and keep the latest"].SqlServerTexts.KeepLatest.ShouldBe("""
        delete from [#stage_quakes]
        where [staged_row] in (
            select staged
            from (
                select
                    [staged_row] as staged,
                    row_number() over (
                        partition by [id], datalength([id])
                        order by
                            [updated] desc,
                            convert(char(36), [run]) collate Latin1_General_100_BIN2 desc,
                            [place] desc,
                            datalength([place]) desc,
                            [raw] desc,
                            datalength([raw]) desc,
                            [staged_row]
                    ) as place
                from [#stage_quakes]
            ) as ranked
            where place > 1
        )
        """);
}
