using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Rows are staged the same whether values are bound straight to the native statement or through SQLitePCL.raw.</summary>
public sealed class Binds
{
    private static readonly Column[] Columns =
    [
        Col.Key("id"), Col.Value("text", ColumnType.String), Col.Value("other", ColumnType.String), Col.Value("bytes", ColumnType.Bytes),
        Col.Value("real", ColumnType.Double), Col.Value("day", ColumnType.Date), Col.Value("guid", ColumnType.Guid), Col.Decimal("amount", 28, 4, nullable: true),
        Col.Value("flag", ColumnType.Boolean),
    ];

    [Fact]
    public void The_library_that_is_in_use_is_found()
    {
        NativeSqlite.Loaded.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no such library")]
    [InlineData("c")]
    public void Another_library_than_that_in_use_is_not_taken(string? name)
    {
        NativeSqlite.Find(name).ShouldBeNull();
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    public void Both_ways_store_the_same(string encoding)
    {
        List<string> native = Stored(NativeSqlite.Loaded!, encoding);
        List<string> portable = Stored(null, encoding);

        native.ShouldBe(portable);
        native.Count.ShouldBe(Rows().Count);
        native[1].ShouldStartWith($"2|text:{Hex("a\0b")}|text:|blob:|");
        native[3].ShouldStartWith($"4|text:{Hex(Long('ä'))}|text:{Hex(Long('z'))}|blob:{new string('7', 200_000)}|");
        native[5].ShouldBe($"6|text:{Hex("after")}|null:|blob:00FF01|real:0.1|text:{Hex("2024-02-29")}|text:{Hex("01234567-89ab-cdef-0123-456789abcdef")}|text:{Hex("-12.5000")}|integer:1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_value_that_SQLite_does_not_hold_is_named(bool native)
    {
        using SqliteDatabase database = SqliteDatabase.OpenScratch(NullLogger.Instance);
        raw.sqlite3_limit(database.Handle, raw.SQLITE_LIMIT_LENGTH, 1000);

        foreach (object?[] row in new object?[][] { Row(2, text: new string('x', 1001)), Row(2, other: new string('x', 1001)), Row(2, bytes: new byte[1001]) })
        {
            RowWriteException refused = Should.Throw<RowWriteException>(() => Stage(database, native ? NativeSqlite.Loaded : null, [Row(1), row]));
            refused.Message.ShouldContain("is longer than SQLite holds");
            (refused.Row, refused.Column).ShouldBe((1, Array.FindIndex(row, 1, value => value is string { Length: > 1000 } or byte[] { Length: > 1000 })));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_row_says_which_rule_refused_it_and_the_next_can_be_inserted(bool native)
    {
        using SqliteDatabase database = SqliteDatabase.OpenScratch(NullLogger.Instance);
        TestContract contract = Contract();
        SqliteLoadPlan plan = contract.PlanFor<SqliteLoadPlan>();
        database.Run(plan.CreateStaging);
        database.Run("create unique index temp.one on stage_t (id)");
        using var insert = new StagingInsert(database, database.Prepare(plan.Stage), contract.Columns, native ? NativeSqlite.Loaded : null);
        insert.Write(contract, [Row(1)], default);

        Should.Throw<PipelineException>(() => insert.Write(contract, [Row(1)], default)).What.ShouldContain("UNIQUE constraint failed");

        insert.Write(contract, [Row(2)], default);
        database.Find("select count(*) from stage_t").ShouldBe("2");
    }

    private static List<string> Stored(NativeSqlite? native, string encoding)
    {
        using SqliteDatabase database = SqliteDatabase.OpenScratch(NullLogger.Instance);
        database.Run($"pragma encoding = '{encoding}'");
        Stage(database, native, [.. Rows()]);
        string values = string.Join(" || '|' || ", Columns.Skip(1).Select(column =>
            $"typeof(\"{column.Name}\") || ':' || case when typeof(\"{column.Name}\") in ('text', 'blob') then hex(\"{column.Name}\") else ifnull(\"{column.Name}\", '') end"));
        using SqliteQuery rows = database.Prepare($"select id || '|' || {values} from stage_t order by rowid");
        var stored = new List<string>();
        while (rows.Step())
        {
            // The bytes that hex shows are the database's own.
            stored.Add(encoding == "UTF-8" ? rows.Text(0)! : InUtf8(rows.Text(0)!));
        }

        return stored;
    }

    private static void Stage(SqliteDatabase database, NativeSqlite? native, object?[][] rows)
    {
        TestContract contract = Contract();
        SqliteLoadPlan plan = contract.PlanFor<SqliteLoadPlan>();
        database.Run("drop table if exists temp.stage_t");
        database.Run(plan.CreateStaging);
        using var insert = new StagingInsert(database, database.Prepare(plan.Stage), contract.Columns, native);
        insert.Write(contract, rows, default);
    }

    /// <summary>Among them rows that outgrow what a row usually takes, once with all of its columns, and usual ones after these.</summary>
    private static List<object?[]> Rows() =>
    [
        Row(1, text: "plain", other: "ä€😀", bytes: [1]),
        Row(2, text: "a\0b", other: "", bytes: []),
        Row(3),
        [4L, Long('ä'), Long('z'), Enumerable.Repeat((byte)0x77, 100_000).ToArray(), double.NegativeInfinity, DateOnly.MaxValue, Guid.Empty, 0m, false],
        Row(5, text: new string('€', 1_025), other: new string('b', 20_000), bytes: new byte[32 * 1024]),
        [6L, "after", null, new byte[] { 0, 255, 1 }, 0.1, new DateOnly(2024, 2, 29), new Guid("01234567-89AB-cdef-0123-456789abcdef"), -12.5m, true],
    ];

    private static object?[] Row(long id, string? text = null, string? other = null, byte[]? bytes = null) => [id, text, other, bytes, null, null, null, null, null];

    private static string Long(char letter) => new(letter, 70_000);

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    private static string InUtf8(string row) => string.Join('|', row.Split('|').Select(value => value.StartsWith("text:", StringComparison.Ordinal)
        ? $"text:{Hex(Encoding.Unicode.GetString(Convert.FromHexString(value[5..])))}"
        : value));

    private static TestContract Contract() => new("t", LoadStrategy.ReplaceTable, Columns);
}
