using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>
/// Every generated file and type has a name of its own, whatever users call theirs: two files of one name would end the generation of the whole project.
/// </summary>
public sealed class HintNamesTests
{
    private const string Usings = """
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Collections.Generic;
        using TypedPipelines;

        """;

    [Fact]
    public void A_nested_row_beside_one_of_the_joined_name() => Files("""
        public static class Order { [ReplaceTable, Table("a")] public sealed record Line(int Id); }
        [ReplaceTable, Table("b")] public sealed record OrderLine(int Id);
        public static class OrderRows { [ReplaceTable, Table("c")] public sealed record Line(int Id); }

        [Pipeline("p")]
        public sealed partial class All
        {
            [Source] static IEnumerable<Order.Line> Nested() => [];
            [Source] static IEnumerable<OrderLine> Plain() => [];
            [Source] static IEnumerable<OrderRows.Line> Other() => [];
        }
        """).ShouldBe(["All-Lineage.g.cs", "All-Logic.g.cs", "All.g.cs", "Order+Line-Table.g.cs", "OrderLine-Table.g.cs", "OrderRows+Line-Table.g.cs", "Project-AddPipelines.g.cs"]);

    [Fact]
    public void A_pipeline_named_like_the_contract_or_the_parser_of_a_row() => Files("""
        [ReplaceTable] public sealed record Flight(int Id);
        public sealed record Raw(int Id);

        [Pipeline("p")]
        public sealed partial class FlightTable
        {
            [Source] static CsvFiles<Raw> Read() => new("x");
            [Step] static Flight Make(Raw raw) => new(raw.Id);
        }

        [ReplaceTable] public sealed record Bird(int Id);
        [Pipeline("q")] public sealed partial class RawCsv { [Source] static IEnumerable<Bird> Read() => []; }
        """).Count.ShouldBe(10);

    [Fact]
    public void Pipelines_named_like_the_files_of_another() => Files("""
        namespace A { [ReplaceTable] public sealed record Row(int Id); [Pipeline("p")] public sealed partial class X { [Source] static IEnumerable<Row> Read() => []; } }
        [ReplaceTable] public sealed record Other(int Id);
        [Pipeline("q")] public sealed partial class AddPipelines { [Source] static IEnumerable<Other> Read() => []; }
        """).Count.ShouldBe(9);

    // A namespace and a class of one name are an error of the compiler's.
    [Fact]
    public void A_pipeline_in_a_namespace_named_like_another_pipeline() => GeneratorRun.FilesOfBroken(Usings + """
        namespace A { [ReplaceTable] public sealed record Row(int Id); [Pipeline("p")] public sealed partial class X { [Source] static IEnumerable<Row> Read() => []; } }
        namespace A.X { [ReplaceTable] public sealed record Other(int Id); [Pipeline("q")] public sealed partial class Logic { [Source] static IEnumerable<Other> Read() => []; } }
        """).ShouldContain("A.X.Logic.g.cs");

    [Fact]
    public void Names_that_differ_by_case_only() => Files("""
        [ReplaceTable, Table("a")] public sealed record Flight(int Id);
        [ReplaceTable, Table("b")] public sealed record FLIGHT(int Id);
        public sealed record Raw(int Id);
        public sealed record RAW(int Id);

        [Pipeline("p")]
        public sealed partial class Flights
        {
            [Source] static CsvFiles<Raw> Read() => new("x");
            [Source] static CsvFiles<RAW> READ() => new("x");
            [Step] static Flight Make(Raw raw) => new(raw.Id);
            [Step] static FLIGHT MAKE(RAW raw) => new(raw.Id);
        }

        [ReplaceTable] public sealed record Bird(int Id);
        [Pipeline("q")] public sealed partial class FLIGHTS { [Source] static IEnumerable<Bird> Read() => []; }
        """).ShouldContain("FLIGHTS-Logic.g.cs");

    [Fact]
    public void Names_that_differ_by_case_are_told_apart_in_any_order_of_the_files()
    {
        const string First = "[ReplaceTable] public sealed record A(int Id); [Pipeline(\"p\")] public sealed partial class Load { [Source] static IEnumerable<A> Read() => []; }";
        const string Second = "[ReplaceTable] public sealed record B(int Id); [Pipeline(\"q\")] public sealed partial class LOAD { [Source] static IEnumerable<B> Read() => []; }";
        IReadOnlyDictionary<string, string> files = GeneratorRun.Generate(Usings + First, Usings + Second).Files;
        files.Keys.ShouldContain("LOAD.g.cs");
        files.Keys.ShouldContain("Load-2.g.cs");
        GeneratorRun.Generate(Usings + Second, Usings + First).Files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .ShouldBe(files.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    // Two classes of one name are an error of the compiler's, as while a file is copied; all other pipelines go on.
    [Fact]
    public void A_pipeline_that_is_declared_twice_stops_no_other()
    {
        const string Twice = "[Pipeline(\"p\")] public sealed partial class P { [Source] static System.Collections.Generic.IEnumerable<Row> Read() => []; }";
        string[] files = GeneratorRun.FilesOfBroken(
            Usings + "[Merge] public sealed record Row([property: Key] int Id);\n" + Twice,
            Usings + "[Pipeline(\"p\")] public sealed partial class P { static int Other; }",
            Usings + "[Merge] public sealed record Second([property: Key] int Id); [Pipeline(\"q\")] public sealed partial class Q { [Source] static IEnumerable<Second> Read() => []; }");
        files.ShouldContain("Q.g.cs");
        files.ShouldContain("P.g.cs");
    }

    // The compiler refuses its method, and would find more to refuse in what is generated for it.
    [Fact]
    public void A_row_that_is_local_to_a_file_stops_no_other_and_nothing_is_generated_for_it()
    {
        string[] files = GeneratorRun.FilesOfBroken(Usings + """
            file sealed record Raw(int Id);
            file static class Outer { public sealed record Inner(int Id); }
            [Merge] public sealed record Row([property: Key] int Id);
            [Merge] public sealed record Second([property: Key] int Id);
            [Pipeline("p")] public sealed partial class P { [Source] static IEnumerable<Raw> Read() => []; [Step] static Row Make(Raw raw) => new(raw.Id); }
            [Pipeline("q")] public sealed partial class Q { [Source] static IEnumerable<Outer.Inner> Read() => []; [Step] static Row Make(Outer.Inner raw) => new(raw.Id); }
            [Pipeline("r")] public sealed partial class R { [Source] static IEnumerable<Second> Read() => []; }
            """);
        files.ShouldContain("R.g.cs");
        files.ShouldNotContain("P.g.cs");
        files.ShouldNotContain("Q.g.cs");
    }

    private static IReadOnlyList<string> Files(string source) => [.. GeneratorRun.Generate(Usings + source).Files.Keys.Order(StringComparer.Ordinal)];
}
