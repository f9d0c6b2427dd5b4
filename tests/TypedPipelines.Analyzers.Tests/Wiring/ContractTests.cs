using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>What is wrong with a row contract is said where the contract is, whether a pipeline of the project loads it or not.</summary>
public class ContractTests
{
    [Fact]
    public Task No_column_holds_the_type() => Expect.OnlyAsync("TP4008", """
        [Merge] public sealed record Row([property: Key] int Id, List<string> [|Names|]);
        """, "'Names' is of type System.Collections.Generic.List<string>, which no column holds; use a type of the table in the rule's page, or mark it [NotMapped]");

    /// <summary>Entities of EF Core have them. Lists of anything else, and of classes that are no rows, are still refused.</summary>
    [Fact]
    public Task Relations_to_other_rows_are_no_columns() => Expect.OnlyAsync("TP4008", """
        [Merge] public class Row
        {
            [Key] public int Id { get; set; }
            public Owner? Owner { get; set; }
            public virtual ICollection<Part> Parts { get; set; } = [];
            public List<string> [|Names|] { get; set; } = [];
            public Note? [|Note|] { get; set; }
        }

        [System.ComponentModel.DataAnnotations.Schema.Table("owner")] public class Owner { public int Id { get; set; } }
        public class Part { [Key] public int Id { get; set; } }
        public class Note { public string Text { get; set; } = ""; }
        """);

    [Fact]
    public Task A_merge_without_a_key() => Expect.OnlyAsync("TP4009", """
        [Merge] public sealed record [|Row|](int Id);
        """, "The key of Row must be marked [Key]: [Merge] goes by it");

    [Fact]
    public Task A_lookup_without_a_key() => Expect.OnlyAsync("TP4009", """
        public sealed record Place(int Id);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Source] static IEnumerable<Place> Places() => [];
            [Step] static Row Join(Row row, RowLookup<int, Place> [|places|]) => row;
        }
        """, "The key of Place must be marked [Key]: a lookup goes by it");

    [Fact]
    public Task A_table_with_two_names() => Expect.OnlyAsync("TP4017", """
        [[|Merge(Table = "a")|], System.ComponentModel.DataAnnotations.Schema.Table("b")] public sealed record Row([property: Key] int Id);
        """, "The table of Row cannot be named: its table is 'a' here and 'b' in [Table]; say it once");

    [Fact]
    public Task A_table_in_two_schemas() => Expect.OnlyAsync("TP4017", """
        [[|Merge(Schema = "a")|], System.ComponentModel.DataAnnotations.Schema.Table("t", Schema = "b")] public sealed record Row([property: Key] int Id);
        """, "The table of Row cannot be named: its schema is 'a' here and 'b' in [Table]; say it once");

    [Fact]
    public Task A_table_without_a_name() => Expect.OnlyAsync("TP4017", """
        [[|ReplaceTable(Table = " ")|]] public sealed record Row(int Id);
        """, "The table of Row cannot be named: the table has an empty name");

    [Fact]
    public Task A_table_named_once_or_twice_the_same() => Expect.NothingAsync("""
        [Merge(Table = "a", Schema = "s")] public readonly record struct Point([property: Key] int Id);
        [Merge(Table = "b", Schema = "s"), System.ComponentModel.DataAnnotations.Schema.Table("b", Schema = "s")] public sealed record Row([property: Key] int Id);
        [Merge(Schema = "s"), System.ComponentModel.DataAnnotations.Schema.Table("c")] public sealed record Other([property: Key] int Id);
        """);

    [Fact]
    public Task A_partition_column_that_is_none() => Expect.OnlyAsync("TP4010", """
        [ReplacePartition([|"Dai"|])] public sealed record Row(DateOnly Day);
        """, "The load does not fit its window: Row has no column member named 'Dai'");

    [Fact]
    public Task A_floating_point_key() => Expect.OnlyAsync("TP4011", """
        [Merge] public sealed record Row([property: Key] double [|Id|]);
        """);

    [Theory]
    [InlineData("float")]
    [InlineData("double")]
    [InlineData("double?")]
    public Task A_floating_point_version(string type) => Expect.OnlyAsync("TP4020", $$"""
        [Merge([|Version = nameof(Revision)|])] public sealed record Row([property: Key] int Id, {{type}} Revision);
        """, "The load cannot do what is declared: Revision is a floating-point number, of which NaN is neither older nor newer than any other; a version is a whole number, decimal, date or instant");

