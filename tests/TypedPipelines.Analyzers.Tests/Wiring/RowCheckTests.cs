namespace TypedPipelines.Analyzers.Tests.Wiring;

/// <summary>A declared check is made or reported, on the attribute that declares it.</summary>
public class RowCheckTests
{
    [Theory]
    [InlineData("[[|Range(typeof(DateOnly), \"01/01/2020\", \"2020-12-31\")|]] DateOnly Day", "[Range] on 'Day' is not checked when rows are loaded: '01/01/2020' is no System.DateOnly of the form 2026-01-31")]
    [InlineData("[[|Range(typeof(TimeOnly), \"8am\", \"09:00\")|]] TimeOnly Begin", "[Range] on 'Begin' is not checked when rows are loaded: '8am' is no System.TimeOnly of the form 07:05 or 07:05:09")]
    [InlineData("[[|Range(typeof(DateTime), \"2020-01-01\", \"31.12.2020\")|]] DateTime At", "[Range] on 'At' is not checked when rows are loaded: '31.12.2020' is no System.DateTime of the form 2026-01-31 or 2026-01-31T07:05:09Z")]
    [InlineData("[[|Range(typeof(decimal), \"a\", \"b\")|], Precision(9, 2)] decimal Price", "[Range] on 'Price' is not checked when rows are loaded: 'a' is no decimal that can be compared")]
    [InlineData("[[|Range(0, double.NaN)|]] double Share", "[Range] on 'Share' is not checked when rows are loaded: NaN is no double that can be compared")]
    [InlineData("[[|Range(0, 1)|]] string Text", "[Range] on 'Text' is not checked when rows are loaded: numbers, dates and times have bounds, and this is of type string")]
    [InlineData("[[|Range(0, 1)|]] bool Flag", "[Range] on 'Flag' is not checked when rows are loaded: numbers, dates and times have bounds, and this is of type bool")]
    [InlineData("[[|MaxLength(5)|]] int Count", "[MaxLength] on 'Count' is not checked when rows are loaded: texts and byte strings have a length, and this is of type int")]
    [InlineData("[[|RegularExpression(\"[0-9]\")|]] int Count", "[RegularExpression] on 'Count' is not checked when rows are loaded: it is a check of texts, and this is of type int")]
    [InlineData("[[|EmailAddress|]] int Count", "[EmailAddress] on 'Count' is not checked when rows are loaded: it is a check of texts, and this is of type int")]
    [InlineData("[[|AllowedValues(1, \"x\")|]] int Count", "[AllowedValues] on 'Count' is not checked when rows are loaded: 'x' is no int that can be compared")]
    [InlineData("[[|DeniedValues(300)|]] byte Tiny", "[DeniedValues] on 'Tiny' is not checked when rows are loaded: 300 is no byte that can be compared")]
    [InlineData("[property: [|Compare(\"Id\")|]] int Again", "[Compare] on 'Again' is not checked when rows are loaded: it asks for a ValidationContext, which a load does not have; override IsValid(object?), or check the value in a step")]
    [InlineData("[[|CustomValidation(typeof(Rules), \"Ok\")|]] int Count", "[CustomValidation] on 'Count' is not checked when rows are loaded: it asks for a ValidationContext, which a load does not have; override IsValid(object?), or check the value in a step")]
    [InlineData("[[|Asking|]] int Count", "[Asking] on 'Count' is not checked when rows are loaded: it asks for a ValidationContext, which a load does not have; override IsValid(object?), or check the value in a step")]
    public Task A_check_that_nobody_would_make(string member, string message) => Expect.OnlyAsync("TP4021", $$"""
        [Merge] public sealed record Row([property: Key] int Id, {{member}});
        public static class Rules
        {
            public static ValidationResult? Ok(int value, ValidationContext context) => null;
        }
        public sealed class AskingAttribute : ValidationAttribute { protected override ValidationResult? IsValid(object? value, ValidationContext context) => null; }
        """, message);

    [Fact]
    public Task A_check_that_generated_code_cannot_ask() => Expect.OnlyAsync("TP4021", """
        public static class Rules
        {
            [Merge] public sealed record Row([property: Key] int Id, [[|Hidden|]] int Count);
            private sealed class HiddenAttribute : ValidationAttribute { public override bool IsValid(object? value) => true; }
        }
        """, "[Hidden] on 'Count' is not checked when rows are loaded: generated code cannot see the attribute: make it, and the types around it, public or internal");

    [Fact]
    public Task A_check_of_what_the_load_fills_in() => Expect.OnlyAsync("TP4021", """
        [Snapshot(nameof(Day))] public sealed record Row([[|Range(typeof(DateOnly), "2020-01-01", "2029-12-31")|], Required] DateOnly Day, [Range(0, 9)] int Digit);
        """, "[Range] on 'Day' is not checked when rows are loaded: the load fills this member in");

