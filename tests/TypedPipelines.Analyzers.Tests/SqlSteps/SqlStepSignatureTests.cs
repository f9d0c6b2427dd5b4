namespace TypedPipelines.Analyzers.Tests.SqlSteps;

/// <summary>What a SQL step takes and gives.</summary>
public class SqlStepSignatureTests
{
    private static string With(string step, string more = "") => $$"""
        public sealed record Plain(int Id);
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Count([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            {{step}}
            {{more}}
        }
        """;

    [Fact]
    public Task Tables_and_the_partition_in_any_order() => Expect.NothingAsync(With(
        """[SqlStep] static Sql<Count> Make(Partition all, Table<Order> orders, Table<Order> again) => $"select o.id from {orders} as o join {again} as a on a.id = o.id where {all.Key} = 'all'";"""));

    [Fact]
    public Task A_return_type_that_is_no_statement() => Expect.OnlyAsync(
        "TP4007",
        With("""[SqlStep] static [|string|] Make(Table<Order> orders) => "select 1 as id";"""),
        "'Make' cannot be wired: a SQL step returns Sql<row>, where row is a type of your own");

    [Fact]
    public Task Rows_that_have_no_table_go_into_steps() => Expect.NothingAsync(With(
        """[SqlStep] static Sql<Plain> Make(Table<Order> orders) => $"select id from {orders}";""",
        "[Step] static IEnumerable<Count> Take(IEnumerable<Plain> rows) => [new(rows.Count())];"));

    [Fact]
    public Task Rows_that_have_no_table_and_that_no_step_takes() => Expect.OnlyAsync(
        "TP4006",
        With(
            """[SqlStep] static Sql<Plain> [|Make|](Table<Order> orders) => $"select id from {orders}";""",
            "[Source] static IEnumerable<Count> Read() => [];"),
        "Nothing takes the rows of 'Make': no step has a parameter of type Plain, and Plain carries no load strategy such as [Merge]");

    [Fact]
    public Task Rows_of_two_statements_that_a_step_does_not_choose_between() => Expect.OnlyAsync(
        "TP4004",
        With(
            """[SqlStep] static Sql<Plain> Make(Table<Order> orders) => $"select id from {orders}"; [SqlStep] static Sql<Plain> Other(Table<Order> orders) => $"select 1 as id from {orders}";""",
            "[Step] static Count Take(Plain [|row|]) => new(row.Id); [Step] static bool See([From(\"Other\")] Plain row) => true; [Step] static Count? Drop([From(\"See\")] Plain row) => null;"));

    [Theory]
    [InlineData("int", "int cannot be a row: a row is a class, record or struct of your own, whose columns the statement selects")]
    [InlineData("List<Plain>", "List<Plain> cannot be a row: a row is a class, record or struct of your own, whose columns the statement selects")]
    [InlineData("Plain?", "a statement gives no null among its rows: write Sql<Plain>, without the question mark")]
    public Task Rows_that_are_none(string row, string what) => Expect.OnlyAsync(
        "TP4007",
        With($$"""[SqlStep] static [|Sql<{{row}}>|] Make(Table<Order> orders) => $"select id from {orders}";"""),
        $"'Make' cannot be wired: {what}");

    [Fact]
    public Task A_row_that_nobody_can_make() => Expect.OnlyAsync(
        "TP4012",
        """
        public abstract record Plain(int Id);
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Count([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Plain> [|Make|](Table<Order> orders) => $"select id from {orders}";
            [Step] static Count Take(Plain row) => new(row.Id);
        }
        """);

    [Fact]
    public Task A_member_that_no_column_is_read_into() => Expect.OnlyAsync(
        "TP4008",
        """
        public sealed record Plain(int Id, List<int> [|Parts|]);
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Count([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Plain> Make(Table<Order> orders) => $"select id, parts from {orders}";
            [Step] static Count Take(Plain row) => new(row.Id);
        }
        """);

    /// <summary>A decimal without its digits and a text without a length are a table's affair, and no table holds these.</summary>
    [Fact]
    public Task Nothing_is_asked_of_a_row_that_only_a_table_needs() => Expect.NothingAsync(
        """
        public sealed record Plain(decimal Amount, string Text, [property: Key] double Key, [property: System.ComponentModel.DataAnnotations.Schema.NotMapped] List<int>? Parts);
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Count([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Made> Make(Table<Order> orders) => $"select amount, text, key from {orders}";
            [Step] static Count Take(Made row) => new((int)row.Amount);
        }
        public sealed class Made
        {
            public decimal Amount { get; set; }
            public string? Text { get; init; }
            [Key] public double Key { get; init; }
            public string Shown => $"{Amount}";
        }
        """);

