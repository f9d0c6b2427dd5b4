using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.OddCode;

/// <summary>Pipelines and steps of every shape that C# has a word for.</summary>
public sealed class OddPipelinesTests
{
    public static TheoryData<string, string> Pipelines() => new()
    {
        { "a constructor with defaults", "[Pipeline(\"p\")] public sealed partial class P(string folder = \"x\", int batch = 10, IServiceProvider? services = null, DateTime? at = null, params string[] more) { [Source] IEnumerable<Row> Read() => folder.Length + batch + more.Length > 0 && services is null && at is null ? [] : []; }" },
        { "defaults before services", "[Pipeline(\"p\")] public sealed partial class P { public P(IServiceProvider a, int batch = 10, IServiceProvider? b = null, CancellationToken stop = default) { } [Source] IEnumerable<Row> Read() => []; }" },
        { "parameters named by keywords", "[Pipeline(\"p\")] public sealed partial class P(int @class = 1, IServiceProvider? @await = null) { [Source] IEnumerable<Row> Read() => @class == 1 && @await is null ? [] : []; }" },
        { "a private constructor", "[Pipeline(\"p\")] public sealed partial class P { private P(IServiceProvider services) { } static P() { } [Source] IEnumerable<Row> Read() => []; }" },
        { "an obsolete step", "[Pipeline(\"p\")] public sealed partial class P { [Source, Obsolete] static IEnumerable<Raw> Read() => []; [Step, Obsolete(\"no\", true)] static Row Make(Raw raw) => new(raw.Id, raw.Name); }" },
        { "an obsolete pipeline", "[Obsolete(\"no\", true, DiagnosticId = \"OWN1\"), Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "an obsolete row on the way", "[Obsolete(\"no\", true)] public sealed record Leg(int Id); [Pipeline(\"p\")] public sealed partial class P { [Source, Obsolete] static IEnumerable<Leg> Read() => []; [Step, Obsolete] static Row Make(Leg leg) => new(leg.Id, \"\"); }" },
        { "an obsolete row that is loaded", "[Obsolete(\"no\", true), ReplaceTable] public sealed record Old([property: Key] int Id); [Pipeline(\"p\")] public sealed partial class P { [Source, Obsolete] static CsvFiles<Old> Read() => new(\"a\"); [Step, Obsolete] static bool Keep(Old old, RowLookup<int, Place> places) => true; [Source] static Table<Place> Places() => Table<Place>.All; } [Obsolete, Merge] public sealed record Place([property: Key] int Id);" },
        { "an experimental pipeline", "#pragma warning disable OWN1\n[Experimental(\"OWN1\"), Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; [Step, Experimental(\"OWN2\")] static Row Same([From(nameof(Read))] Row row) => row; }" },
        { "obsolete shared steps", "[Obsolete] public static class S { [Step] public static Row Same(Row row) => row; }\n#pragma warning disable CS0612\n[Pipeline(\"p\"), StepsFrom(typeof(S))] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "members named like the generated ones", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; static void RunRead(int a) { } class RunRead2 { } static int ReadTypedPipelineLogic; void DescribeTypedPipelineLineage() { } static string Descriptor => \"\"; void RunAsync() { } }" },
        { "a source whose loop is named like another's step", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Raw> Make() => []; [Step] static Row RunMake(Raw raw) => new(raw.Id, raw.Name); }" },
        { "a class named like a loop", "[Pipeline(\"p\")] public sealed partial class RunRead { [Source] static IEnumerable<Row> Read() => []; }" },
        { "inherited members named like the generated ones", "public abstract class Base { protected static void RunRead() { } public void ReadTypedPipelineLogic() { } } [Pipeline(\"p\")] public sealed partial class P : Base { [Source] static IEnumerable<Row> Read() => []; }" },
        { "keywords", "[Pipeline(\"p\")] public sealed partial class @record { [Source] static IEnumerable<Raw> @await() => []; [Step] static Row? @class([From(\"await\")] Raw @await) => new(@await.Id, \"\"); [Step] static ValueTask<Row> @async([From(\"class\")] Row @async) => new(@async); [Step] static IEnumerable<Row> @yield([From(\"async\")] IEnumerable<Row> @yield) => @yield; [Step] static IAsyncEnumerable<Row> @run([From(\"yield\")] IAsyncEnumerable<Row> rows) => rows; }" },
        { "rows named by keywords", "namespace @await.@class { public sealed record @await(int Id); [Merge] public sealed record _([property: Key] int Id); [Pipeline(\"p\")] public sealed partial class P { [Source] static CsvFiles<@await> Read() => new(\"a\"); [Step] static ValueTask<_> Make(@await row) => new(new _(row.Id)); [Step] static _? Same([From(nameof(Make))] _ row) => row; } }" },
        { "names of the runtime", "namespace TypedPipelines.Mine { [Merge] public sealed record LoadInput([property: Key] int Id); public class PartitionRun; public class Running; public class Sqlite; [Pipeline(\"p\")] public sealed partial class IPipeline { [Source] static IEnumerable<LoadInput> Running() => []; } }" },
        { "names of the BCL", "namespace Mine.System { [Merge] public sealed record Object([property: Key] int Id); public class Threading; public class Exception; [Pipeline(\"p\")] public sealed partial class Collections { [Source] static IEnumerable<Object> Threading() => []; [Step] static Object Exception([From(nameof(Threading))] Object row) => row; } }" },
        { "unicode", "namespace Größe.日本 { [Merge] public sealed record 行([property: Key] int キー, string Ñ); [Pipeline(\"流れ\")] public sealed partial class Ströme { [Source] static CsvFiles<行> Ǆ() => new(\"a\"); [Step] static 行? Ünd([From(nameof(Ǆ))] 行 Ü) => Ü; } }" },
        { "partial over several declarations", "[Pipeline(\"p\")] public sealed partial class P { [Source] private static partial IEnumerable<Row> Read(); } partial class P { private static partial IEnumerable<Row> Read() => []; } partial class P : IDisposable { public void Dispose() { } }" },
        { "unsafe and checked", "[Pipeline(\"p\")] public sealed unsafe partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] static Row Same(Row row) { checked { int* a = null; return row with { Id = row.Id + 1 + (a == null ? 1 : 0) }; } } }" },
        { "static abstract and default interface members", "public interface IThing<T> where T : IThing<T> { static abstract int Count { get; } int Twice => T.Count * 2; } [Pipeline(\"p\")] public sealed partial class P : IThing<P> { public static int Count => 1; [Source] IEnumerable<Row> Read() => []; }" },
        { "private rows on the way", "[Pipeline(\"p\")] public sealed partial class P { private sealed record Leg(int Id); private sealed record Other(int Id); [Source] static IEnumerable<Leg> Read() => []; [Step] static Other Make(Leg leg) => new(leg.Id); [Step] private static Row Last(Other other) => new(other.Id, \"\"); }" },
        { "steps of classes inside the pipeline", "[Pipeline(\"p\"), StepsFrom(typeof(S))] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; private static class S { [Step] internal static Row Same(Row row) => row; } }" },
        { "steps of a base class", "public abstract class Base { [Step] private protected static Row Same([From(\"Read\")] Row row) => row; [Step] protected internal static Row Again([From(nameof(Same))] Row row) => row; } [Pipeline(\"p\"), StepsFrom(typeof(Base))] public sealed partial class P : Base { [Source] static IEnumerable<Row> Read() => []; }" },
        { "steps of a struct and a record", "public readonly struct S { [Step] public static Row Same([From(\"Read\")] Row row) => row; } public record R { [Step] public static Row Again([From(\"Same\")] Row row) => row; } [Pipeline(\"p\"), StepsFrom(typeof(S)), StepsFrom(typeof(R))] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "overloads of steps", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Raw> Read() => []; [Step] static Row Make(Raw raw) => new(raw.Id, raw.Name); static Row Make(Raw raw, int a = 0) => Make(raw); static Row Make(object raw) => null!; [Step] static IEnumerable<Row> Sort([From(nameof(Make))] IEnumerable<Row> rows) => rows; static int Sort(List<Row> rows) => 0; }" },
        { "attributes about null of steps", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Raw> Read() => []; [Step] [return: MaybeNull] static Row Make([DisallowNull] Raw? raw) => raw is null ? null : new(raw.Id, raw.Name); [Step] [return: NotNull] static Row? Same([From(nameof(Make)), AllowNull] Row row) => row ?? new(1, \"\"); }" },
        { "by in", "public readonly record struct Leg(int Id); [Pipeline(\"p\"), DailyPartitions(\"2026-01-01\")] public sealed partial class P { [Source] static IEnumerable<Leg> Read(in DayPartition day, in RunContext run, in CancellationToken stop) => []; [Step] static Row Make(in Leg leg, in DayPartition day, in RowLookup<int, Place> places, in RunContext run, in CancellationToken stop) => new(leg.Id, \"\"); } [Merge] public sealed record Place([property: Key] int Id);" },
        { "params and optional", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] static IEnumerable<Row> All([From(nameof(Read))] params IEnumerable<Row> rows) => rows; [Step] static Row Same([From(nameof(All))] Row row, RunContext? run = null, CancellationToken stop = default) => row; }" },
        { "extension methods", "public static class S { [Step] public static Row Same(this Row row) => row; } [Pipeline(\"p\"), StepsFrom(typeof(S))] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "rows of null-oblivious steps", "#nullable disable\n[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Raw> Read() => []; [Step] static Row Make(Raw raw) => new(raw.Id, raw.Name); [Step] static IEnumerable<Row> Two([From(nameof(Make))] Row row) => [row]; [Step] static Task<Row> Wait([From(nameof(Two))] Row row) => Task.FromResult(row); }" },
        { "rows that may be null come in", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Raw> Read() => []; [Step] static Row? Make(Raw? raw) => null; [Step] static IEnumerable<Row> Sort([From(nameof(Make))] IEnumerable<Row?> rows) => []; [Step] static IAsyncEnumerable<Row> Stream([From(nameof(Sort))] IAsyncEnumerable<Row?> rows) => null!; }" },
        { "a lookup by a text of old code", "[Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] static Row Join(Row row, RowLookup<string, Old> olds) => row; }\n#nullable disable\n[Merge] public sealed record Old([property: Key] string Id);" },
        { "a lookup by texts that may be null", "[Merge(NullKeys = NullKeys.Match)] public sealed record Place([property: Key] string? A, [property: Key] int? B); [Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] static Row Join([From(nameof(Read))] Row row, RowLookup<(string?, int?), Place> places) => row; [Step] static Row Again([From(nameof(Join))] Row row, RowLookup<(string A, int? B), Place> places) => row; }" },
        { "rows named like the locals", "namespace Names; public sealed record Run(int Id); public sealed record At(int Id); public sealed record I(int Id); public sealed record Rows(int Id); public sealed record Batch(int Id); [Merge] public sealed record Day([property: Key] int Id); [Merge] public sealed record Exception([property: Key] int Id); [Pipeline(\"p\"), DailyPartitions(\"2026-01-01\")] public sealed partial class Pipeline { [Source] static IEnumerable<Run> Read(DayPartition day) => []; [Step] static At A(Run run, DayPartition day) => new(run.Id); [Step] static IEnumerable<I> B(At at) => [new(at.Id)]; [Step] static Rows? C(I i) => new(i.Id); [Step] Task<Batch> D(Rows rows, CancellationToken cancellationToken) => Task.FromResult(new Batch(rows.Id)); [Step] static Day E(Batch batch, RowLookup<int, Exception> exceptions) => new(batch.Id); }" },
        { "steps named like the locals", "[Pipeline(\"p\"), DailyPartitions(\"2026-01-01\")] public sealed partial class P { [Source] static IEnumerable<Raw> run(DayPartition day) => []; [Step] static Raw at([From(nameof(run))] Raw raw) => raw; [Step] static Raw? row([From(nameof(at))] Raw raw) => raw; [Step] static IEnumerable<Raw> i([From(nameof(row))] Raw raw) => [raw]; [Step] static ValueTask<Raw> token([From(nameof(i))] Raw raw, CancellationToken stop) => new(raw); [Step] static IEnumerable<Raw> pipeline([From(nameof(token))] IEnumerable<Raw> raws) => raws; [Step] static bool day([From(nameof(pipeline))] Raw raw, DayPartition d) => true; [Step] Row rowLoad([From(nameof(day))] Raw raw) => new(raw.Id, raw.Name); }" },
        { "structs all the way", "public readonly record struct Leg(int Id); public struct Part { public int Id; } [Merge] public record struct Place([property: Key] int Id); [Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Leg> Read() => []; [Step] static Part? Cut(Leg leg) => new Part { Id = leg.Id }; [Step] static async ValueTask<Place> Wait(Part part) { await Task.Yield(); return new(part.Id); } [Step] static Place[] Two([From(nameof(Wait))] Place place) => [place]; [Step] static Row Join([From(nameof(Read))] Leg leg, RowLookup<int, Other> others) => new(leg.Id, \"\"); } [Merge] public readonly struct Other { [Key] public int Id { get; init; } }" },
        { "an abstract class of static steps", "[Pipeline(\"p\")] public abstract partial class P { [Source] static IEnumerable<Row> Read() => []; protected abstract void Any(); }" },
        { "a pipeline that derives from another", "[Pipeline(\"p\")] public partial class P { [Source] internal static IEnumerable<Row> Read() => []; [Step] internal static Row Same([From(nameof(Read))] Row row) => row; } [Merge] public sealed record Other([property: Key] int Id); [Pipeline(\"q\"), StepsFrom(typeof(P))] public partial class Q : P { [Source] internal static new IEnumerable<Other> Read() => []; }" },
        { "two rows of one name", "namespace A { [Merge(Table = \"a\")] public sealed record Place([property: Key] int Id); } namespace B { [Merge(Table = \"b\")] public sealed record Place([property: Key] int Id); } [Pipeline(\"p\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] static Row Join(Row row, RowLookup<int, A.Place> a, RowLookup<int, B.Place> b) => row; }" },
        { "a SQL step of odd names", "namespace @await { [Merge] public sealed record @class([property: Key] int Id); [Pipeline(\"p\")] public sealed partial class Sql { [SqlStep] static Sql<Row> @await(in WholePartition partition, Table<@class> @class, Table<@class> again) => $\"select id, name from {@class} join {again} using (id)\"; } }" },
        { "an obsolete SQL step", "[Obsolete(\"no\", true), Merge] public sealed record Old([property: Key] int Id); [Pipeline(\"p\")] public sealed partial class P { [SqlStep, Obsolete(\"no\", true)] static Sql<Row> Make(Table<Old> olds) => $\"select id, name from {olds}\"; }" },
        { "compliant with the CLS", "[assembly: CLSCompliant(true)]\n[Pipeline(\"p\")] public partial class P { [Source] static IEnumerable<Row> Read() => []; [Step] protected static Row _same(Row row) => row; }" },
        { "generated code of another tool", "[System.CodeDom.Compiler.GeneratedCode(\"other\", \"1\"), Pipeline(\"p\")] public partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "vararg and extern", "[Pipeline(\"p\")] public partial class P { [Source] static IEnumerable<Row> Read() => []; [System.Runtime.InteropServices.DllImport(\"x\")] static extern int Call(__arglist); [Step] static ref Row Same(Row row) => ref s_row; static Row s_row = null!; }" },
        { "a row nested in the pipeline", "[Pipeline(\"p\")] public sealed partial class P { [Merge] public sealed record Inner([property: Key] int Id); [Source] static CsvFiles<Inner> Read() => new(\"a\"); }" },
        { "documentation with line breaks", "/// <summary>a</summary>\n/// <remarks>b</remarks>\n[Pipeline(\"a\\r\\nb\\u2028 */ \\uD800\", Owner = \"\\n\", Description = \"\\u0085\\n#if\")] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
        { "an outer class of type parameters for the steps", "public static class G<T> where T : class { public static class Inner { [Step] public static Row Same(Row row) => row; } } [Pipeline(\"p\"), StepsFrom(typeof(G<string>.Inner))] public sealed partial class P { [Source] static IEnumerable<Row> Read() => []; }" },
    };

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Generated(string what, string pipeline) => OddCode.ShouldBeGenerated($"// {what}", OddCode.Rows, pipeline);

    [Theory]
    [InlineData("HttpClient2 client")]
    [InlineData("System.Collections.Generic.List<Missing> all")]
    [InlineData("Missing[] all, System.IServiceProvider services")]
    public void A_service_whose_type_is_not_there_is_an_error_of_the_sources_alone(string parameters) => OddCode.ShouldBreakOnlyItself(
        "namespace Air; " + OddCode.Rows + $"[Pipeline(\"p\")] public sealed partial class P({parameters}) {{ [Source] System.Collections.Generic.IEnumerable<Row> Read() => []; }}");

    [Fact]
    public void Projects_that_see_each_others_internals()
    {
        const string Sees = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Second\")]\n";
        CSharpCompilation first = OddCode.ShouldBeGenerated(GeneratorRun.Compile(
            sqlite: true,
            "global using System.ComponentModel.DataAnnotations; global using TypedPipelines;",
            Sees + "namespace Air; [Merge] public sealed record Row([property: Key] int Id); [Merge] internal sealed class Hidden { internal Hidden() { } [Key] public int Id { get; internal set; } } [Pipeline(\"p\")] public sealed partial class P { [Source] static CsvFiles<Row> Read() => new(\"a\"); }").WithAssemblyName("First"));

        OddCode.ShouldBeGenerated(GeneratorRun.Compile(
            sqlite: true,
            "global using System.ComponentModel.DataAnnotations; global using TypedPipelines;",
            "namespace Air; [Pipeline(\"q\")] public sealed partial class Q { [Source] static CsvFiles<Row> Read() => new(\"a\"); [Source] static CsvFiles<Hidden> Other() => new(\"a\"); static void Add(IPipelineBuilder builder) => builder.AddPipelines(); }")
            .WithAssemblyName("Second").AddReferences(first.ToMetadataReference()));
    }

    [Theory]
    [InlineData(NullableContextOptions.Enable, true)]
    [InlineData(NullableContextOptions.Disable, false)]
    [InlineData(NullableContextOptions.Warnings, false)]
    [InlineData(NullableContextOptions.Annotations, true)]
    public void The_oldest_language_and_every_way_to_look_at_null(NullableContextOptions nullable, bool checks) => OddCode.ShouldBeGenerated(CSharpCompilation.Create(
        "Input",
        OddCode.Inputs.Select((text, i) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.Diagnose), $"Input{i}.cs")),
        GeneratorRun.Compile(sqlite: true, postgreSql: true, sqlServer: true).References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, checkOverflow: checks, nullableContextOptions: nullable)));
}
