namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>Row types that no table and no file can have.</summary>
public class RowShapeTests
{
    private const string Column = "System.ComponentModel.DataAnnotations.Schema.Column";

    [Fact]
    public Task Two_members_of_one_column() => Expect.OnlyAsync("TP4024", $$"""
        [Merge] public sealed record Row([property: Key] int Id, int HomeCity, [property: {{Column}}("home_city")] int [|Town|], [property: {{Column}}("ID")] int [|Number|]);
        """,
        "'HomeCity' and 'Town' are both the column 'home_city'",
        "'Id' and 'Number' are both the column 'ID': databases ignore case");

    [Fact]
    public Task Two_members_of_one_field() => Expect.OnlyAsync("TP4024", Csv($$"""int Id, [property: {{Column}}("Home-City")] string A, [property: {{Column}}("home city")] string [|B|]"""),
        "'A' and 'B' are both the column 'home city' of the file, where case, underscores, spaces and hyphens do not matter");

    [Fact]
    public Task Two_strategies() => Expect.OnlyAsync("TP4025", """
        [Merge, [|ReplaceTable|]] public sealed record Row([property: Key] int Id);
        """, "Row is loaded in 2 ways, [Merge], [ReplaceTable]: a table has one; leave one of them, or make a row type for each");

    [Theory]
    [InlineData("[[|Precision(0, 5)|]] decimal Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 0 with 5 after it")]
    [InlineData("[[|Precision(50, 2)|]] decimal? Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 50 with 2 after it")]
    [InlineData("[[|Precision(5, 6)|]] decimal Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 5 with 6 after it")]
    [InlineData("[[|Precision(38, 29)|]] decimal Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 38 with 29 after it")]
    [InlineData("[[|Precision(5, -1)|]] decimal Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 5 with -1 after it")]
    [InlineData("[property: [|System.ComponentModel.DataAnnotations.Schema.Column(TypeName = \"decimal(39,4)\")|]] decimal Price", "a decimal has 1 to 38 digits, of which none to all, and at most 28, stand after the point, and not 39 with 4 after it")]
    [InlineData("[[|Precision(5, 2)|]] double Price", "[Precision] counts the digits of a decimal, and this is of type double")]
    [InlineData("[[|MaxLength(-5)|]] string Price", "a length of -5 is none")]
    [InlineData("[[|MaxLength(0)|]] byte[] Price", "a length of 0 is none")]
    [InlineData("[[|MinLength(-1)|]] string Price", "a length of -1 is none")]
    [InlineData("[[|StringLength(3, MinimumLength = 4)|]] string Price", "nothing is at least 4 and at most 3 long")]
    [InlineData("[[|Length(5, 4)|]] string Price", "nothing is at least 5 and at most 4 long")]
    public Task Digits_and_lengths_that_no_value_has(string member, string message) => Expect.OnlyAsync(
        "TP4022", $"[Merge] public sealed record Row([property: Key] int Id, {member});", "'Price' cannot be what is declared: " + message);

    [Theory]
    [InlineData("[Precision(28, 28)] decimal A, [Precision(1, 0)] decimal B")]
    [InlineData("[MaxLength(-1)] string A, [MaxLength] byte[] B, [MinLength(0)] string C, [Length(2, 2)] string D, [StringLength(1)] string E")]
    public Task Digits_and_lengths(string members) => Expect.NothingAsync($"[Merge] public sealed record Row([property: Key] int Id, {members});");

