using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Lineage;

/// <summary>
/// Where the columns of tables come from: every case is a pipeline of its own, all are compiled together as a build does it, and what is compared is
/// what the program then tells of itself.
/// </summary>
public sealed class LineageTests
{
    private static readonly LineageCase[] Cases = [.. LineageCases.All, .. ChangingCases.All, .. RepeatedCases.All, .. RecentCases.All];

    private static readonly Lazy<IReadOnlyList<PipelineDescriptor>> Pipelines = new(() => Build([LineageCase.Shop, RecentCases.Extensions, .. Cases.Select((one, number) => one.Pipeline(number))]));

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_column_comes_from(string name)
    {
        int number = Array.FindIndex(Cases, one => one.Name == name);
        Describe(Pipelines.Value.Single(pipeline => pipeline.Name == $"case{number}")).ShouldBe(Cases[number].Expected);
    }

    [Fact]
    public void What_cannot_be_followed_is_told_and_counts_as_an_expression_of_all_that_goes_in()
    {
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase(
            "", "public interface IRate { decimal Of(decimal price, string status); } static readonly IRate Rate = null!; [Step] static Sale S(RawOrder r) => new(r.Id, Rate.Of(r.Price, r.Status), null);", "").Pipeline(0))[0];
        Describe(pipeline).ShouldBe("Amount ~Landing.Price ~Landing.Status | Text");
        pipeline.Lineage!.Steps[0].Opaque.ShouldHaveSingleItem().ShouldContain("IRate.Of(decimal, string) has no code here to follow");
    }

    [Fact]
    public void Methods_that_call_each_other_without_an_end_come_to_one()
    {
        string many = string.Concat(Enumerable.Range(0, 30).Select(i => $"static decimal F{i}(decimal v, decimal w) => F{(i + 1) % 30}(v, w) + F{(i + 7) % 30}(w, v) + F{(i + 11) % 30}(v, v);"));
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase("", many + "[Step] static Sale S(RawOrder r) => new(r.Id, F0(r.Price, r.Quantity), null);", "").Pipeline(0))[0];
        Describe(pipeline).ShouldBe("Amount ~Landing.Price ~Landing.Quantity | Text");
        pipeline.Lineage!.Steps[0].Opaque.ShouldBe(["calls more methods than are followed"]);
    }

    /// <summary>Each link changes what it is called on: to follow all before it once more for each would take longer than anyone waits.</summary>
    [Theory]
    [InlineData("new System.Text.StringBuilder()", ".Append(r.Status)", "Text ~Landing.Status")]
    [InlineData("new Notes()", ".Add(r.Status)", "Text ~Landing.Status")]
    public void A_long_chain_of_calls_is_followed_link_by_link(string start, string link, string expected)
    {
        const string notes = "public sealed class Notes { private string _all = \"\"; public Notes Add(string one) { _all += one; return this; } public override string ToString() => _all; } ";
        string chain = string.Concat(Enumerable.Repeat(link, 60));
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase("", $"{notes} [Step] static Sale S(RawOrder r) {{ var b = {start}; b{chain}; return new(r.Id, 0, b.ToString()); }}", "").Pipeline(0))[0];
        Describe(pipeline).ShouldContain(expected);
    }

    /// <summary>If each loop went through the one inside it twice, this would take longer than anyone waits.</summary>
    [Fact]
    public void Loops_inside_each_other_are_gone_through_again_only_where_that_finds_something_new()
    {
        const int loops = 30;
        string begin = string.Concat(Enumerable.Range(0, loops).Select(i => $"for (int i{i} = 0; i{i} < r.Quantity; i{i}++) {{ "));
        string code = $"[Step] static Sale S(RawOrder r) {{ string a = \"\", b = \"\", c = \"\"; {begin} c = b; b = a; a = r.Status; {new string('}', loops)} return new(r.Id, r.Price, c); }}";
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase("", code, "").Pipeline(0))[0];
        Describe(pipeline).ShouldBe("Amount =Landing.Price | Text ~Landing.Status ?Landing.Quantity");
        pipeline.Lineage!.Steps[0].Opaque.ShouldBeEmpty();
    }

    [Fact]
    public void Many_steps_that_use_whole_rows_are_traced_as_fast_as_others()
    {
        const int steps = 40;
        string members = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"string M{i}"));
        string types = string.Concat(Enumerable.Range(0, steps).Select(i => $"public sealed record T{i}({members}); "));
        string whole = string.Join(", ", Enumerable.Repeat("r.ToString()", 20));
        string chain = string.Concat(Enumerable.Range(0, steps).Select(i => $"[Step] static T{i} S{i}({(i == 0 ? "RawOrder" : $"T{i - 1}")} r) => new({whole}); "));
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase("", types + chain + $"[Step] static Sale S(T{steps - 1} r) => new(1, 0, r.M3);", "").Pipeline(0))[0];
        Describe(pipeline).ShouldBe("Amount | Text ~Landing.");
    }

    [Fact]
    public void An_expression_of_thousands_of_terms_ends_no_build()
    {
        string terms = string.Concat(Enumerable.Repeat(" + r.Quantity", 3000));
        PipelineDescriptor pipeline = Build(LineageCase.Shop, new LineageCase("", $"[Step] static Sale S(RawOrder r) => new(r.Id, r.Price{terms}, null);", "").Pipeline(0))[0];
        TableLineage.Of(pipeline)[0].Columns.Single(column => column.Member == "amount").Origins.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_a_step_makes_of_a_statement_s_rows_comes_from_its_tables()
    {
        PipelineDescriptor pipeline = Build(
            """"
            using System.ComponentModel.DataAnnotations;
            using TypedPipelines;
            namespace Shop;
            [Merge] public sealed record Sale([property: Key] int Id, [MaxLength(20)] string Shop);
            public sealed record Found(int Number, string Name);
            [Merge] public sealed record ShopName([property: Key] int Id, int Same, [MaxLength(20)] string Name, int Constant);
            [Pipeline("sql")]
            public sealed partial class SqlPipeline
            {
                [SqlStep] static Sql<Found> Read(Table<Sale> sales) => $"select id as number, shop as name from {sales}";
                [Step] static ShopName? Take(Found found) => found.Number > 0 ? new(found.Number, found.Number, found.Name.Trim(), 1) : null;
            }
            """")[0];
        Describe(pipeline).ShouldBe("Same =table sale.id | Name ~table sale.shop | Constant | rows ?table sale.id");
    }

    internal static IReadOnlyList<PipelineDescriptor> Build(params string[] sources)
    {
        Assembly assembly = GeneratorRun.Generate(sources).Load();
        var pipelines = new Builder();
        assembly.GetType("TypedPipelines.ProjectPipelines", throwOnError: true)!.GetMethod("AddPipelines")!.Invoke(null, [pipelines]);
        using ServiceProvider services = pipelines.Services.BuildServiceProvider();
        return [.. services.GetServices<PipelineRegistration>().Select(pipeline => pipeline.Descriptor)];
    }

    internal static string Describe(PipelineDescriptor pipeline)
    {
        TableLineage table = TableLineage.Of(pipeline).ShouldHaveSingleItem();
        table.Columns[0].Member.ShouldBe("id");
        IEnumerable<string> columns = table.Columns.Skip(1).Select(column => char.ToUpperInvariant(column.Member[0]) + column.Member[1..] + Describe(column.Origins));
        return string.Join(" | ", table.Filters.Count == 0 ? columns : columns.Append("rows" + Describe(table.Filters)));
    }

    private static string Describe(IEnumerable<ColumnOrigin> origins) => string.Concat(origins.Select(origin =>
        $" {"=~+?"[(int)origin.Kind]}{(origin.IsTable ? "table " : "")}{origin.From}.{origin.Member}"));

    private sealed class Builder : IPipelineBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
