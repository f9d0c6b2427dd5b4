using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>Whatever users call their types, generated code compiles: its harness refuses any warning.</summary>
public sealed class HostileNamesTests
{
    [Fact]
    public void User_types_named_like_the_runtimes_do_not_capture_its_names() => GeneratorRun.Generate("""
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;

        namespace Mine
        {
            public class Window; public class Column; public class RowViolation; public class LoadInput; public class System2;
            public class Guid; public class Task; public class Exception; public class StepCursor; public class IPipeline;

            public sealed record Row(int run, int cancellationToken, int batch, int rows, int i, int at, int row, int exception, int record, int @class, int @event);

            [Merge]
            public sealed record Table([property: Key] int window, int violation, int writer, int reader, string column);

            [Pipeline("p")]
            [DailyPartitions("2026-01-01")]
            public sealed partial class Running
            {
                [Source] static CsvFiles<Row> run() => new("x");
                [Step] static Table batch(Row at, DayPartition rows) => new(at.run, at.i, 0, 0, "");
            }
        }

        namespace Mine.System { public class Int32; }
        """).Files.Count.ShouldBe(6);

    [Fact]
    public void Keywords_and_unicode_names_are_escaped() => GeneratorRun.Generate("""
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;

        namespace @namespace.größe;

        public sealed record @class(int @int, string ñame);

        [ReplaceTable]
        public sealed record @event(int @int);

        [Pipeline("\"; drop table x; --")]
        public sealed partial class @switch
        {
            [Source] static CsvFiles<@class> @for() => new("x");
            [Step] static @event? @while(@class @in) => new(@in.@int);
        }
        """).Files.Count.ShouldBe(6);

    [Fact]
    public void Quotes_and_braces_in_attribute_texts_stay_texts() => GeneratorRun.Generate(""""
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using TypedPipelines;

        [Table("a\"\"\"b {x} <c>\\")]
        [ReplaceTable]
        public sealed record Odd([property: Column("d\"\"\"\"e\r\n\u2028\u0007")] int Id);

        [Pipeline("p\n", Owner = "\\ \" {0} </summary>", Description = "*/ // \"\"\"")]
        public sealed partial class OddPipeline
        {
            [Source] static global::System.Collections.Generic.IEnumerable<Odd> All() => [];
        }
        """").Files.Count.ShouldBe(5);

    [Fact]
    public void Nested_rows_of_one_name_have_contracts_of_their_own() => GeneratorRun.Generate("""
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Collections.Generic;
        using TypedPipelines;

        public static class A { [ReplaceTable, Table("a")] public sealed record Row(int Id); }
        public static class B { [ReplaceTable, Table("b")] public sealed record Row(int Id); }

        [Pipeline("p")]
        public sealed partial class Both
        {
            [Source] static IEnumerable<A.Row> FromA() => [];
            [Source] static IEnumerable<B.Row> FromB() => [];
        }
        """).Files.Keys.ShouldBe(["Both.g.cs", "Both-Logic.g.cs", "Both-Lineage.g.cs", "A+Row-Table.g.cs", "B+Row-Table.g.cs", "Project-AddPipelines.g.cs"], ignoreOrder: true);
}
