using System.Text.RegularExpressions;
using TypedPipelines.Compilation.Emit.Loads;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>
/// Babelfish refuses some T-SQL, and takes hints without a word and without effect. What is said of it here is read from its own sources
/// (babelfish_extensions, 4.4), tsqlUnsupportedFeatureHandler.cpp above all; what is marked with a question mark was noted earlier, and is not
/// refused in so many words there.
/// </summary>
public sealed partial class WhatBabelfishLacks
{
    /// <summary>Where what it refuses stands all the same, and why.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["alter column"] = "of Reshaping: where only the type differs, only the type is sent, which is taken there; else the table is refused, and stays as it was",
        [" alter column "] = "of ShapeCheck: what people are told to send, who can do so at PostgreSQL's own port",
    };

    /// <summary>Each hint that is in use, and why the statement is right where it has no effect.</summary>
    private static readonly Dictionary<string, string> Hints = new()
    {
        [LockHolder.Find] = "nolock: there no reader waits for anybody",
        [LedgerEntries.NoteLogic] =
            "updlock, holdlock: two runs that are the first with a fingerprint can both insert it, and the primary key refuses the second, which publishes again",
        [LedgerEntries.Hold] = "repeatableread: there the rows are written instead, by HoldByWriting",
        [" with (tablockx, holdlock)"] = "of TableLocks.Exclude: never sent there, where readers see versions",
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "waitfor", @"\bwaitfor\b" },
        { "merge", @"\bmerge\s+(?:top\b|into\b|\[)" },
        { "alter column with null, not null or collate, as every one here has", @"\balter column\b" },
        { "views of the server that it has not", @"\bsys\.dm_(?!exec_sessions\b|exec_connections\b)" },
        { "a change through a common table expression?", @"^with\s[\s\S]*\b(?:update|delete)\s" },
        { "is distinct from?", @"\bdistinct from\b" },
        { "create or alter?", @"\bcreate or alter\b" },
        { "collations of UTF-8?", "_UTF8" },
        { "global temporary tables?", "##" },
        { "dbcc", @"\bdbcc\b" },
        { "execute as", @"\bexecute as\b" },
        { "cursors that change rows", @"\bcurrent of\b" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void No_text_asks_for_it(string what, string pattern) =>
        Sent().Where(text => Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase) && !Known.ContainsKey(text)).ShouldBeEmpty(what);

    [Fact]
    public void No_hint_is_relied_on() => Sent().Where(text => Hint().IsMatch(text) && !Hints.ContainsKey(text)).ShouldBeEmpty();

    [Fact]
    public void What_is_known_is_there()
    {
        IReadOnlyCollection<string> texts = AssemblyTexts.Of(typeof(SqlServerDestination).Assembly);
        Known.Keys.Concat(Hints.Keys).Where(text => !texts.Contains(text)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("select 1 from t with (updlock, holdlock) where id = 1", true)]
    [InlineData("select 1 from t as x WITH(READPAST)", true)]
    [InlineData("update t with (rowlock) set v = 1", true)]
    [InlineData("select 1 from t (nolock)", true)]
    [InlineData("select 1 from t option (maxdop 1)", true)]
    [InlineData("select 1 from a inner hash join b on a.id = b.id", true)]
    [InlineData("select 1 from t where exists (select 1)", false)]
    public void A_hint_would_be_noticed(string sql, bool isHint)
    {
        Dialect.Errors(sql).ShouldBeEmpty();
        Hint().IsMatch(sql).ShouldBe(isHint);
    }

    [Fact]
    public void A_statement_would_be_noticed_wherever_it_stands()
    {
        IReadOnlyCollection<string> texts = AssemblyTexts.Of(typeof(SqlServerDestination).Assembly);
        texts.ShouldContain(LedgerEntries.NoteLogic);
        texts.ShouldContain("begin transaction"); // Of no constant.
        texts.ShouldContain(LedgerTables.Create[0]);
        texts.ShouldContain("insert into typed_pipelines.reject (run_id, number, source, origin, line, column_name, value, raw, reason)\nvalues"); // A part of one.
    }

    [Fact]
    public void What_the_tests_themselves_send_is_T_SQL() => OfTests().SelectMany(Dialect.Errors).ShouldBeEmpty();

    /// <summary>All that may be sent to a server, and messages besides.</summary>
    private static IEnumerable<string> Sent() => AssemblyTexts.Of(typeof(SqlServerDestination).Assembly)
        .Concat(Shapes.All.Values.SelectMany(shape => LoadStatements.Every(shape.SqlServerTexts)))
        .Concat(OfTests());

    /// <summary>Those that are for SQL Server alone are not sent to Babelfish.</summary>
    private static IEnumerable<string> OfTests() =>
    [
        SqlServerTestSql.AskKind, SqlServerTestSql.CountBlocked, SqlServerTestSql.CountBlockedAtBabelfish, SqlServerTestSql.LastingStages, SqlServerTestSql.StagesOfSession,
        SqlServerTestSql.StagesOfAll, SqlServerTestSql.CreateDatabase("x"), SqlServerTestSql.DropDatabase("x"), SqlServerTestSql.EndSessions("x"), SqlServerTestSql.SetSnapshot("x", on: true),
        SqlServerTestSql.Refuse("insert", "t", "no", " where v = 1"), SqlServerTestSql.Refuse("delete", "t", "no", ""), SqlServerTestSql.CreateTouched, SqlServerTestSql.CountTouches("t"),
        SqlServerTestSql.MakeEndless("t"),
    ];

    /// <summary>Hints for a table, a query and a join.</summary>
    [GeneratedRegex(
        @"\(\s*(?:updlock|holdlock|serializable|readpast|readcommittedlock|readcommitted|repeatableread|readuncommitted|snapshot|rowlock|paglock|tablockx?|xlock|nolock|nowait|forceseek|forcescan|index)\b|\boption\s*\(|\b(?:hash|loop|merge|remote)\s+join\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Hint();
}