    [Fact]
    public Task A_table_of_what_is_no_contract() => Expect.OnlyAsync(
        "TP4003",
        With("""[SqlStep] static Sql<Count> Make([|Table<Plain>|] plain) => $"select id from {plain}";"""),
        "Nothing in this pipeline gives rows of type Plain: it has no load strategy, so there is no table to read it from");

    [Theory]
    [InlineData("Order", "Order")]
    [InlineData("RunContext", "RunContext")]
    [InlineData("IEnumerable<Order>", "IEnumerable<Order>")]
    [InlineData("int", "int")]
    public Task Another_parameter(string type, string shown) => Expect.OnlyAsync(
        "TP4007",
        With($$"""[SqlStep] static Sql<Count> Make([|{{type}}|] other) => $"select 1 as id";"""),
        $"'other' cannot be wired: {shown} is none of: Table<row>, the partition");

    [Fact]
    public Task A_partition_of_another_kind() => Expect.OnlyAsync(
        "TP4007",
        With("""[SqlStep] static Sql<Count> Make(Table<Order> orders, DayPartition [|day|]) => $"select id from {orders}";"""),
        "'day' cannot be wired: the pipeline's partitions are of type WholePartition, so nothing can give it a DayPartition");

    [Fact]
    public Task A_negative_number_of_earlier_windows() => Expect.OnlyAsync(
        "TP4007",
        With("""[SqlStep] static Sql<Count> Make([[|EarlierWindows(-1)|]] Table<Order> orders) => $"select id from {orders}";"""),
        "'orders' cannot be wired: EarlierWindows is a number of windows, 0 or more");

    [Fact]
    public Task A_step_on_an_object() => Expect.OnlyAsync(
        "TP4007",
        With("""[SqlStep] Sql<Count> [|Make|](Table<Order> orders) => $"select id from {orders}";"""),
        "'Make' cannot be wired: a SQL step is static, since its statement is looked at before anything runs");

    [Theory]
    [InlineData("[SqlStep] static Sql<Count> Make<[|T|]>(Table<Order> orders) => $\"select id from {orders}\";", "'Make' cannot be wired: a SQL step has no type parameters, since its statement names the columns of its rows: write one for each type")]
    [InlineData("public record Page<T>(int Id); [SqlStep] static [|Sql<Page<Order>>|] Make(Table<Order> orders) => $\"select id from {orders}\";", "'Make' cannot be wired: P.Page<Order> is generic, and a row is not: its table, and the code that is generated for it, go by its name, which is that of every Page; derive a record of your own from it, such as OrderPage : P.Page<Order>")]
    public Task What_is_generic(string step, string message) => Expect.OnlyAsync("TP4007", With(step), message);

    [Fact]
    public Task A_step_that_is_two_things() => Expect.OnlyAsync(
        "TP4007",
        With("""[SqlStep, Source] static Sql<Count> [|Make|](Table<Order> orders) => $"select id from {orders}";"""),
        "'Make' cannot be wired: it is a SQL step and something else");

    [Fact]
    public Task The_table_that_its_own_pipeline_loads() => Expect.OnlyAsync(
        "TP4030",
        With(
            """[SqlStep] static Sql<Count> Make([|Table<Order>|] orders) => $"select id from {orders}";""",
            "[Source] static IEnumerable<Order> Read() => [];"),
        "'Make' reads the table of Order, which its own pipeline loads: what this run makes of it is not in the table before the run ends; put one of them into another pipeline");

    [Fact]
    public Task The_table_that_it_fills_itself() => Expect.OnlyAsync(
        "TP4030", With("""[SqlStep] static Sql<Count> Make([|Table<Count>|] counts) => $"select id from {counts}";"""));

    [Fact]
    public Task A_step_that_other_pipelines_would_share() => Expect.OnlyAsync(
        "TP4007",
        """
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Count([property: Key] int Id);
        public static class Shared
        {
            [SqlStep] public static Sql<Count> Make(Table<Order> orders) => $"select id from {orders}";
        }
        [Pipeline("p"), [|StepsFrom(typeof(Shared))|]] public partial class P
        {
            [Source] static IEnumerable<Count> Read() => [];
        }
        """,
        "'Make' cannot be wired: a SQL step is the pipeline's own, and not shared");

    [Fact]
    public Task Time_in_a_statement_differs_from_run_to_run() => Expect.OnlyAsync(
        "TP1003", With("""[SqlStep] static Sql<Count> Make(Table<Order> orders) => $"select id from {orders} where {[|DateTime.UtcNow|]} is not null";"""));
}