    [Theory]
    [InlineData("[[|Format(\"qq\")|]] DateOnly Day", "'Day' cannot be read with the format 'qq': it names no year")]
    [InlineData("[[|Format(\"HH:mm\")|]] DateTime At", "'At' cannot be read with the format 'HH:mm': it names no year")]
    [InlineData("[[|Format(\"dd.MM. 'year'\")|]] DateTimeOffset? At", "'At' cannot be read with the format 'dd.MM. 'year'': it names no year")]
    [InlineData("[[|Format(\"t\")|]] DateTime At", "'At' cannot be read with the format 't': it names no year")]
    [InlineData("[[|Format(\"yyyy-MM-dd HH:mm\")|]] DateOnly Day", "'Day' cannot be read with the format 'yyyy-MM-dd HH:mm': it names parts of a time")]
    [InlineData("[[|Format(\"yyyy HH:mm\")|]] TimeOnly Time", "'Time' cannot be read with the format 'yyyy HH:mm': it names parts of a date")]
    [InlineData("[[|Format(\"mm:ss\")|]] TimeOnly Time", "'Time' cannot be read with the format 'mm:ss': it names no hour")]
    [InlineData("[[|Format(\"\")|]] DateOnly Day", "'Day' cannot be read with the format '': it is no .NET format")]
    [InlineData("[[|Format(\"yyyy 'open\")|]] DateOnly Day", "'Day' cannot be read with the format 'yyyy 'open': it is no .NET format")]
    [InlineData("[[|Format(\"yyyy\")|]] int Year", "'Year' cannot be read with the format 'yyyy': int is neither date nor time")]
    public Task A_format_that_reads_nothing(string member, string message) => Expect.OnlyAsync("TP4026", Csv($"int Id, {member}"), message);

    [Theory]
    [InlineData("[Format(\"dd.MM.yyyy\")] DateOnly Day, [Format(\"HH:mm\")] TimeOnly Time, [Format(\"yyyyMMdd'T'HHmmssK\")] DateTimeOffset At")]
    [InlineData("[Format(\"o\")] DateOnly? Day, [Format(\"T\")] TimeOnly Time, [Format(\"s\")] DateTime At, [Format(\"%y\")] DateTime Year")]
    public Task A_format(string members) => Expect.NothingAsync(Csv($"int Id, {members}"));

    [Fact]
    public Task A_type_of_the_name_that_generated_code_needs() => Expect.OnlyAsync("TP4027", """
        namespace Mine;
        public static class Generated;
        [Merge] public sealed record [|Row|]([property: Key] int Id);
        """, "The code for Row needs the name Mine.Generated, which something else has; rename that, or move Row into another namespace");

    [Theory]
    [InlineData("namespace Mine.Generated { public class RowTable; }", "Row", "Mine.Generated.RowTable")]
    [InlineData("namespace Mine.Generated.RowTable { public class Any; }", "Row", "Mine.Generated.RowTable")]
    [InlineData("namespace Mine.Generated { public class OuterRows; }", "Outer.Row", "Mine.Generated.OuterRows")]
    [InlineData("namespace Mine.Generated { public class RowTable<T>; public class OuterRows<T>; public class RowCsv; }", "Row", null)]
    public Task Something_of_another_name_that_generated_code_needs(string taken, string row, string? name) => name is null
        ? Expect.NothingAsync(Nested(taken, row, "Row"))
        : Expect.OnlyAsync("TP4027", Nested(taken, row, "[|Row|]"), $"The code for Row needs the name {name}, which something else has; rename that, or move Row into another namespace");

    [Fact]
    public Task A_type_named_like_the_parser_of_a_row() => Expect.OnlyAsync("TP4027", "namespace Generated { public class RawCsv; }\n" + Csv("int Id").Replace("> Read()", "> [|Read|]()", StringComparison.Ordinal));

    private static string Nested(string taken, string path, string row) => $$"""
        {{taken}}
        namespace Mine
        {
            {{(path.Contains('.', StringComparison.Ordinal) ? "public static class Outer {" : "")}} [Merge] public sealed record {{row}}([property: Key] int Id); {{(path.Contains('.', StringComparison.Ordinal) ? "}" : "")}}
        }
        """;

    [Fact]
    public Task A_type_of_that_name_elsewhere() => Expect.NothingAsync("""
        namespace Other { public static class Generated; }
        namespace Mine { public static class Generated<T>; [Merge] public sealed record Row([property: Key] int Id); }
        """);

    private static string Csv(string members) => $$"""
        public sealed record Raw({{members}});
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static CsvFiles<Raw> Read() => new("x.csv");
            [Step] static Row Clean(Raw raw) => new(raw.Id);
        }
        """;

    [Fact]
    public Task Columns_with_all_names_of_the_row_id_of_SQLite() => Expect.OnlyAsync("TP4024", """
        [Merge] public sealed record Row([property: Key] int Rowid, int Oid, [property: System.ComponentModel.DataAnnotations.Schema.Column("_rowid_")] int [|Third|]);
        [Pipeline("p")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        """);
}
