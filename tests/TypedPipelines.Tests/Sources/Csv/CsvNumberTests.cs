using System.Globalization;

namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>Reads of numbers: what is one, what is not, and what each refusal says.</summary>
public sealed class CsvNumberTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("+7", 7)]
    [InlineData("-7", -7)]
    [InlineData("007", 7)]
    [InlineData("-0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("00000000000000000000000000000012", 12)]
    [InlineData("\"12\"", 12)]
    public void AnInt_IsRead(string text, int value) => ReadOne<int>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(value);

    [Theory]
    [InlineData("1.0", "is not a whole number of type Int32")]
    [InlineData("1e3", "is not a whole number of type Int32")]
    [InlineData(" 1", "is not a whole number of type Int32")]
    [InlineData("1 ", "is not a whole number of type Int32")]
    [InlineData("1\0", "is not a whole number of type Int32")]
    [InlineData("-", "is not a whole number of type Int32")]
    [InlineData("+-1", "is not a whole number of type Int32")]
    [InlineData("0x1F", "is not a whole number of type Int32")]
    [InlineData("\u0661\u0662", "is not a whole number of type Int32")]
    [InlineData("12345678901234567890x", "is not a whole number of type Int32")]
    [InlineData("2147483648", "is too large for Int32")]
    [InlineData("-2147483649", "is too small for Int32")]
    [InlineData("99999999999999999999999999999999999999999999", "is too large for Int32")]
    [InlineData("340282366920938463463374607431768211457", "is too large for Int32")] // 1, where 128 bits wrap.
    [InlineData("-18446744073709551616", "is too small for Int32")]
    [InlineData("\"\"", "is empty, and the column holds no nulls")]
    public void NotAnInt_IsRejected(string text, string reason) => Refuse<int>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(reason);

    [Fact]
    public void EveryWholeNumberType_HoldsItsLimits_AndNothingBeyond()
    {
        CheckLimits<byte>((ref r, out v) => r.TryRead(0, out v), byte.MinValue, byte.MaxValue);
        CheckLimits<sbyte>((ref r, out v) => r.TryRead(0, out v), sbyte.MinValue, sbyte.MaxValue);
        CheckLimits<short>((ref r, out v) => r.TryRead(0, out v), short.MinValue, short.MaxValue);
        CheckLimits<ushort>((ref r, out v) => r.TryRead(0, out v), ushort.MinValue, ushort.MaxValue);
        CheckLimits<int>((ref r, out v) => r.TryRead(0, out v), int.MinValue, int.MaxValue);
        CheckLimits<uint>((ref r, out v) => r.TryRead(0, out v), uint.MinValue, uint.MaxValue);
        CheckLimits<long>((ref r, out v) => r.TryRead(0, out v), long.MinValue, long.MaxValue);
        CheckLimits<ulong>((ref r, out v) => r.TryRead(0, out v), ulong.MinValue, ulong.MaxValue);
    }

    [Fact]
    public void EveryNullableWholeNumberType_HoldsItsLimits_AndNull()
    {
        CheckNullable<byte>((ref r, out v) => r.TryReadNullable(0, out v), byte.MaxValue);
        CheckNullable<sbyte>((ref r, out v) => r.TryReadNullable(0, out v), sbyte.MinValue);
        CheckNullable<short>((ref r, out v) => r.TryReadNullable(0, out v), short.MinValue);
        CheckNullable<ushort>((ref r, out v) => r.TryReadNullable(0, out v), ushort.MaxValue);
        CheckNullable<int>((ref r, out v) => r.TryReadNullable(0, out v), int.MinValue);
        CheckNullable<uint>((ref r, out v) => r.TryReadNullable(0, out v), uint.MaxValue);
        CheckNullable<long>((ref r, out v) => r.TryReadNullable(0, out v), long.MinValue);
        CheckNullable<ulong>((ref r, out v) => r.TryReadNullable(0, out v), ulong.MaxValue);
        CheckNullable((ref r, out v) => r.TryReadNullable(0, out v), -1.25f);
        CheckNullable((ref r, out v) => r.TryReadNullable(0, out v), -1.25);
        CheckNullable((ref r, out v) => r.TryReadNullable(0, out v), -1.250m);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("+.5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-0.0000000000000000000000000001", "-0.0000000000000000000000000001")]
    [InlineData("1.50000000000000000000000000000000000", "1.5000000000000000000000000000")]
    [InlineData("9999999999999999999", "9999999999999999999")]
    [InlineData("1234567890.1234567890123", "1234567890.1234567890123")]
    public void ADecimal_IsReadExactly(string text, string written) =>
        ReadOne<decimal>(text, (ref r, out v) => r.TryRead(0, out v)).ToString(CultureInfo.InvariantCulture).ShouldBe(written);

    [Theory]
    [InlineData("1,5", "is not a number of type Decimal")]
    [InlineData("1,000.5", "is not a number of type Decimal")]
    [InlineData("1e3", "is not a number of type Decimal")]
    [InlineData(".", "is not a number of type Decimal")]
    [InlineData("1.2.3", "is not a number of type Decimal")]
    [InlineData(" 1", "is not a number of type Decimal")]
    [InlineData("1-", "is not a number of type Decimal")]
    [InlineData("$1", "is not a number of type Decimal")]
    [InlineData("79228162514264337593543950336", "is too large for Decimal")]
    [InlineData("-79228162514264337593543950336", "is too small for Decimal")]
    [InlineData("0.00000000000000000000000000001", "has more digits than a Decimal holds (up to 28)")]
    [InlineData("12345678901234567890.1234567891", "has more digits than a Decimal holds (up to 28)")]
    [InlineData("\"\"", "is empty, and the column holds no nulls")]
    public void NotADecimal_IsRejected(string text, string reason) =>
        Refuse<decimal>($"\"{text.Trim('"')}\"", (ref r, out v) => r.TryRead(0, out v)).ShouldBe(reason);

    [Theory]
    [InlineData("0.1")]
    [InlineData("-0")]
    [InlineData("123456789.987654321")]
    [InlineData("9007199254740993")]
    [InlineData("0.0000000000000000000000123")]
    [InlineData("1.7976931348623157E308")]
    [InlineData("5e-324")]
    [InlineData("1e-999")]
    [InlineData("+1E+2")]
    [InlineData("2.2250738585072011e-308")]
    public void ADouble_IsTheNearestOne(string text)
    {
        double value = ReadOne<double>(text, (ref r, out v) => r.TryRead(0, out v));

        BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void RandomDoublesAndFloats_AreTheNearestOnes()
    {
        var random = new Random(20010101);
        string[] texts = [.. Enumerable.Range(0, 20_000).Select(_ => string.Create(
            CultureInfo.InvariantCulture,
            $"{(random.Next(2) == 0 ? "-" : "")}{random.NextInt64((long)Math.Pow(10, random.Next(1, 18)))}.{random.NextInt64((long)Math.Pow(10, random.Next(1, 9)))}"))];
        string file = "V\n" + string.Join('\n', texts);

        _directory.Read(file, new OneColumn<double>((ref r, out v) => r.TryRead(0, out v))).Select(row => row.Row)
            .ShouldBe(texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture)));
        _directory.Read(file, new OneColumn<float>((ref r, out v) => r.TryRead(0, out v))).Select(row => row.Row)
            .ShouldBe(texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("NaN", "is not a number of type Double")]
    [InlineData("Infinity", "is not a number of type Double")]
    [InlineData("-∞", "is not a number of type Double")]
    [InlineData("1e", "is not a number of type Double")]
    [InlineData("1e1.5", "is not a number of type Double")]
    [InlineData("e5", "is not a number of type Double")]
    [InlineData("1.5f", "is not a number of type Double")]
    [InlineData("1\0", "is not a number of type Double")]
    [InlineData("1e999", "is too large for Double")]
    [InlineData("-1e999", "is too small for Double")]
    [InlineData("1e99999999999999999999", "is too large for Double")]
    public void NotADouble_IsRejected(string text, string reason) => Refuse<double>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(reason);

    [Theory]
    [InlineData("nan", "is not a number of type Single")]
    [InlineData("3.5e38", "is too large for Single")]
    [InlineData("-3.5e38", "is too small for Single")]
    public void NotAFloat_IsRejected(string text, string reason) => Refuse<float>(text, (ref r, out v) => r.TryRead(0, out v)).ShouldBe(reason);

    private void CheckLimits<T>(ReadOne<T> read, Int128 least, Int128 most)
    {
        ReadOne($"{least}", read).ShouldBe((T)Convert.ChangeType(least.ToString(CultureInfo.InvariantCulture), typeof(T), CultureInfo.InvariantCulture));
        ReadOne($"{most}", read).ShouldBe((T)Convert.ChangeType(most.ToString(CultureInfo.InvariantCulture), typeof(T), CultureInfo.InvariantCulture));
        Refuse($"{least - 1}", read).ShouldBe($"is too small for {typeof(T).Name}");
        Refuse($"{most + 1}", read).ShouldBe($"is too large for {typeof(T).Name}");
        Refuse("x", read).ShouldBe($"is not a whole number of type {typeof(T).Name}");
    }

    private void CheckNullable<T>(ReadOne<T?> read, T value)
        where T : struct, IFormattable
    {
        ReadOne(value.ToString(null, CultureInfo.InvariantCulture), read).ShouldBe(value);
        ReadOne("\"\"", read).ShouldBeNull();
        Refuse("x", read).ShouldContain(typeof(T).Name);
    }

    private T ReadOne<T>(string text, ReadOne<T> read) => _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldHaveSingleItem().Row;

    private string Refuse<T>(string text, ReadOne<T> read)
    {
        _directory.Rejects.Clear();
        _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldBeEmpty();
        return _directory.Rejects.ShouldHaveSingleItem().Reason;
    }

    public void Dispose() => _directory.Dispose();
}