    [Fact]
    public Task A_check_of_the_row_as_a_whole() => Expect.OnlyAsync("TP4021", """
        [Merge, [|Whole|]] public sealed record Row([property: Key] int Id);
        public sealed class WholeAttribute : ValidationAttribute { public override bool IsValid(object? value) => true; }
        """, "[Whole] on 'Row' is not checked when rows are loaded: a load checks members, not rows as a whole; check the row in a step");

    [Theory]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id) : System.IEquatable<int>, [|IValidatableObject|] { public bool Equals(int other) => true; ", "")]
    [InlineData("[Merge] public sealed record [|Row|]([property: Key] int Id) : Base { ", "public abstract record Base : IValidatableObject { public abstract IEnumerable<ValidationResult> Validate(ValidationContext context); }")]
    public Task A_row_that_validates_itself(string row, string others) => Expect.OnlyAsync(
        "TP4021",
        $"{row} public {(others.Length > 0 ? "override " : "")}IEnumerable<ValidationResult> Validate(ValidationContext context) => []; }} {others}",
        "IValidatableObject on 'Row' is not checked when rows are loaded: a load checks members, and asks no row whether it is valid; check the row in a step");

    [Theory]
    [InlineData("[[|Range(5, 1)|]] int Count", "'Count' cannot be what is declared: no int lies between 5 and 1")]
    [InlineData("[[|Range(300, 400)|]] byte Count", "'Count' cannot be what is declared: no byte lies between 300 and 400")]
    [InlineData("[[|Range(1, 1, MinimumIsExclusive = true)|]] int Count", "'Count' cannot be what is declared: no int lies between 1 and 1, of which one itself is out of range")]
    [InlineData("[[|Range(typeof(DateOnly), \"2020-01-02\", \"2020-01-01\")|]] DateOnly Day", "'Day' cannot be what is declared: no System.DateOnly lies between 2020-01-02 and 2020-01-01")]
    [InlineData("[[|RegularExpression(\"[\")|]] string Text", "'Text' cannot be what is declared: its pattern is no regular expression")]
    [InlineData("[[|RegularExpression(\"a\", MatchTimeoutInMilliseconds = 0)|]] string Text", "'Text' cannot be what is declared: 0 ms is no time in which a text can be matched")]
    [InlineData("[[|AllowedValues|]] string Text", "'Text' cannot be what is declared: no value is allowed")]
    public Task A_check_that_no_row_can_pass(string member, string message) => Expect.OnlyAsync("TP4022", $$"""
        [Merge] public sealed record Row([property: Key] int Id, {{member}});
        """, message);

    [Theory]
    [InlineData("[Range(0, 9, MaximumIsExclusive = true)] long Count")]
    [InlineData("[Range(0, int.MaxValue)] byte Count")]
    [InlineData("[Range(0.5, double.PositiveInfinity)] int? Count")]
    [InlineData("[Range(0, double.MaxValue), Precision(9, 2)] decimal Price")]
    [InlineData("[Range(typeof(decimal), \"0.01\", \"1e3\"), Precision(9, 2)] decimal Price")]
    [InlineData("[Range(typeof(TimeOnly), \"08:00\", \"09:00:00.5\")] TimeOnly Begin")]
    [InlineData("[Range(typeof(DateTime), \"2020-01-01\", \"2020-12-31T23:59:59Z\")] DateTime At")]
    [InlineData("[Range(typeof(DateTimeOffset), \"2020-01-01T00:00+01:00\", \"2020-12-31\")] DateTimeOffset? At")]
    [InlineData("[Range(1, 2)] DayOfWeek Day")]
    [InlineData("[AllowedValues(DayOfWeek.Monday, DayOfWeek.Sunday)] DayOfWeek Day")]
    [InlineData("[AllowedValues(\"a\", \"b\", null)] string? Text")]
    [InlineData("[AllowedValues(null)] string? Text")]
    [InlineData("[DeniedValues(\"\")] string Text")]
    [InlineData("[RegularExpression(\"[a-z]+\")] string Text")]
    [InlineData("[EmailAddress, DataType(DataType.EmailAddress), Required, MaxLength(99)] string? Text")]
    [InlineData("[Phone] string A, [Url] string B, [CreditCard] string C, [Base64String] string D, [FileExtensions(Extensions = \"csv\")] string E")]
    [InlineData("[EnumDataType(typeof(DayOfWeek))] DayOfWeek Day")]
    [InlineData("[Even(Zero = true)] int Count")]
    public Task A_check_that_is_made(string member) => Expect.NothingAsync($$"""
        [Merge] public sealed record Row([property: Key] int Id, {{member}});
        public sealed class EvenAttribute : ValidationAttribute { public bool Zero { get; set; } public override bool IsValid(object? value) => true; }
        """);
}
