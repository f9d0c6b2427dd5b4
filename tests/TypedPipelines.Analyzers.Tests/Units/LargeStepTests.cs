using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Tests.Units;

/// <summary>TP3001 and TP3003: steps and statements that hold too much.</summary>
public class LargeStepTests
{
    [Fact]
    public async Task Many_statements_are_told_with_the_place_where_they_come_apart()
    {
        string names = string.Join("\n", Enumerable.Range(0, 22).Select(i => string.Create(CultureInfo.InvariantCulture, $"        name = name.Replace(\"{i}\", \"\");")));
        string days = string.Join("\n", Enumerable.Range(0, 22).Select(i => string.Create(CultureInfo.InvariantCulture, $"        day = day.AddDays({i});")));
        string code = Pipelines.Daily($$"""
            {
                string name = raw.Name;
            {{names}}
                DateOnly day = raw.Day;
            {{days}}
                return new Row(day, name);
            }
            """);
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(Analysis.Compile(code), Analysis.AllAnalyzers);
        int seam = code.Split('\n').ToList().FindIndex(line => line.Contains("DateOnly day = raw.Day", StringComparison.Ordinal)) + 1;
        found.ShouldHaveSingleItem().GetMessage(CultureInfo.InvariantCulture).ShouldBe(string.Create(
            CultureInfo.InvariantCulture,
            $"'Clean' has 47 statements (at most 40); it comes apart before line {seam}, over which only 'name' is handed on: make a step or a method of each part"));
        found[0].AdditionalLocations.ShouldHaveSingleItem().GetLineSpan().StartLinePosition.Line.ShouldBe(seam - 1);
    }

    [Fact]
    public Task Deep_nesting() => Expect.OnlyAsync("TP3001", Pipelines.Daily("""
        {
            foreach (char a in raw.Name)
            {
                foreach (char b in raw.Name)
                {
                    if (a == b)
                    {
                        while (a > b)
                        {
                            if (a == 'x')
                            {
                                return new(raw.Day, raw.Name);
                            }
                        }
                    }
                }
            }

            return new(raw.Day, "");
        }
        """).Replace("Row Clean", "Row [|Clean|]", StringComparison.Ordinal), "'Clean' has 5 levels of nesting (at most 4); make steps of its parts, or methods that it calls");

    [Fact]
    public Task A_table_of_cases_is_read_one_at_a_time() => Expect.NothingAsync(Pipelines.Daily($$"""
        => new(raw.Day, raw.Name switch
        {
            {{string.Join("\n", Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i}\" => \"number {i}\",")))}}
            _ => "other",
        })
        """.TrimEnd() + ";"));

    [Fact]
    public Task What_is_no_step_may_be_as_long_as_it_likes() => Expect.NothingAsync($$"""
        public static class Other
        {
            public static int Count(int n)
            {
                {{string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"n += {i};\n")))}}
                return n;
            }
        }
        """);

    [Fact]
    public async Task Limits_can_be_set()
    {
        string code = Pipelines.Daily("{ string name = raw.Name; name = name.Trim(); return new(raw.Day, name); }");
        (await Analysis.RunAsync(Analysis.Compile(code), Analysis.AllAnalyzers)).ShouldBeEmpty();
        (await Analysis.RunAsync(Analysis.Compile(code), Analysis.AllAnalyzers, ("typed_pipelines.max_step_statements", "2")))
            .ShouldHaveSingleItem().GetMessage(CultureInfo.InvariantCulture).ShouldStartWith("'Clean' has 3 statements (at most 2);");
    }

    [Theory]
    [InlineData("select d.day, d.name from (select x.day, x.name from (select y.day, y.name from (select day, name from {raws}) as y) as x) as d", 1)]
    [InlineData("select d.day, d.name from (select x.day, x.name from (select day, name from {raws}) as x) as d", 0)]
    [InlineData("with a as (select day, name from (select day, name from {raws}) as x) select day, name from a", 0)]
    public async Task Queries_that_stand_deep_in_others(string sql, int found)
    {
        IReadOnlyList<Diagnostic> diagnostics = await Analysis.RunAsync(Analysis.Compile(Statement(sql)), Analysis.AllAnalyzers);
        diagnostics.Count.ShouldBe(found, string.Join("\n", diagnostics));
        diagnostics.ShouldAllBe(diagnostic => diagnostic.Id == "TP3003");
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public async Task Many_common_table_expressions(int count, bool told)
    {
        string ctes = string.Join(", ", Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i} (day, name) as (select day, name from {(i == 0 ? "{raws}" : $"c{i - 1}")})")));
        IReadOnlyList<Diagnostic> diagnostics = await Analysis.RunAsync(Analysis.Compile(Statement(string.Create(CultureInfo.InvariantCulture, $"with {ctes} select day, name from c{count - 1}"))), Analysis.AllAnalyzers);
        diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)).ShouldBe(
            told ? ["'Copy' has 7 common table expressions (at most 6); load 'c3' in a step of its own, and read that table here"] : []);
    }

    private static string Statement(string sql) => $$""""
        [ReplacePartition(nameof(Day))] public sealed record Raw(DateOnly Day, string Name);
        [ReplacePartition(nameof(Day))] public sealed record Copied(DateOnly Day, string Name);

        [Pipeline("raws"), DailyPartitions("2001-01-01")]
        public sealed partial class Raws
        {
            [Source] static IEnumerable<Raw> Read() => [];
        }

        [Pipeline("copies"), DailyPartitions("2001-01-01")]
        public sealed partial class Copies
        {
            [SqlStep] static Sql<Copied> Copy(Table<Raw> raws) => $"""{{sql}}""";
        }
        """";
}
