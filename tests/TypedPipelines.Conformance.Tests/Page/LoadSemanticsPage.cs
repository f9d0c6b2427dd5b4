using System.Globalization;
using System.Text;

namespace TypedPipelines.Conformance.Tests.Page;

/// <summary>docs/load-semantics.md says which statement is tested where, and is made from the tests. To accept a change, run with UPDATE_SNAPSHOTS=1.</summary>
public sealed class LoadSemanticsPage
{
    private static readonly TestCount Tests = new();

    private static string File { get; } = Repository.Path("docs", "load-semantics.md");

    [Fact]
    public void The_page_is_what_the_tests_are()
    {
        string page = Page();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            System.IO.File.WriteAllText(File, page);
        }

        string committed = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";
        committed.Split('\n').ShouldBe(page.Split('\n'), "docs/load-semantics.md is stale: run the tests of TypedPipelines.Conformance.Tests with UPDATE_SNAPSHOTS=1, and commit it");
    }

    [Fact]
    public void A_statement_has_tests_at_every_destination_or_a_reason_why_not()
    {
        Statements.All.Length.ShouldBe(52);
        for (int statement = 1; statement <= Statements.All.Length; statement++)
        {
            Statements.NotYet.ContainsKey(statement).ShouldBe(!Tests.HasAny(statement), $"statement {statement}: a reason where there is no test, and none where there is one");
            foreach (Destination destination in Enum.GetValues<Destination>().Where(_ => Tests.HasAny(statement)))
            {
                Tests.Of(statement, destination).ShouldBeGreaterThan(0, $"statement {statement} at {destination}");
            }
        }
    }

    private static string Cell(int statement, Destination destination)
    {
        int tests = Tests.Of(statement, destination);
        int substitutes = destination == Destination.SqlServer ? Tests.OnSubstitute(statement) : 0;
        return (tests, destination, substitutes) switch
        {
            (0, _, _) => "not yet",
            (_, not Destination.SqlServer, _) => $"tested: {tests}",
            (_, _, 0) => $"not testable here: {tests}",
            _ when substitutes == tests => $"on a substitute: {substitutes}",
            _ => $"on a substitute: {substitutes}; not testable here: {tests - substitutes}",
        };
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Load semantics

            What a load promises, in short, and how many tests hold each promise to its word. The table is made from the tests
            by `TypedPipelines.Conformance.Tests`, which run once for every destination; a test's name begins with the number of
            its statement. [Load strategies](strategies.md) says which strategy does what.

            | | statement | SQLite | PostgreSQL | SQL Server * | without a database |
            |--:|---|---|---|---|--:|

            """);
        for (int statement = 1; statement <= Statements.All.Length; statement++)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {statement} | {Statements.All[statement - 1]} |");
            foreach (Destination destination in Enum.GetValues<Destination>())
            {
                page.Append(CultureInfo.InvariantCulture, $" {Cell(statement, destination)} |");
            }

            int others = Tests.Of(statement, null);
            page.Append(CultureInfo.InvariantCulture, $" {(others > 0 ? others : "")} |\n");
        }

        page.Append("""

            \* No SQL Server runs on the machines that build this. "Not testable here" are the same tests as at the other destinations, and some of
            SQL Server's own: they run where `TYPEDPIPELINES_TEST_SQLSERVER` holds a connection string whose user may create databases, and are
            skipped, with that reason, where it does not. "On a substitute" are tests that run always, on what stands in for a server: the real client
            driven through whole loads by a program that answers from a script, and Microsoft's own parser and model of SQL Server 2019, by which
            besides every statement of a load and of the ledger is parsed and validated ([more](destinations/sqlserver.md#what-this-was-tested-on)).

            """);
        Append("Not yet", Statements.NotYet);
        Append("What the tests leave out", Statements.Remarks);
        return page.ToString();

        void Append(string title, IReadOnlyDictionary<int, string> texts)
        {
            if (texts.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
            }

            foreach ((int statement, string text) in texts.OrderBy(text => text.Key))
            {
                page.Append(CultureInfo.InvariantCulture, $"- {statement}: {text}\n");
            }
        }
    }
}
