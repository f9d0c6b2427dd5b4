namespace TypedPipelines.Analyzers.Tests.Wiring;

public class WiringAnalyzerTests
{
    private const string RowsOfWindows = "[ReplacePartition(nameof(Day))] public sealed record Row(DateOnly Day);\n";

    private const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id, string Name);

        """;

    [Fact]
    public Task A_pipeline_that_is_right_says_nothing() => Expect.NothingAsync(Rows + """
        [Pipeline("p")] public partial class P
        {
            [Source] static CsvFiles<Raw> Read() => new("a.csv");
            [Step] static Row Clean(Raw raw) => new(raw.Id, raw.Name);
        }
        """);

    [Fact]
    public Task Not_partial() => Expect.OnlyAsync("TP4001", Rows + """
        [Pipeline("p")] public class [|P|]
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "'P' is a pipeline but not partial, so its wiring cannot be generated into it; add 'partial'");

    [Theory]
    [InlineData("public static partial class [|P|]")]
    [InlineData("public partial class [|P|]<T>")]
    [InlineData("file partial class [|P|]")]
    [InlineData("public partial record [|P|]")]
    public Task Not_an_ordinary_class(string declaration) => Expect.OnlyAsync("TP4002", Rows + $$"""
        [Pipeline("p")] {{declaration}}
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "'P' cannot be a pipeline: it must be a class that is not nested, generic, static, file-local or a record");

    [Fact]
    public Task Nested() => Expect.OnlyAsync("TP4002", Rows + """
        public partial class Outer
        {
            [Pipeline("p")] public partial class [|P|]
            {
                [Source] static IEnumerable<Row> Read() => [];
            }
        }
        """);

    [Fact]
    public Task Nothing_gives_the_rows() => Expect.OnlyAsync("TP4003", Rows + """
        public sealed record Other(int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static Row Clean(Other [|other|]) => new(other.Id, "");
        }
        """, "Nothing in this pipeline gives rows of type Other: its sources and steps give Row");

    [Fact]
    public Task From_names_a_method_that_does_not_give_them() => Expect.OnlyAsync("TP4003", Rows + """
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Step] static Row Clean([From([|"Reed"|])] Raw raw) => new(raw.Id, raw.Name);
        }
        """, "Nothing in this pipeline gives rows of type Raw: 'Reed' is not a source or step that gives it");

    [Fact]
    public Task From_names_the_step_itself() => Expect.OnlyAsync("TP4005", """
        [Merge] public sealed record Row([property: Key] int Id, string Name);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static Row Clean([From([|nameof(Clean)|])] Row row) => row;
        }
        """);

    [Fact]
    public Task Several_give_the_rows() => Expect.OnlyAsync("TP4004", Rows + """
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> One() => [];
            [Source] static IEnumerable<Raw> Two() => [];
            [Step] static Row Clean(Raw [|raw|]) => new(raw.Id, raw.Name);
        }
        """, "Rows of type Raw come from several methods (One, Two): [From(nameof(...))] says which of them a parameter means, and a table is loaded from one only");

    [Fact]
    public Task Several_give_the_rows_of_a_table() => Expect.OnlyAsync("TP4004", Rows + """
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];
            [Step] static Row [|One|](Raw raw) => new(raw.Id, "");
            [Step] static Row Two(Raw raw) => new(raw.Id, "");
        }
        """, "Rows of type Row come from several methods (One, Two): [From(nameof(...))] says which of them a parameter means, and a table is loaded from one only");

    [Fact]
    public Task A_circle() => Expect.OnlyAsync("TP4005", """
        public sealed record A(int Id);
        public sealed record B(int Id);
        [Pipeline("p")] public partial class P
        {
            [Step] static B First(A [|a|]) => new(a.Id);
            [Step] static A Second(B b) => new(b.Id);
        }
        """, "These steps wait for each other's rows: First → Second → First");

    [Fact]
    public Task Rows_that_go_nowhere() => Expect.OnlyAsync("TP4006", Rows + """
        public sealed record Spare(int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static Spare [|Count|](Row row) => new(row.Id);
        }
        """, "Nothing takes the rows of 'Count': no step has a parameter of type Spare, and Spare carries no load strategy such as [Merge]");

    [Theory]
    [InlineData("static class S { }", "'P' cannot be wired: S has no method marked [Step]")]
    [InlineData("static class S { [Step] static Row Make(Row row) => row; }", "'Make' cannot be wired: a step that pipelines share is static and can be called from them")]
    [InlineData("class S { [Step] internal Row Make(Row row) => row; }", "'Make' cannot be wired: a step that pipelines share is static and can be called from them")]
    [InlineData("static class S { [Source] internal static IEnumerable<Row> All() => []; [Step] internal static Row Make([From(\"Read\")] Row row) => row; }", "'All' cannot be wired: a source is the pipeline's own, and not shared; write a [Source] in P that returns S.All(...), and take the mark off the shared one")]
    [InlineData("static class S { [Step] internal static Row Read(Row row) => row; }", "'Read' cannot be wired: another source or step has this name, and the ledger and [From] know them by name")]
    public Task Steps_of_another_class_that_cannot_be_taken(string steps, string message) => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        {{steps}}
        [Pipeline("p"), [|StepsFrom(typeof(S))|]] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, message);

    [Fact]
    public Task A_step_of_a_generic_base_class_is_not_left_out_either() => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        public abstract class Shared<T> { [Step] protected static T Same(T row) => row; }
        [Pipeline("p")] public partial class [|P|] : Shared<Row>
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "'Same' cannot be wired: it is inherited from Shared<Row>, and steps are not: take them with [StepsFrom(typeof(Shared<Row>))], or declare it in P");

    [Fact]
    public Task A_step_of_a_base_class_is_not_left_out_without_a_word() => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        public abstract class Shared { [Step] protected static bool IsReal(Row row) => row.Id > 0; }
        [Pipeline("p")] public partial class [|P|] : Shared
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "'IsReal' cannot be wired: it is inherited from Shared, and steps are not: take them with [StepsFrom(typeof(Shared))], or declare it in P");

    [Theory]
    [InlineData("public partial class P : Shared { [Source] static IEnumerable<Row> Read() => []; [Step] protected override bool IsReal(Row row) => row.Id > 1; }")]
    [InlineData("[StepsFrom(typeof(Plain))] public partial class P : Plain { [Source] static IEnumerable<Row> Read() => []; }")]
    public Task A_step_of_a_base_class_that_is_taken_all_the_same(string pipeline) => Expect.NothingAsync($$"""
        {{Rows}}
        public abstract class Shared { [Step] protected virtual bool IsReal(Row row) => row.Id > 0; }
        public abstract class Plain { [Step] internal static bool IsReal(Row row) => row.Id > 0; }
        [Pipeline("p")] {{pipeline}}
        """);

    [Fact]
    public Task Rows_of_a_step_that_says_nothing_of_null() => Expect.NothingAsync($$"""
        {{Rows}}
        #nullable disable
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static IEnumerable<Row> Twice([From(nameof(Read))] Row row) => [row, row];
            [Step] static IEnumerable<Row> Sort([From(nameof(Twice))] IEnumerable<Row> rows) => rows;
        }
        """);

    [Theory]
    [InlineData("[Source] static IEnumerable<Row> Read<[|T|]>() => [];", "'Read' cannot be wired: a source has no type parameters, since nothing would say which types they are: write the row's type in place of T, and call a generic method from there where several sources share one")]
    [InlineData("[Source] static [|HashSet<Row>|] Read() => [];", "'Read' cannot be wired: a source returns CsvFiles<row>, JsonFiles<row>, HttpPages<row>, Table<row>, IEnumerable<row>, an array or list of rows, IAsyncEnumerable<row> or another ISource<row>, where row is a type of your own")]
    [InlineData("[Source] static [|Both|] Read() => null!; interface Both : ISource<Row>, ISource<P>;", "'Read' cannot be wired: a source returns CsvFiles<row>, JsonFiles<row>, HttpPages<row>, Table<row>, IEnumerable<row>, an array or list of rows, IAsyncEnumerable<row> or another ISource<row>, where row is a type of your own")]
    [InlineData("[Step] static Row [|Make|]() => new(1, \"\");", "'Make' cannot be wired: a step takes a row, IEnumerable<row> or IAsyncEnumerable<row> as its first parameter")]
    [InlineData("[Source] static IEnumerable<Row> Read(DayPartition [|day|]) => [];", "'day' cannot be wired: the pipeline's partitions are of type WholePartition, so nothing can give it a DayPartition")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|Row[]?|] Twice(Row row) => null;", "'Twice' cannot be wired: a step that gives several rows gives an empty sequence where there are none, and never null")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|int|] Count(Row row) => 1;", "'Count' cannot be wired: a step that takes a row returns a row, a row or null, bool, IEnumerable<row>, an array or list of rows, IAsyncEnumerable<row>, or a ValueTask or Task of any of them but the last, where a row that may be null is of a class")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static Row Join(Row row, RowLookup<int, int[]> [|others|]) => row;", "'others' cannot be wired: RowLookup<int, int[]> is none of: the partition, RunContext, CancellationToken, RowLookup<TKey, TRow>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step, [|Retry(2)|]] static Row Make(Row row) => row;", "'Make' cannot be wired: only a step that takes a row and returns a ValueTask, a Task or an IAsyncEnumerable can be tried again")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step([|MaxConcurrency = 2|])] static Row Make(Row row) => row;", "'Make' cannot be wired: only a step that takes a row and returns a ValueTask, a Task or an IAsyncEnumerable is called for several rows at a time")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step([|MaxConcurrency = 0|])] static System.Threading.Tasks.Task<Row> Make(Row row) => System.Threading.Tasks.Task.FromResult(row);", "'Make' cannot be wired: MaxConcurrency is at least 1")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step, [|Retry(0)|]] static System.Threading.Tasks.Task<Row> Make(Row row) => System.Threading.Tasks.Task.FromResult(row);", "'Make' cannot be wired: a step is tried again at least once, after a pause that is not negative")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|IEnumerable<Row>|] Make(IAsyncEnumerable<Row> rows) => [];", "'Make' cannot be wired: a step that takes IAsyncEnumerable<row> returns IAsyncEnumerable<row>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static IEnumerable<Row> Sort(List<Row> [|rows|]) => rows;", "'rows' cannot be wired: a step that takes all rows takes them as IEnumerable<Row>, and not as List<Row>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static IEnumerable<Row> Sort(Row[] [|rows|]) => rows;", "'rows' cannot be wired: a step that takes all rows takes them as IEnumerable<Row>, and not as Row[]")]
    [InlineData("[Source] IEnumerable<Row> Read() => []; P(int a) { } [|P|](string b) { }", "'P' cannot be wired: a pipeline has one constructor, whose parameters are services of the host")]
    [InlineData("[Source] IEnumerable<Row> Read() => []; P(out int [|a|]) { a = 1; }", "'a' cannot be wired: it cannot be a service of the host")]
    public Task A_signature_of_no_known_form(string members, string message) =>
        Expect.OnlyAsync("TP4007", Rows + $$"""[Pipeline("p")] public partial class P { {{members}} }""", message);

    [Fact]
    public Task A_partition_that_no_attribute_declares_has_no_bounds() => Expect.OnlyAsync("TP4014", Rows + """
        [Pipeline("p"), DailyPartitions([|"2001-13-01"|])] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "The pipeline's partitions cannot be listed: '2001-13-01' is not of the form yyyy-MM-dd");

    [Theory]
    [InlineData("Quarterly", "2001-Q5", null, "'2001-Q5' is not of the form yyyy-Qn")]
    [InlineData("Quarterly", "2001-01", null, "'2001-01' is not of the form yyyy-Qn")]
    [InlineData("Quarterly", "0000-Q1", null, "'0000-Q1' is not of the form yyyy-Qn")]
    [InlineData("Quarterly", "2001-Q2", "2001-Q1", "End '2001-Q1' does not come after the start '2001-Q2'")]
    [InlineData("Yearly", "2001-Q1", null, "'2001-Q1' is not of the form yyyy")]
    [InlineData("Yearly", "2001", "2001", "End '2001' does not come after the start '2001'")]
    public Task Bounds_of_quarters_and_years_that_are_none(string grain, string start, string? end, string message) => Expect.OnlyAsync("TP4014", Rows + $$"""
        [Pipeline("p"), {{grain}}Partitions({{(end is null ? $"[|\"{start}\"|]" : $"\"{start}\", [|End = \"{end}\"|]")}})] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, $"The pipeline's partitions cannot be listed: {message}");

    [Theory]
    [InlineData("Quarterly", "2001-Q4", "2002-Q1", "Quarter")]
    [InlineData("Yearly", "1999", "2000", "Year")]
    public Task Quarters_and_years_are_read_and_given_to_sources(string grain, string start, string end, string type) => Expect.NothingAsync(RowsOfWindows + $$"""
        [Pipeline("p"), {{grain}}Partitions("{{start}}", End = "{{end}}", TimeZone = "Europe/Berlin", LookBack = 1)] public partial class P
        {
            [Source] static IEnumerable<Row> Read({{type}}Partition window) => [];
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData(" UTC")]
    public Task A_time_zone_that_is_none(string zone) => Expect.OnlyAsync("TP4014", Rows + $$"""
        [Pipeline("p"), DailyPartitions("2001-01-01", [|TimeZone = "{{zone}}"|])] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, $"The pipeline's partitions cannot be listed: '{zone}' is not the name of a time zone, such as Europe/Berlin");

    [Theory]
    [InlineData("6 hours")]
    [InlineData("-01:00:00")]
    [InlineData("")]
    public Task A_time_in_which_partitions_are_due_that_is_none(string due) => Expect.OnlyAsync("TP4014", Rows + $$"""
        [Pipeline("p"), DailyPartitions("2001-01-01", [|DueWithin = "{{due}}"|])] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, $"The pipeline's partitions cannot be listed: DueWithin '{due}' is no length of time; write it like 06:00:00, or 2.00:00:00 for two days");

    [Theory]
    [InlineData("06:00:00")]
    [InlineData("2.00:00:00")]
    public Task A_time_in_which_partitions_are_due(string due) => Expect.NothingAsync(RowsOfWindows + $$"""
        [Pipeline("p"), DailyPartitions("2001-01-01", DueWithin = "{{due}}")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """);

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("W. Europe Standard Time")]
    public Task A_time_zone_by_either_name(string zone) => Expect.NothingAsync(RowsOfWindows + $$"""
        [Pipeline("p"), DailyPartitions("2001-01-01", TimeZone = "{{zone}}")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("null!")]
    public Task No_name(string name) => Expect.OnlyAsync("TP4018", Rows + $$"""
        [[|Pipeline({{name}})|]] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
        }
        """, "The name of 'P' is empty, and the command line and the ledger know pipelines by name");

    [Fact]
    public Task Nothing_to_do() => Expect.OnlyAsync("TP4016", """
        [Pipeline("p")] public partial class [|P|]
        {
        }
        """, "'P' loads nothing: a pipeline has a [Source], and at least one of its row types carries a load strategy such as [Merge]");

    [Fact]
    public Task A_table_and_windows_that_do_not_fit() => Expect.OnlyAsync("TP4010", """
        [ReplaceTable] public sealed record Row(int Id);
        [Pipeline("p"), DailyPartitions("2001-01-01")] public partial class P
        {
            [Source] static IEnumerable<Row> [|Read|]() => [];
        }
        """, "The load does not fit its window: Row replaces its whole table, so each DayPartition would erase the others; use [ReplacePartition], or a pipeline without partitions");

    [Fact]
    public async Task What_the_compiler_says_already_is_not_said_again()
    {
        var compilation = Analysis.Compile(Rows + """
            [ReplacePartition] public sealed record Half(int Id);
            [Pipeline("p"), DailyPartitions] public partial class P
            {
                [Source] static CsvFiles<Missing> One() => null!;
                [Source] static IEnumerable<Row> Two() => [];
                [Step] static Missing Three(Row row) => null!;
                [Step] static IEnumerable<Missing> Four(IEnumerable<Row> rows) => null!;
                [Step] static Row Five(Missing missing) => null!;
                [Step] static Row Six(IEnumerable<Missing> missing) => null!;
                [Step] static Row Seven(Row row, RowLookup<int, Missing> missing) => null!;
            }
            """);

        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldBeEmpty();
    }
}
