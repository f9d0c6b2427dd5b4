using System.Globalization;

namespace TypedPipelines.Queries.Tests;

/// <summary>What a value of a database becomes in a member of a type: itself, the same in another type, or a reason.</summary>
public sealed class ValueTests
{
    public enum Zone : byte
    {
        Inner = 1,
        Outer = 2,
    }

    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0);

    public static TheoryData<object, object> Kept() => new()
    {
        { 7L, 7 }, { 255L, (byte)255 }, { -1L, (sbyte)-1 }, { 7m, 7L }, { 7.0, (short)7 }, { "7", 7 }, { 18446744073709551615m, ulong.MaxValue }, { 7, 7u },
        { 0.1, 0.1m }, { 0.1f, 0.1m }, { 1.0 / 3, 0.3333333333333333m }, { 7L, 7m }, { "0.10", 0.10m }, { 7L, 7.0 }, { 0.5m, 0.5 }, { 0.1f, (double)0.1f }, { 0.1, 0.1f }, { 7L, 7f },
        { 1L, true }, { 0, false }, { "true", true }, { true, true }, { (short)1, true },
        { "text", "text" }, { 'c', "c" }, { "c", 'c' },
        { "00000000-0000-0000-0000-00000000000a", new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10) },
        { 2L, Zone.Outer }, { "outer", Zone.Outer }, { (short)1, Zone.Inner },
        { new byte[] { 1 }, new byte[] { 1 } },
        { Noon.Date, new DateOnly(2026, 1, 31) }, { "2026-01-31", new DateOnly(2026, 1, 31) },
        { TimeSpan.FromHours(7), new TimeOnly(7, 0) }, { "07:00:00", new TimeOnly(7, 0) }, { new TimeOnly(7, 0), TimeSpan.FromHours(7) }, { "1.02:03:04", new TimeSpan(1, 2, 3, 4) },
        { new DateTimeOffset(Noon, TimeSpan.FromHours(1)), DateTime.SpecifyKind(Noon.AddHours(-1), DateTimeKind.Utc) }, { new DateOnly(2026, 1, 31), Noon.Date }, { "2026-01-31 12:00:00", Noon },
        { DateTime.SpecifyKind(Noon, DateTimeKind.Utc), new DateTimeOffset(Noon, TimeSpan.Zero) }, { "2026-01-31 12:00:00+01:00", new DateTimeOffset(Noon, TimeSpan.FromHours(1)) },
    };

    public static TheoryData<object, Type, string> Refused() => new()
    {
        { 3_000_000_000L, typeof(int), "is too large for Int32" }, { -1L, typeof(byte), "is too small for Byte" }, { 7.5, typeof(int), "is not a whole number" }, { 7.5m, typeof(long), "is not a whole number" },
        { "x", typeof(int), "is not a whole number" }, { double.NaN, typeof(int), "is not a whole number" }, { double.NaN, typeof(decimal), "is not a number that a Decimal holds" }, { 1e300, typeof(decimal), "is not a number that a Decimal holds" },
        { 1e-40, typeof(decimal), "is not a number that a Decimal holds" }, { 1e300, typeof(float), "is too large for Single" }, { 9007199254740993L, typeof(double), "has more digits than a Double holds" },
        { 2L, typeof(bool), "is neither true, false, 1 nor 0" }, { 7L, typeof(string), "is of type Int64, which is not read as text" }, { "ab", typeof(char), "is not one character" },
        { "x", typeof(Guid), "is not a GUID" }, { 3L, typeof(Zone), "is not a member of Zone" }, { "3", typeof(Zone), "is not a member of Zone" },
        { Noon, typeof(DateOnly), "has a time of day" }, { "31.01.2026", typeof(DateOnly), "is not a date of the form" }, { TimeSpan.FromHours(25), typeof(TimeOnly), "is no time of day" },
        { Noon, typeof(DateTimeOffset), "has no offset from UTC" }, { 7L, typeof(DateTime), "is of type Int64" }, { "x", typeof(byte[]), "is of type String" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void WhatIsTheSame_IsRead(object value, object expected)
    {
        ValueConversion.To(expected.GetType())(value, out object? converted).ShouldBeNull();
        converted.ShouldBe(expected);
        converted.ShouldBeOfType(expected.GetType());
        if (converted is DateTime moment)
        {
            moment.Kind.ShouldBe(((DateTime)expected).Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatWouldBeAnother_IsRefused_WithAReason(object value, Type type, string reason) =>
        ValueConversion.To(type)(value, out _).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void TheMachinesCulture_ChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            ValueConversion.To(typeof(decimal))(1.5, out object? number).ShouldBeNull();
            number.ShouldBe(1.5m);
            ValueConversion.To(typeof(decimal))("1,5", out _).ShouldNotBeNull();
            ValueText.Of(1.5).ShouldBe("1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
