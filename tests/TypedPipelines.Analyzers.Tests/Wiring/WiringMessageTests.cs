namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>One cause is one message, at the token that it is about; and one cause does not hide another.</summary>
public class WiringMessageTests
{
    private const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id, string Name);

        """;

    [Fact]
    public Task A_circle_is_told_where_it_is_and_not_at_what_waits_for_it() => Expect.OnlyAsync("TP4005", Rows + """
        public sealed record A(int Id);
        public sealed record B(int Id);
        [Pipeline("p")] public partial class P
        {
            [Step] static Row Last(B b) => new(b.Id, "");
            [Step] static B First(A [|a|]) => new(a.Id);
            [Step] static A Second([From(nameof(First))] B b) => new(b.Id);
        }
        """, "These steps wait for each other's rows: First → Second → First");

    [Fact]
    public Task A_lookup_of_rows_that_only_the_step_itself_makes() => Expect.OnlyAsync("TP4005", Rows + """
        public sealed record Part([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Step] static Part Cut(Raw raw) => new(raw.Id);
            [Step] static Row Join([From(nameof(Read))] Raw raw, RowLookup<int, Part> [|parts|]) => new(raw.Id, parts[raw.Id].ToString());
        }
        """, "These steps wait for each other's rows: Read → a lookup of rows made from Read's own rows");

    [Fact]
    public Task A_row_to_look_up_need_not_be_made_by_generated_code() => Expect.NothingAsync(Rows + """
        public sealed class Part { private Part(int id) => Id = id; [Key] public int Id { get; } public static Part Of(int number) => new(number); }
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Source] static IEnumerable<Part> Parts() => [Part.Of(1)];
            [Step] static Row Join(Raw raw, RowLookup<int, Part> parts) => new(raw.Id, parts[raw.Id].ToString()!);
        }
        """);

    [Fact]
    public Task A_class_that_is_not_partial_hides_nothing_else() => Expect.OnlyAsync("TP4001", Rows + """
        [Pipeline("p")] public class [|P|] { [Source] static IEnumerable<Row> Read() => []; }
        """);

    [Theory]
    [InlineData("public class {|P|}", "TP4001")]
    [InlineData("public static partial class {|P|}", "TP4002")]
    public async Task What_else_is_wrong_is_told_with_it(string declaration, string rule)
    {
        MarkedCode code = MarkedCode.Parse((Rows + $$"""
            public sealed record Other(int Id);
            [Pipeline("p")] {{declaration}}
            {
                [Source] static IEnumerable<Raw> Read() => [];
                [Step] static Row Make(Other [|other|]) => new(other.Id, "");
            }
            """).Replace("{|", "[|", StringComparison.Ordinal).Replace("|}", "|]", StringComparison.Ordinal));

        IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> found = await Analysis.RunAsync(Analysis.Compile(code.Text), Analysis.AllAnalyzers);

        found.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)).ShouldBe([(rule, code.Spans[0]), ("TP4003", code.Spans[1])]);
    }

    [Theory]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|System.Threading.Tasks.Task|] Wait(Row row) => null!;", "'Wait' cannot be wired: it gives no row when it has waited: return Task<row>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static async [|System.Threading.Tasks.ValueTask|] Wait(Row row) { await System.Threading.Tasks.Task.Yield(); }", "'Wait' cannot be wired: it gives no row when it has waited: return ValueTask<row>")]
    [InlineData("[Source, [|Step|]] static IEnumerable<Row> Read(Row row) => [];", "'Read' cannot be wired: it is marked [Source] and [Step], and is one of them; leave out the other")]
    [InlineData("static IEnumerable<Row> Rows { [[|Source|]] get => []; }", "'Rows' cannot be wired: a source or step is a method of its own, and no accessor, operator or implementation of an interface alone; write a method")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [[|Step|]] public static explicit operator string(P raw) => \"\";", "'op_Explicit' cannot be wired: a source or step is a method of its own, and no accessor, operator or implementation of an interface alone; write a method")]
    public Task A_mark_on_what_cannot_be_called_as_a_step(string members, string message) =>
        Expect.OnlyAsync("TP4007", Rows + $$"""[Pipeline("p")] public partial class P { {{members}} }""", message);

    [Theory]
    [InlineData("S<string>", "S<Raw>", "'Make' cannot be wired: it is taken from S<string> already, and the ledger and [From] know steps by name; call that of S<Raw> from a step of your own")]
    [InlineData("S<Raw>", "S<Raw>", "'Make' cannot be wired: the steps of S<Raw> are taken already; leave out one [StepsFrom]")]
    public Task Steps_of_one_class_twice(string first, string second, string message) => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        public static class S<T> { [Step] internal static Row Make(Row row) => row; }
        [Pipeline("p"), StepsFrom(typeof({{first}})), [|StepsFrom(typeof({{second}}))|]] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        """, message);
}