    [Theory]
    [InlineData("nameof(Id)")]
    [InlineData("nameof(At), nameof(Id)")]
    public Task A_key_member_to_keep_the_latest_by(string by) => Expect.OnlyAsync("TP4020", $$"""
        [Merge, [|KeepLatest({{by}})|]] public sealed record Row([property: Key] int Id, DateTime At);
        """, "The load cannot do what is declared: Id is in the key, which is the same in all rows of one key: it says nothing of which is the latest");

    [Fact]
    public Task Rows_to_be_kept_where_none_is_replaced() => Expect.OnlyAsync("TP4020", """
        [Merge]
        [[|KeepReplaced|]]
        public sealed record Row([property: Key] int Id);
        """, "The load cannot do what is declared: [KeepReplaced] keeps the rows that a load replaces, and [Merge] replaces none that could be put back");

    [Fact]
    public Task What_happens_outside_the_window_where_the_scope_is_another() => Expect.OnlyAsync("TP4020", """
        [Merge]
        [[|DeleteMissing(DeleteScope.Group, nameof(Region), OutOfWindow = RowAction.Drop)|]]
        public sealed record Row([property: Key] int Id, string Region);
        """, "The load cannot do what is declared: OutOfWindow says what happens to rows outside the window, and this scope does not go by it; use DeleteScope.Window, or leave it out");

    [Theory]
    [InlineData("ulong")]
    [InlineData("[Precision(38, 10)] decimal")]
    [InlineData("DateTimeOffset")]
    [InlineData("DayOfWeek")]
    public Task A_version_of_another_number_or_time(string type) => Expect.NothingAsync($$"""
        [Merge(Version = nameof(Revision))] public sealed record Row([property: Key] int Id, {{type}} Revision);
        """);

    [Fact]
    public Task A_floating_point_number_of_the_latest() => Expect.NothingAsync("""
        [Merge, KeepLatest(nameof(Score))] public sealed record Row([property: Key] int Id, double Score);
        """);

    [Fact]
    public Task A_row_that_cannot_be_made() => Expect.OnlyAsync("TP4012", """
        [Merge] public sealed class [|Row|] { public Row(int other) { } [Key] public int Id { get; set; } }
        """, "Rows of type Row cannot be made: it has no public constructor whose parameters all match properties by name");

    [Fact]
    public Task A_decimal_without_a_precision() => Expect.OnlyAsync("TP4013", """
        [Merge] public sealed record Row([property: Key] int Id, decimal [|Amount|], [Precision(10, 2)] decimal Tax);
        """, "'Amount' is a decimal without a precision, so its column is decimal(28,10); declare it with [Precision(digits, decimals)]");

    [Fact]
    public Task A_key_that_can_be_null() => Expect.OnlyAsync("TP4015", """
        [Merge] public sealed record Row([property: Key] string? [|Id|]);
        [Merge(NullKeys = NullKeys.Match)] public sealed record Other([property: Key] string? Id);
        """, "'Id' is a key and can be null, and a row in which it is null stops the run; make it non-nullable, or set NullKeys on [Merge] to say that null is a key like any other");

    [Fact]
    public Task A_contract_that_two_pipelines_load_is_wrong_once() => Expect.OnlyAsync("TP4008", """
        [Merge] public sealed record Row([property: Key] int Id, object [|Any|]);
        [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("q")] public partial class Q { [Source] static IEnumerable<Row> Read() => []; }
        """);

    [Fact]
    public Task Settings_without_a_meaning_do_not_stop_the_analysis() => Expect.NothingAsync("""
        [ReplacePartition(nameof(Day), OutOfWindow = (RowAction)99, OnInvalid = (RowAction)(-1))]
        [KeepLatest(nameof(At), null!)]
        public sealed record Row([property: Key] DateOnly Day, DateTime At);
        """);

    [Fact]
    public async Task A_contract_of_another_assembly_is_reported_at_the_pipeline()
    {
        CSharpCompilation contracts = Analysis.Compile("""[ReplacePartition("Dai")] public sealed record Row(DateOnly Day, object Any);""");
        using var image = new MemoryStream();
        contracts.Emit(image).Success.ShouldBeTrue();
        MarkedCode code = MarkedCode.Parse("""
            [Pipeline("p"), DailyPartitions("2001-01-01")] public partial class [|P|]
            {
                [Source] static IEnumerable<Row> Read() => [];
            }
            """);

        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(
            Analysis.Compile(code.Text).AddReferences(MetadataReference.CreateFromImage(image.ToArray())).WithAssemblyName("Other"), Analysis.AllAnalyzers);

        found.Select(diagnostic => diagnostic.Id).ShouldBe(["TP4008", "TP4010"], ignoreOrder: true);
        found.ShouldAllBe(diagnostic => diagnostic.Location.SourceSpan == code.Spans[0]);
    }
}
