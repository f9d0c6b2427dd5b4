namespace TypedPipelines.Generators.Tests.OddCode;

/// <summary>Rows of every shape that C# has a word for.</summary>
public sealed class OddRowsTests
{
    public static TheoryData<string, string> Rows() => new()
    {
        { "a constructor of other types", "[Merge] public sealed class Row { public Row() { } public Row(string id) => Id = id.Length; [Key] public int Id { get; set; } }" },
        { "constructors of the same names", "[Merge] public sealed class Row { public Row(int id, object name) => (Id, Name) = (id, name.ToString()!); public Row(int id, string name) => (Id, Name) = (id, name); [Key] public int Id { get; } public string Name { get; } }" },
        { "a constructor that takes null", "[Merge] public sealed class Row { public Row(int? id, string? name) => (Id, Name) = (id ?? 0, name ?? \"\"); [Key] public int Id { get; } public string Name { get; } }" },
        { "a constructor that takes no null", "[Merge] public sealed class Row { public Row(int id, string name) => (Id, Name) = (id, name); [Key] public int Id { get; } public string? Name { get; } }" },
        { "a constructor by in", "[Merge] public sealed class Row { public Row(in int id) => Id = id; [Key] public int Id { get; } }" },
        { "a constructor by out", "[Merge] public sealed class Row { public Row() { } public Row(out int id) => id = Id; [Key] public int Id { get; set; } }" },
        { "a constructor by ref", "[Merge] public sealed class Row { public Row() { } public Row(ref int id) => Id = id; [Key] public int Id { get; set; } }" },
        { "a private constructor", "[Merge] public sealed class Row { public Row() { } private Row(int id) => Id = id; [Key] public int Id { get; set; } }" },
        { "names that differ by case", "[Merge] public sealed record Row([property: Key] int id) { [NotMapped] public int Id => id; }" },
        { "required properties", "[Merge] public sealed class Row { [Key] public required int Id { get; set; } public required string Name { get; init; } }" },
        { "a record with required members", "[Merge] public sealed record Row([property: Key] int Id) { public required string Name { get; init; } public string? Note { get; set; } }" },
        { "required, and a constructor that sets them", "[Merge] public sealed class Row { [SetsRequiredMembers] public Row(int id, string name) => (Id, Name) = (id, name); [Key] public required int Id { get; init; } public required string Name { get; init; } }" },
        { "required, and a constructor that does not", "[Merge] public sealed class Row { public Row() { } public Row(int id) => Id = id; [Key] public required int Id { get; init; } }" },
        { "required fields that a constructor sets", "[Merge] public sealed class Row { [SetsRequiredMembers] public Row(int id) => Id = id; [Key] public int Id { get; } public required string Extra = \"\"; }" },
        { "members that are not mapped", "[Merge] public sealed class Row { [Key] public int Id { get; set; } [NotMapped] public object? Any { get; set; } [NotMapped] public string Hidden { get; private set; } = \"\"; }" },
        { "internal members", "[Merge] public sealed class Row { [Key] public int Id { get; internal set; } internal object? Any { get; set; } public string Name { get; protected internal set; } = \"\"; }" },
        { "fields beside properties", "[Merge] public sealed class Row { [Key] public int Id { get; set; } public object? Any; private int _count; public int Count => _count + s_all; private static int s_all; }" },
        { "an obsolete member", "[Merge] public sealed record Row([property: Key] int Id, [property: Obsolete] string Name) { [Obsolete(\"no\", true)] public string? Old { get; set; } }" },
        { "an obsolete row", "[Obsolete, Merge] public sealed record Row([property: Key] int Id);" },
        { "a row that is obsolete by an id of its own", "[Obsolete(\"no\", DiagnosticId = \"OWN1\"), Merge] public sealed record Row([property: Key] int Id, [property: Obsolete(\"no\", DiagnosticId = \"OWN2\")] int Old);" },
        { "an obsolete constructor", "[Merge] public sealed class Row { [Obsolete] public Row() { } [Key] public int Id { get; set; } }" },
        { "an experimental member", "[Merge] public sealed class Row { [Key] public int Id { get; set; } [Experimental(\"OWN3\")] public int New { get; set; } }" },
        { "attributes about null", "[Merge] public sealed class Row { [Key] public int Id { get; set; } [AllowNull] public string A { get => \"\"; set { } } [MaybeNull] public string B { get; set; } = \"\"; [DisallowNull] public string? C { get; set; } [NotNull] public string? D { get => \"\"; set { } } }" },
        { "attributes about null of a record", "[Merge] public sealed record Row([property: Key] int Id, [property: MaybeNull] string A, [property: DisallowNull] string? B, [property: AllowNull] string C);" },
        { "a struct", "[Merge] public struct Row { [Key] public int Id { get; set; } public string? Name { readonly get; set; } }" },
        { "a struct with a constructor", "[Merge] public readonly struct Row(int id) { [Key] public int Id { get; } = id; public Row() : this(1) { } }" },
        { "a record struct", "[Merge] public record struct Row([property: Key] int Id, string Name) { public int? Count { get; set; } }" },
        { "a readonly record struct", "[Merge] public readonly record struct Row([property: Key] int Id) { public required string Name { get; init; } }" },
        { "a primary constructor of a class", "[Merge] public sealed class Row(int id, string name) { [Key] public int Id => id; public string Name { get; } = name; }" },
        { "inherited members", "public abstract class Base { [Key] public int Id { get; set; } public virtual string? Name { get; set; } } [Merge] public sealed class Row : Base { public override string? Name { get; set; } public new int GetHashCode() => 1; }" },
        { "hidden members", "public class Base { [Key] public int Id { get; set; } public string? Name { get; set; } } [Merge] public class Row : Base { public new int Name { get; set; } }" },
        { "members that others hide", "public class Base { [Key] public int Id { get; set; } public string? Name { get; set; } public string? Note { get; set; } public int Kept { get; set; } } [Merge] public class Row : Base { public new string Name() => \"\"; public new static string Note => \"\"; private new int Kept() => 1; public int Any() => Kept(); }" },
        { "an inherited record", "public abstract record Base([property: Key] int Id); [Merge] public record Row(int Id, string Name) : Base(Id);" },
        { "members of interfaces", "public interface INamed { string Name { get; } string Upper => Name.ToUpperInvariant(); static abstract int Count { get; } } [Merge] public sealed record Row([property: Key] int Id, string Name) : INamed { static int INamed.Count => 1; string INamed.Upper => Name; }" },
        { "indexers and static members", "[Merge] public sealed class Row { [Key] public int Id { get; set; } public int this[int i] => i; public static int Count { get; set; } public const string Text = \"\"; public event EventHandler? Changed; public void Raise() => Changed?.Invoke(this, new()); }" },
        { "an unsafe row", "[Merge] public sealed unsafe class Row { [Key] public int Id { get; set; } [NotMapped] public int* Pointer { get; set; } }" },
        { "keywords and unicode", "[Merge] public sealed record Row([property: Key] int @class, string ñame, int @await, int @record, int _, int @field, int @value, int größe, int @params);" },
        { "members named like those of the contract", "[Merge] public sealed record Row([property: Key] int Id, string Table, int Columns, int Instance, int Write, int Plans, int writer, int slice, int violation, int Sqlite);" },
        { "nullable-oblivious", "#nullable disable\n[Merge] public sealed record Row([property: Key] string Id, string Name, int? Count, byte[] Bytes);\n#nullable enable" },
        { "partly oblivious", "[Merge] public sealed partial class Row { [Key] public int Id { get; set; } }\n#nullable disable\npublic sealed partial class Row { public string Name { get; set; } }\n#nullable enable" },
        { "nested", "public static class Outer { public sealed class Inner { [Merge] internal sealed record Row([property: Key] int Id, Kind Kind); internal enum Kind : byte { A } } }" },
        { "partial over several declarations", "public partial record Row([property: Key] int Id); [Merge] public partial record Row { public string? Name { get; set; } }" },
        { "line breaks and quotes in names", "/// <summary>a</summary>\n[Merge(Table = \"a\\r\\n b\\\\\\\"c\\u2028 */ --\\u0085\\u0001\\uFFFF\", Schema = \"s\\n\")] public sealed record Row([property: Key, Column(\"i\\r\\nd\\u2028\\\\\\\"\\u0001\\uD800\")] int Id, [property: AllowedValues(\"a\\n\\u2028\\\"\"), RegularExpression(\"\\\\n\\\"\")] string Name);" },
        { "members that are declared again", "[Merge] public sealed record Row([property: Key] int Id, string Name) { [Key] public int Id { get; private init; } = Id; public string Name { get; set; } = Name; public Row() : this(1, \"\") { } }" },
        { "overrides that are computed", "public class Base { public virtual string? Name { get; set; } } [Merge] public class Row : Base { [Key] public int Id { get; set; } public override string Name => \"x\"; }" },
        { "returned by reference", "[Merge] public class Row { private int _count; [Key] public int Id { get; set; } public ref int Count => ref _count; public ref readonly int Again => ref _count; }" },
        { "members of interfaces, implemented apart", "public interface IThing { int Count { get; set; } } [Merge] public class Row : IThing { [Key] public int Id { get; set; } int IThing.Count { get; set; } }" },
        { "a namespace of the row's name", "namespace Odd.Row.Generated.RowTable { [Merge] public sealed record Row([property: Key] int Id); }" },
        { "enums in generic types", "public static class G<T> { public enum Kind { A } } [Merge] public sealed record Row([property: Key] int Id, [property: AllowedValues(G<int>.Kind.A)] G<int>.Kind Kind);" },
        { "an obsolete check", "#pragma warning disable CS0612\n[Obsolete] public sealed class OldAttribute(int most) : ValidationAttribute { public bool More { get; set; } public override bool IsValid(object? value) => most > 0; }\n[Merge] public sealed record Row([property: Key, Old(1, More = true)] int Id);\n#pragma warning restore CS0612" },
        { "a check of a refused attribute", "[Merge] public sealed record Row([property: Key, Outer.Own(@event = 1)] int Id); public static class Outer { internal sealed class OwnAttribute : ValidationAttribute { public int @event; public override bool IsValid(object? value) => @event > 0; } }" },
        { "conditional members", "[Merge] public sealed record Row([property: Key] int Id, bool @if, bool @true, DateTime @default, TimeOnly? @null, Guid @new, byte[] @out, decimal @decimal, float @float);" },
        { "enums of every size", "public enum A : byte { X } public enum B : sbyte { X } public enum C : ulong { X } public enum D : uint { X } [Merge] public sealed record Row([property: Key] A A, B? B, [property: AllowedValues(C.X)] C C, D? D);" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Loaded(string what, string row) => OddCode.ShouldBeGenerated($"// {what}", row, Pipeline(row, "System.Collections.Generic.IEnumerable<Row>", "[]"));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_from_CSV(string what, string row)
    {
        if (row.Contains("byte[]", StringComparison.Ordinal))
        {
            return; // No field of a file holds bytes.
        }

        OddCode.ShouldBeGenerated($"// {what}", row, Pipeline(row, "CsvFiles<Row>", "new(\"a.csv\")"));
    }

    [Theory]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } public int Count { get; set; } public int Count { get; set; } }")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } public int Count { get; set; } public string Count { get; set; } = \"\"; }")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } public int Count { get; set; } private int Count; }")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } public int Count { get; set; } public int Count() => 1; }")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } public int Count { get; set; } public sealed class Count; }")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id, int Count) { public int Count() => 1; }")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id, int Count, int Count);")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id) { public int Count { get; set; } public int Count { get; set; } }")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id); public sealed record Row([property: Key] int Id);")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } } public sealed class Row { public int Id { get; set; } }")]
    [InlineData("[Merge] public sealed class Row { public Row(int id) => Id = id; public Row(int id) => Id = id; [Key] public int Id { get; } }")]
    [InlineData("public class Base { public int Id { get; set; } public int Id { get; set; } } [Merge] public sealed class Row : Base { [Key] public int Key { get; set; } }")]
    [InlineData("[Merge] public sealed record Row([property: Key, Key] int Id, [property: Range(1, 2), Range(1, 3)] int Count);")]
    [InlineData("[Merge, Merge] public sealed record Row([property: Key] int Id);")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id, Kind Kind); public enum Kind { A, A }")]
    public void A_member_that_is_declared_twice_is_an_error_of_the_sources_alone(string row)
    {
        OddCode.ShouldBreakOnlyItself(row, Pipeline(row, "System.Collections.Generic.IEnumerable<Row>", "[]"));
        OddCode.ShouldBreakOnlyItself(row, Pipeline(row, "CsvFiles<Row>", "new(\"a.csv\")"));
    }

    // Not in the file of the row, whose #nullable would reach it.
    private static string Pipeline(string row, string type, string value) => $$"""
        {{(row.StartsWith("public static class Outer", StringComparison.Ordinal) ? "using Row = Outer.Inner.Row;" : row.StartsWith("namespace Odd", StringComparison.Ordinal) ? "using Row = Odd.Row.Generated.RowTable.Row;" : "")}}
        #pragma warning disable OWN1, CS0612
        {{(row.StartsWith("[Obsolete", StringComparison.Ordinal) ? "[Obsolete]" : "")}}
        [Pipeline("p")] public sealed partial class P { [Source] internal static {{type}} Read() => {{value}}; }
        """;
}
