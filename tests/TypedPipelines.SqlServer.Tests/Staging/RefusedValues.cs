using System.Globalization;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>Statement 40: a value that SQL Server cannot hold exactly is refused with its row and column, before anything is sent.</summary>
public sealed class RefusedValues
{
    public static TheoryData<ColumnType, object, string> Refused => new()
    {
        { ColumnType.Single, float.NaN, "is NaN, infinite, or closer to zero" },
        { ColumnType.Single, float.NegativeInfinity, "is NaN, infinite, or closer to zero" },
        { ColumnType.Single, float.Epsilon, "is NaN, infinite, or closer to zero" },
        { ColumnType.Double, double.NaN, "is NaN, infinite, or closer to zero" },
        { ColumnType.Double, double.PositiveInfinity, "is NaN, infinite, or closer to zero" },
        { ColumnType.Double, double.Epsilon, "is NaN, infinite, or closer to zero" },
        { ColumnType.Instant, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local), "is a DateTime of kind Local" },
        { ColumnType.Instant, new DateTime(2024, 1, 1), "is a DateTime of kind Unspecified" },
        { ColumnType.String, "eleven char", "is longer than the 10 characters of its column" },
        { ColumnType.Bytes, new byte[11], "is longer than the 10 bytes of its column" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_value_that_cannot_be_kept_is_refused(ColumnType type, object value, string reason) =>
        Refuse(new Column("v", "v", type, MaxLength: 10), value).ShouldContain(reason);

    /// <summary>Half a pair cannot be an argument of a test: whoever lists the tests writes it as UTF-8.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        foreach (string text in new[] { "a\ud83d", "\ude00b", "😀\ud83d😀" })
        {
            Refuse(new Column("v", "v", ColumnType.String, MaxLength: 10), text).ShouldContain("half of a surrogate pair");
        }
    }

    [Fact]
    public void Null_is_refused_where_the_contract_has_none() => Refuse(Col.Value("v", nullable: false), null).ShouldBe("must not be null");

    [Theory]
    [InlineData(10, 2, "1.001")]
    [InlineData(10, 2, "100000000")]
    [InlineData(10, 2, "-100000000.00")]
    [InlineData(18, 4, "0.00001")]
    [InlineData(18, 4, "100000000000000")]
    [InlineData(5, 0, "0.5")]
    [InlineData(2, 2, "1")]
    [InlineData(2, 4, "0.01")]
    public void A_decimal_that_does_not_fit_is_never_rounded(int precision, int scale, string text) =>
        Refuse(Col.Decimal("v", precision, scale), Parse(text)).ShouldBe($"does not fit decimal({precision},{scale}) without rounding");

    [Theory]
    [InlineData(10, 2, "12345678.91")]
    [InlineData(15, 15, "0.123456789012345")]
    [InlineData(10, 2, "3.0000000")]
    [InlineData(9, 0, "-999999999")]
    [InlineData(28, 28, "0.0000000000000000000000000001")]
    [InlineData(38, 0, "79228162514264337593543950335")]
    [InlineData(38, 10, "-1234567890123456789.0000000001")]
    [InlineData(2, 4, "0")]
    public void A_decimal_that_fits_is_taken_and_the_client_can_make_it_one_of_SQL_Server(int precision, int scale, string text)
    {
        StagedRows rows = BulkReader.Rows(BulkReader.Table(Col.Decimal("v", precision, scale)), [Parse(text)]);
        rows.Read();
        ((System.Data.SqlTypes.SqlDecimal)rows.GetValue(0)).Value.ShouldBe(Parse(text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_only_Babelfish_cannot_keep_is_refused_there_alone(bool babelfish)
    {
        (Column Column, object Value)[] cases =
        [
            (Col.Value("v", ColumnType.Time), TimeOnly.MaxValue),
            (Col.Value("v", ColumnType.Instant), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)),
            (Shapes.Text("v"), "nul\0inside"),
        ];
        foreach ((Column column, object value) in cases)
        {
            TestContract table = BulkReader.Table(column);
            void Write() => BulkReader.Write(table, new RowBuffer(table.Columns), [[value]], babelfish);
            if (babelfish)
            {
                Should.Throw<RowWriteException>(Write).Message.ShouldContain("Babelfish");
            }
            else
            {
                Write();
            }
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Refuse(Column column, object? value)
    {
        TestContract table = BulkReader.Table(Col.Value("first"), column);
        RowWriteException e = Should.Throw<RowWriteException>(() => BulkReader.Write(table, new RowBuffer(table.Columns), [[1L, value]]));
        e.Row.ShouldBe(0);
        e.Column.ShouldBe(1);
        return e.Message;
    }
}
