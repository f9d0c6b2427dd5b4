namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>Rows and steps with type arguments: the message says why they cannot be, and what does the same; and that does.</summary>
public class GenericFormTests
{
    private const string Rows = """
        public record Page<T>(int Id) where T : class;
        public readonly record struct Pair<T>(int Id);
        public class Outer<T> { public sealed record Inner(int Id); }
        [Merge] public sealed record Row([property: Key] int Id);

        """;

    private const string Why = "is generic, and a row is not: its table, and the code that is generated for it, go by its name, which is that of every";

    [Theory]
    [InlineData("[Source] static [|IEnumerable<Page<string>>|] Read() => [];", "'Read' cannot be wired: Page<string> " + Why + " Page; derive a record of your own from it, such as StringPage : Page<string>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|Pair<Row>|] Make(Row row) => new(row.Id);", "'Make' cannot be wired: Pair<Row> " + Why + " Pair; write a record of your own with its members")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static [|Pair<Row>?|] Make(Row row) => null;", "'Make' cannot be wired: Pair<Row> " + Why + " Pair; write a record of your own with its members")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static Row Make(Page<string> [|page|]) => new(page.Id);", "'page' cannot be wired: Page<string> " + Why + " Page; derive a record of your own from it, such as StringPage : Page<string>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static IEnumerable<Row> Make(IEnumerable<Page<Row>> [|pages|]) => [];", "'pages' cannot be wired: Page<Row> " + Why + " Page; derive a record of your own from it, such as RowPage : Page<Row>")]
    [InlineData("[Source] static [|IEnumerable<Outer<int>.Inner>|] Read() => [];", "'Read' cannot be wired: Outer<int>.Inner " + Why + " Inner; declare Inner outside of Outer<int>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static Row Join(Row row, RowLookup<int, Page<Row>> [|pages|]) => row;", "'pages' cannot be wired: Page<Row> " + Why + " Page; derive a record of your own from it, such as RowPage : Page<Row>")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static T Same<[|T|]>(T row) => row;", "'Same' cannot be wired: a step has no type parameters of its own, since nothing would say which types they are: give T to its class instead, and take the steps of that with [StepsFrom(typeof(Class<Row>))]")]
    public Task What_cannot_be(string members, string message) => Expect.OnlyAsync("TP4007", Rows + $$"""[Pipeline("p")] public partial class P { {{members}} }""", message);

    [Fact]
    public Task A_table_of_them() => Expect.OnlyAsync("TP4012", """
        [Merge] public sealed record [|Kept|]<T>([property: Key] int Id);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P { [SqlStep] static Sql<Row> Make(Table<Kept<Row>> kept) => $"select id from {kept}"; }
        """, "Rows of type Kept cannot be made: Kept<T> is generic, and a row is not: its table, and the code that is generated for it, go by its name, which is that of every Kept; write a record of your own with its members");

    [Fact]
    public Task What_does_the_same() => Expect.NothingAsync(Rows + """
        public sealed record RowPage(int Id, string Text) : Page<Row>(Id);
        [Merge] public sealed record Kept([property: Key] int Id);
        public static class Positive<T> where T : class { [Step] public static bool IsThere(T row) => row.GetHashCode() > 0; }
        [Pipeline("p"), StepsFrom(typeof(Positive<RowPage>))] public partial class P
        {
            [Source] static IEnumerable<RowPage> Read() => [];
            [Step] static Kept Make([From("IsThere")] RowPage page) => new(page.Id);
        }
        """);
}
