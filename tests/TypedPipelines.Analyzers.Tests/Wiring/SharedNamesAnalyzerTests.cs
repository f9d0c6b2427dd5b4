using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>What the runtime refuses to start with, of what one compilation can know.</summary>
public class SharedNamesAnalyzerTests
{
    private const string Rows = """
        [Merge] public sealed record Row([property: Key] int Id);
        [Merge] public sealed record Other([property: Key] int Id);

        """;

    [Fact]
    public Task Two_pipelines_of_one_name() => Expect.OnlyAsync("TP4019", Rows + """
        [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("p")] public partial class [|Q|] { [Source] static IEnumerable<Other> Read() => []; }
        """, "'P' and 'Q' are both pipelines named 'p', and so the program refuses to start; rename one of them");

    [Fact]
    public Task Two_pipelines_that_load_one_row_type() => Expect.OnlyAsync("TP4019", Rows + """
        [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("q")] public partial class [|Q|] { [Source] static IEnumerable<Row> Read() => []; }
        """, "'P' and 'Q' both load the table 'row', and so the program refuses to start; merge them into one pipeline, or name one of the tables otherwise");

    [Fact]
    public Task Two_row_types_of_one_table_whatever_their_strategies() => Expect.OnlyAsync("TP4019", """
        [Merge(Table = "t", Schema = "s")] public sealed record Row([property: Key] int Id);
        [ReplaceTable, System.ComponentModel.DataAnnotations.Schema.Table("t", Schema = "s")] public sealed record Other(int Id);
        [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("q")] public partial class [|Q|] { [Source] static IEnumerable<Other> Read() => []; }
        """, "'P' and 'Q' both load the table 's.t', and so the program refuses to start; merge them into one pipeline, or name one of the tables otherwise");

    [Fact]
    public Task One_pipeline_that_loads_a_table_twice() => Expect.OnlyAsync("TP4019", """
        [Merge] public sealed record Row([property: Key] int Id);
        [Merge(Table = "row")] public sealed record Other([property: Key] int Id);
        [Pipeline("p")] public partial class [|P|]
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Source] static IEnumerable<Other> ReadOther() => [];
        }
        """, "'P' loads the table 'row' twice, from Row and from Other, and so the program refuses to start; make one row type of them, or name one of the tables otherwise");

    [Fact]
    public async Task The_first_pipeline_is_the_other_place()
    {
        var found = await Analysis.RunAsync(
            Analysis.Compile(
                Rows,
                """[Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }""",
                """[Pipeline("p")] public partial class Q { [Source] static IEnumerable<Other> Read() => []; }"""),
            Analysis.AllAnalyzers);

        Diagnostic only = found.ShouldHaveSingleItem();
        only.Location.SourceTree!.FilePath.ShouldBe("File3.cs");
        only.AdditionalLocations.ShouldHaveSingleItem().SourceTree!.FilePath.ShouldBe("File2.cs");
    }

    [Theory]
    [InlineData("""[Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; } [Pipeline("P")] public partial class Q { [Source] static IEnumerable<Other> Read() => []; }""")]
    [InlineData("""[Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; } [Pipeline("q")] public partial class Q { [Source] static Table<Row> Read() => default!; [Step] static Other Copy(Row row) => new(row.Id); }""")]
    [InlineData("""[Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; } [Pipeline("q")] public partial class Q { [Source] static IEnumerable<Other> Read() => []; [Step] static Other Join(Other other, RowLookup<int, Row> rows) => other; }""")]
    [InlineData("""[Merge(Table = "row", Schema = "s")] public sealed record Third([property: Key] int Id); [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; [Source] static IEnumerable<Third> Thirds() => []; }""")]
    public Task What_is_each_pipelines_own(string code) => Expect.NothingAsync(Rows + code);
}
