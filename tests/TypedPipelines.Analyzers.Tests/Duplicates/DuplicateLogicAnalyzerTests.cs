namespace TypedPipelines.Analyzers.Tests.Duplicates;

public class DuplicateLogicAnalyzerTests
{
    private const string Logic = """
        (List<int> {0})
            {{
                int {1} = 0;
                foreach (int {2} in {0})
                {{
                    if ({2} % 2 == {3})
                    {{
                        {1} += {2} * 3;
                    }}
                }}

                Console.WriteLine("sum " + {1});
                return Math.Max({1}, {3});
            }}
        """;

    private static readonly string First = Body("rows", "sum", "row", "0");
    private static readonly string Renamed = Body("values", "total", "value", "7");

    [Fact]
    public Task Renamed_within_a_type() => Expect.OnlyAsync(
        "TP2001",
        $"public static class A {{ public static int Sum{First} public static int [|Total|]{Renamed} }}",
        "'Total' has the logic of 'Sum'; write it once, and call it from both");

    [Fact]
    public Task Renamed_across_types() => Expect.OnlyAsync(
        "TP2002",
        $"public static class A {{ public static int Sum{First} }} public static class B {{ public static int [|Total|]{Renamed} }}",
        "'Total' has the logic of 'A.Sum'; write it once, and call it from both");

    [Fact]
    public Task One_statement_more() => Expect.OnlyAsync(
        "TP2001",
        $"public static class A {{ public static int Sum{First} public static int [|Total|]{Renamed.Replace("return", "Console.WriteLine(); return", StringComparison.Ordinal)} }}",
        "'Total' has nearly the logic of 'Sum'; write it once, and call it from both");

    [Fact]
    public Task A_group_is_told_once() => Expect.OnlyAsync(
        "TP2001",
        $"public static class A {{ public static int Sum{First} public static int [|Total|]{Renamed} public static int Third{First} }}",
        "'Total' has the logic of 'Sum' and 1 more; write it once, and call it from both");

    [Fact]
    public Task Each_type_tells_its_own_and_the_build_what_is_left() => Expect.OnlyAsync(
        "TP2001",
        $"public static class A {{ public static int Sum{First} public static int [|Total|]{Renamed} }} public static class B {{ public static int Other() => 1; }}");

    [Theory]
    [InlineData("public abstract class R { public abstract int Sum(List<int> rows); } public class A : R { public override int SumX } public class B : R { public override int SumX }")]
    [InlineData("public static class A { public static int SumX public static int SumAsyncX }")]
    [InlineData("public class FactAttribute : Attribute { } public class A { [Fact] public void Test() { } public static int SumX public static int TotalX }")]
    public Task Twins_that_must_be(string code) => Expect.NothingAsync(code.Replace("SumX", "Sum" + First, StringComparison.Ordinal).Replace("SumAsyncX", "SumAsync" + First, StringComparison.Ordinal).Replace("TotalX", "Total" + First, StringComparison.Ordinal));

    [Theory]
    [InlineData("int {0} = 1; return {0} + 2;")] // Too short to be logic.
    [InlineData("var {0} = new Wide(); {0}.A = from.A; {0}.B = from.B; {0}.C = from.C; {0}.D = from.D; {0}.E = from.E; {0}.F = from.F; {0}.G = from.G; {0}.H = from.H; return {0};")]
    public Task Boilerplate(string body) => Expect.NothingAsync($$"""
        public class Wide { public int A, B, C, D, E, F, G, H; public static implicit operator int(Wide w) => w.A; }
        public static class M
        {
            public static int One(Wide from) { {{string.Format(System.Globalization.CultureInfo.InvariantCulture, body, "x")}} }
            public static int Two(Wide from) { {{string.Format(System.Globalization.CultureInfo.InvariantCulture, body, "y")}} }
        }
        """);

    [Fact]
    public Task Other_calls_are_other_logic() => Expect.NothingAsync(
        $"public static class A {{ public static int Sum{First} public static int Total{First.Replace("% 2", "/ 2", StringComparison.Ordinal).Replace("* 3", "- 3", StringComparison.Ordinal).Replace("Max", "Min", StringComparison.Ordinal).Replace("WriteLine", "Write", StringComparison.Ordinal)} }}");

    private static string Body(params object[] names) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Logic, names);
}
