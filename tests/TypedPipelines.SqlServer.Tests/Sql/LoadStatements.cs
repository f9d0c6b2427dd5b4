using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Emit.SqlServer;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Every statement that a contract of every shape becomes is one that SQL Server 2019 takes, over the table that it creates.</summary>
public sealed class LoadStatements
{
    public static TheoryData<string> All => [.. Shapes.All.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_statement_is_T_SQL(string shape) => Every(Shapes.All[shape].SqlServerTexts).SelectMany(Dialect.Errors).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_statement_fits_the_table_that_is_created(string shape)
    {
        TestContract table = Shapes.All[shape];
        LoadTexts sql = table.SqlServerTexts;
        string window = table.WindowColumn is { } position && table.Columns[position].Type == ColumnType.Date
            ? "@start date, @end date, @partition nvarchar(200)"
            : "@start datetimeoffset(7), @end datetimeoffset(7), @partition nvarchar(200)";
        string?[] statements =
        [
            sql.FindDuplicates, sql.KeepLatest, sql.FindConflict, sql.CountMissing, .. sql.Publish.SelectMany(statement => new[] { statement.Sql, statement.FindKept, statement.CountFound, statement.CountAbsent }), TableLocks.Exclude(sql.Table!), sql.Read, sql.ReadWindow, .. Checks(sql),
            .. Kept(sql).Skip(2),
        ];
        string?[] schema = [sql.CreateSchema, sql.CreateTable, .. sql.CreateIndexes.Select(index => index.Sql), Lasting(sql, sql.CreateStaging), sql.IndexStaging is { } index ? Lasting(sql, index) : null, .. Kept(sql).Take(2)];
        Dialect.Validate([LedgerTables.CreateSchema, .. LedgerTables.Create, .. schema.OfType<string>(), Dialect.Procedure("dbo.everything", window, statements.OfType<string>().Select(statement => Lasting(sql, statement)))])
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("t.[status]", "t.[staus]")]
    [InlineData("s.[price]", "s.[prize]")]
    public void A_statement_that_does_not_fit_would_be_noticed(string right, string wrong)
    {
        LoadTexts sql = Shapes.All["merge by one key"].SqlServerTexts;
        string broken = Lasting(sql, sql.Publish[0].Sql).Replace(right, wrong, StringComparison.Ordinal);
        Dialect.Validate([sql.CreateTable, Lasting(sql, sql.CreateStaging), Dialect.Procedure("dbo.p", "", [broken])])
            .ShouldContain(message => message.Contains(wrong.Substring(2), StringComparison.Ordinal));
        Dialect.Errors("select from where").ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_statement_needs_what_has_races_or_shuts_out_readers(string shape)
    {
        foreach (string sql in Shapes.All[shape].SqlServerTexts.Publish.Select(statement => statement.Sql))
        {
            sql.ShouldNotStartWith("merge", Case.Insensitive);
            sql.ShouldNotContain("truncate", Case.Insensitive);
            sql.ShouldNotContain("sp_rename", Case.Insensitive);
            sql.ShouldNotContain("between", Case.Insensitive);
            sql.ShouldNotContain("nolock", Case.Insensitive);
        }
    }

    /// <summary>A statement over a staging table that is not temporary: of temporary ones the validator knows no columns.</summary>
    private static string Lasting(LoadTexts sql, string statement) =>
        statement.Replace(sql.Staging!, "[dbo]." + sql.Staging!.Replace("[#", "[", StringComparison.Ordinal), StringComparison.Ordinal);

    internal static IEnumerable<string> Every(LoadTexts sql) =>
        ((string?[])
        [
            sql.CreateSchema, sql.CreateTable, .. sql.CreateIndexes.Select(index => index.Sql), sql.CreateStaging, sql.DropStaging, sql.IndexStaging, sql.FindDuplicates, sql.KeepLatest,
            sql.FindConflict, sql.CountMissing,
            .. sql.Publish.SelectMany(statement => new[] { statement.Sql, statement.FindKept, statement.CountFound, statement.CountAbsent }), sql.Read, sql.ReadWindow, .. Checks(sql), .. Kept(sql),
        ]).OfType<string>();

    /// <summary>The statements of rows that are kept for an undo: those that create, then those of a load.</summary>
    private static string?[] Kept(LoadTexts sql) => sql.Replaced is { } kept ? [kept.Create, kept.CreateIndex, kept.Forget, kept.Keep, kept.Read] : [];

    /// <summary>The statements of checks, also as they are where the other table is staged, too.</summary>
    private static IEnumerable<string> Checks(LoadTexts sql) =>
        sql.Checks.SelectMany(check => check.NorStaged is null ? [check.Sql] : new[] { check.Sql, $"{check.Sql}\n{check.NorStaged}" });
}
