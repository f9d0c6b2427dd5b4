using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>Legal C# for which generated code would not compile, or would leave something out: it is said where it was written.</summary>
public class RefusedCodeTests
{
    private const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id, string Name);

        """;

    [Theory]
    [InlineData("public Row(string [|id|]) => Id = id.Length; [Key] public int Id { get; set; }", "its constructor takes 'id' as string, and the property Id is of type int; make them one type, or add a constructor without it")]
    [InlineData("public Row(long [|id|]) => Id = (int)id; [Key] public int Id { get; set; }", "its constructor takes 'id' as long, and the property Id is of type int; make them one type, or add a constructor without it")]
    [InlineData("public Row(int id, out int [|count|]) => count = Count = Id = id; [Key] public int Id { get; set; } public int Count { get; set; }", "its constructor takes 'count' by reference")]
    [InlineData("public Row(int id, object [|any|]) => (Id, Any) = (id, any); [Key] public int Id { get; } [System.ComponentModel.DataAnnotations.Schema.NotMapped] public object Any { get; }", "its constructor takes 'any', and the property Any is [NotMapped], so there is no value for it; add a constructor without it")]
    [InlineData("public Row(int [|id|]) => Id = id; [Key] public required int Id { get; init; }", "the property Id is required, and set by the constructor, too; add [SetsRequiredMembers] to the constructor, or a constructor without it")]
    [InlineData("[Key] public int Id { get; set; } public required string [|Text|];", "Text is required, and no column; leave out 'required', or make it a property")]
    [InlineData("[Key] public int Id { get; set; } [System.ComponentModel.DataAnnotations.Schema.NotMapped] public required object [|Any|] { get; set; }", "Any is required, and no column; leave out 'required'")]
    [InlineData("[Key] public int Id { get; set; } public string? [|Name|] { get; private set; }", "generated code cannot set Name; make its setter public, or a parameter of the constructor, or mark it [NotMapped]")]
    [InlineData("[Key] public int Id { get; set; } public string? [|Name|] { private get; set; }", "generated code cannot read Name; make its getter public, or mark it [NotMapped]")]
    public Task A_row_that_cannot_be_made(string members, string message) =>
        Expect.OnlyAsync("TP4012", $"[Merge] public sealed class Row {{ {members} }}", "Rows of type Row cannot be made: " + message);

    [Theory]
    [InlineData("[ReplaceTable] public sealed record [|Row|];")]
    [InlineData("[ReplaceTable] public sealed class [|Row|] { public int Count => 1; }")]
    public Task A_row_without_columns(string row) =>
        Expect.OnlyAsync("TP4012", row, "Rows of type Row cannot be made: it has no property that is a column: one that a constructor or an initialiser sets");

    [Theory]
    [InlineData("typeof(Secret)")]
    [InlineData("new object[] { typeof(List<Secret[]>) }")]
    [InlineData("Hidden.A")]
    public Task A_check_whose_arguments_only_the_row_sees(string argument) => Expect.OnlyAsync("TP4021", $$"""
        public sealed class OwnAttribute(object any) : ValidationAttribute { public override bool IsValid(object? value) => any is not null; }
        [Merge] public sealed class Row { private sealed class Secret; private enum Hidden { A } [Key, [|Own({{argument}})|]] public int Id { get; set; } }
        """, "[Own] on 'Id' is not checked when rows are loaded: its arguments cannot be written into generated code; check the value in a step");

    [Fact]
    public Task A_pipeline_in_a_generic_class() => Expect.OnlyAsync("TP4002", Rows + """
        public partial class Outer<T> { [Pipeline("p")] public partial class [|P|] { [Source] static IEnumerable<Row> Read() => []; } }
        """);

    /// <summary>Generated code names all types from <c>global::</c>, where a reference with an alias alone has none.</summary>
    [Theory]
    [InlineData("[Source] static [|CsvFiles<Other::Row>|] Read() => new(\"a\");", "TP4007", "'Read' cannot be wired: generated code cannot name Row, since Contracts is known as Other alone; add global to the Aliases of that reference")]
    [InlineData("[Source] static IEnumerable<Own> Read() => []; [Step] static Own Look([From(\"Read\")] Own own, RowLookup<int, Other::Row> [|rows|]) => own;", "TP4007", "'rows' cannot be wired: generated code cannot name Row, since Contracts is known as Other alone; add global to the Aliases of that reference")]
    [InlineData("[SqlStep] static Sql<Own> Read(Table<Other::Row> [|rows|]) => $\"select id from {rows}\";", "TP4007", null)]
    [InlineData("public P(List<Other::Row> [|rows|]) { } [Source] IEnumerable<Own> Read() => [];", "TP4007", null)]
    [InlineData("[Source] static CsvFiles<Raw> Read() => new(\"a\"); [Step] static Own Make(Raw raw) => new(1); } public sealed record Raw(Other::Level [|Level|]) {", "TP4012", "Rows of type Raw cannot be made: generated code cannot name Level, since Contracts is known as Other alone; add global to the Aliases of that reference")]
    public async Task A_type_of_an_assembly_that_is_known_under_an_alias_alone(string members, string rule, string? message)
    {
        CSharpCompilation contracts = Analysis.Compile("[Merge] public sealed record Row([property: Key] int Id); public enum Level { Low }").WithAssemblyName("Contracts");
        MarkedCode code = MarkedCode.Parse($$"""
            extern alias Other;
            [Merge] public sealed record Own([property: Key] int Id);
            [Pipeline("p")] public partial class P { {{members}} }
            """);

        CSharpCompilation compilation = Analysis.Compile(code.Text).WithAssemblyName("Program");
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(compilation.AddReferences(contracts.ToMetadataReference(aliases: ["Other"])), Analysis.AllAnalyzers);
        found.Select(diagnostic => diagnostic.Id).ShouldBe([rule]);
        found[0].Location.SourceSpan.ShouldBe(code.Spans[0]);
        found[0].GetMessage().ShouldBe(message ?? found[0].GetMessage());
        (await Analysis.RunAsync(compilation.AddReferences(contracts.ToMetadataReference(aliases: ["global", "Other"])), Analysis.AllAnalyzers)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_column_that_another_project_alone_can_set()
    {
        CSharpCompilation contracts = Analysis.Compile("[Merge] public sealed class Row { [Key] public int Id { get; set; } public string? Name { get; internal set; } }");
        Analysis.ShouldCompile(contracts);
        MarkedCode code = MarkedCode.Parse("""[Pipeline("p")] public partial class [|P|] { [Source] static IEnumerable<Row> Read() => []; }""");

        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(
            Analysis.Compile(code.Text).AddReferences(contracts.ToMetadataReference()).WithAssemblyName("Other"), Analysis.AllAnalyzers);

        found.Select(diagnostic => diagnostic.GetMessage())
            .ShouldBe(["Rows of type Row cannot be made: generated code cannot set Name; make its setter public, or a parameter of the constructor, or mark it [NotMapped]"]);
        found[0].Location.SourceSpan.ShouldBe(code.Spans[0]);
    }

    [Theory]
    [InlineData("P(int [|batch|]) { }", "'batch' cannot be wired: int cannot be a service of the host, which is an object of a class; give the parameter a default value, or take a class that holds it")]
    [InlineData("P(DateTime? [|at|]) { }", "'at' cannot be wired: DateTime? cannot be a service of the host, which is an object of a class; give the parameter a default value, or take a class that holds it")]
    [InlineData("P([Microsoft.Extensions.DependencyInjection.FromKeyedServices(\"a\")] IServiceProvider [|keyed|]) { }", "'keyed' cannot be wired: services are given by their type, and not by a key; take a class that takes the keyed service")]
    [InlineData("public required string [|Folder|] { get; init; }", "'Folder' cannot be wired: it is required, and generated code that makes the object has no value for it; take it in the constructor")]
    public Task An_object_that_cannot_be_made(string members, string message) =>
        Expect.OnlyAsync("TP4007", Rows + $$"""[Pipeline("p")] public partial class P { {{members}} [Source] IEnumerable<Row> Read() => []; }""", message);

    [Theory]
    [InlineData("[Source] static [|IEnumerable<Row?>|] Read() => [];", "'Read' cannot be wired: a source gives no null among its rows: write Row, without the question mark")]
    [InlineData("[Source] static [|CsvFiles<Row?>|] Read() => new(\"a\");", "'Read' cannot be wired: a source gives no null among its rows: write Row, without the question mark")]
    [InlineData("[Source] static IEnumerable<Raw> Read() => []; [Step] static [|IEnumerable<Row?>|] Make(Raw raw) => [];", "'Make' cannot be wired: a step that gives several rows leaves out those that it drops, and gives no null among them: write Row, without the question mark")]
    [InlineData("[Source] static IEnumerable<Raw> Read() => []; [Step] static [|Row?[]|] Make(IEnumerable<Raw> raw) => [];", "'Make' cannot be wired: a step that gives several rows leaves out those that it drops, and gives no null among them: write Row, without the question mark")]
    [InlineData("[Source] static IEnumerable<Raw> Read() => []; [Step] static [|IAsyncEnumerable<Row?>|] Make(IAsyncEnumerable<Raw> raw) => null!;", "'Make' cannot be wired: a step that gives several rows leaves out those that it drops, and gives no null among them: write Row, without the question mark")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; ref struct Part; [Step] static Row Make(Part [|part|]) => null!;", "'part' cannot be wired: Part cannot be a row: a row is a class, record or struct of your own")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [Step] static Row Make(ref Row [|row|]) => row;", "'Make' cannot be wired: a source or step takes nothing by ref or out")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [SqlStep] static Sql<Row> Make(ref WholePartition [|all|]) => $\"select\";", "'all' cannot be wired: a SQL step takes nothing by ref or out")]
    [InlineData("[Source] static IEnumerable<Row> Read() => []; [SqlStep] static Sql<Row> Make(ref readonly WholePartition [|all|]) => $\"select\";", "'all' cannot be wired: a SQL step takes nothing by ref or out")]
    public Task A_signature_that_generated_code_cannot_meet(string members, string message) =>
        Expect.OnlyAsync("TP4007", Rows + $$"""[Pipeline("p")] public partial class P { {{members}} }""", message);

    [Theory]
    [InlineData("int?", "int?")]
    [InlineData("string?", "string")]
    public Task A_lookup_by_what_may_be_null(string key, string asked) => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        #pragma warning disable CS8714
        [Merge(NullKeys = NullKeys.Match)] public sealed record Place([property: Key] {{key}} Id);
        [Pipeline("p")] public partial class P
        {
            [Source] static IEnumerable<Row> Read() => [];
            [Step] static Row Join(Row row, RowLookup<{{asked}}, Place> [|places|]) => row;
        }
        """, $"'places' cannot be wired: the key of Place is {key}, and nothing is looked up by null; make Id non-nullable");

    [Theory]
    [InlineData("file static class S { [Step] internal static Row Make(Row row) => row; }")]
    [InlineData("public class S { [Step] private protected static Row Make(Row row) => row; }")]
    public Task Steps_of_a_class_that_cannot_be_reached(string steps) => Expect.OnlyAsync("TP4007", $$"""
        {{Rows}}
        {{steps}}
        [Pipeline("p"), [|StepsFrom(typeof(S))|]] public partial class P { [Source] static IEnumerable<Row> Read() => []; }
        """, "'Make' cannot be wired: a step that pipelines share is static and can be called from them");

    [Theory]
    [InlineData("file sealed record Row([property: Key] int Id);")]
    [InlineData("public class Outer { protected internal sealed record Row([property: Key] int Id); }")]
    public async Task A_row_that_only_a_part_of_the_project_sees(string row)
    {
        bool visible = row.Contains("internal", StringComparison.Ordinal);
        string marked = "[Merge] " + (visible ? row : row.Replace("record Row", "record [|Row|]", StringComparison.Ordinal));
        marked = marked.Replace("[Merge] public class Outer { ", "public class Outer { [Merge] ", StringComparison.Ordinal);
        await (visible ? Expect.NothingAsync(marked) : Expect.OnlyAsync("TP4012", marked, "Rows of type Row cannot be made: generated code cannot see it: make it, and the types around it, public or internal"));
    }

    [Fact]
    public async Task A_language_that_is_older_than_generated_code()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp12);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Old",
            new[] { Analysis.Usings, Rows + "[Pipeline(\"p\")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }" }.Select(text => CSharpSyntaxTree.ParseText(text, options)),
            Analysis.References,
            Analysis.CompilationOptions);

        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}")
            .ShouldBe(["TP4007: 'P' cannot be wired: what is generated for it is C# 13.0, and the project's language is C# 12.0; raise or remove <LangVersion>"]);
    }
}
