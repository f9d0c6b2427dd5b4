using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Analyzers.Tests.Sql;

/// <summary>SQL that stands in a file of its own is read where code names the file.</summary>
public class SqlFileTests
{
    private const string Insert = "insert into trades (id) select id from received";

    [Theory]
    [InlineData("""db.Execute(File.ReadAllText("sql/load.sql"));""")]
    [InlineData("""var sql = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sql", "load.sql")); db.Execute(sql);""")]
    [InlineData("""db.Execute(await File.ReadAllTextAsync("sql/load.sql"));""")]
    [InlineData("""using var command = db.CreateCommand(); command.CommandText = Sql.Load("load.sql"); command.ExecuteNonQuery();""")]
    [InlineData("""using var stream = typeof(Loader).Assembly.GetManifestResourceStream("Shop.sql.load.sql")!; using var reader = new StreamReader(stream); db.Execute(reader.ReadToEnd());""")]
    [InlineData("db.Execute(Text);")]
    [InlineData("db.Execute(Sql.Load(Name));")]
    public async Task What_the_file_says_is_judged_where_it_is_sent(string statements) =>
        (await RunAsync(statements, ("/shop/sql/load.sql", Insert))).ShouldBe(["TP1002"]);

    [Fact]
    public async Task A_file_that_upserts_is_left_alone() =>
        (await RunAsync("""db.Execute(File.ReadAllText("sql/load.sql"));""", ("/shop/sql/load.sql", Insert + " on conflict (id) do nothing"))).ShouldBeEmpty();

    [Fact]
    public async Task A_relative_write_and_a_changing_value_of_a_file_are_found() =>
        (await RunAsync("""db.Execute(File.ReadAllText("sql/load.sql"));""", ("/shop/sql/load.sql", "update accounts set total = total + 1, day = getdate()"))).ShouldBe(["TP1003", "TP1004"], ignoreOrder: true);

    [Theory]
    [InlineData("""db.Execute(File.ReadAllText("sql/other.sql"));""")] // Not among the project's files.
    [InlineData("""db.Execute(File.ReadAllText(name));""")]
    [InlineData("""db.Execute(File.ReadAllText("load.sql"));""")] // Two files end so.
    public async Task A_file_that_is_not_known_is_left_alone(string statements) =>
        (await RunAsync(statements, ("/shop/sql/load.sql", Insert), ("/shop/old/load.sql", Insert))).ShouldBeEmpty();

    private static async Task<string[]> RunAsync(string statements, params (string Path, string Text)[] files)
    {
        var compilation = Analysis.Compile($$"""
            using System.Data.Common;
            using System.IO;
            using System.Threading.Tasks;
            using Dapper;

            public static class Sql
            {
                public static string Load(string name) => File.ReadAllText(Path.Combine("sql", name));
            }

            public class Loader
            {
                private const string Name = "load.sql";
                private static readonly string Text = Sql.Load("load.sql");

                public static string Shown => Text + Name;

                public static async Task LoadAsync(DbConnection db, string name)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            """);
        Analysis.ShouldCompile(compilation);
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers(Analysis.AllAnalyzers, new AnalyzerOptions([.. files.Select(file => new SqlFile(file.Path, file.Text))]))
            .GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(diagnostic => diagnostic.Id).Distinct()];
    }

    private sealed class SqlFile(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
