using TypedPipelines.Destinations;

namespace TypedPipelines.Tests.Destinations;

/// <summary>What is one key to a destination must have one hash; what is not should have two.</summary>
public sealed class KeyHashWriterTests
{
    private delegate void Write(ref KeyHashWriter writer);

    [Fact]
    public void What_is_one_key_to_a_destination_has_one_hash()
    {
        Same((ref w) => w.Write(1.0m, 10, 2), (ref w) => w.Write(1.00m, 10, 2));
        Same((ref w) => w.Write(0m, 10, 2), (ref w) => w.Write(-0.00m, 10, 2));
        Same((ref w) => w.Write(100m, 10, 2), (ref w) => w.Write(1e2m, 10, 2));
        DateTimeOffset noon = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Same((ref w) => w.Write(noon), (ref w) => w.Write(noon.ToOffset(TimeSpan.FromHours(5))));
        Same((ref w) => w.Write(noon), (ref w) => w.Write(noon.UtcDateTime));
        Same((ref w) => w.Write("a" + 'b'), (ref w) => w.Write("ab"));
        Same((ref w) => w.Write([1, 2]), (ref w) => w.Write([1, 2]));
    }

    [Fact]
    public void What_differs_has_two()
    {
        Different((ref w) => w.Write(1.5m, 10, 2), (ref w) => w.Write(1.05m, 10, 2));
        Different((ref w) => w.Write(1.5m, 10, 2), (ref w) => w.Write(-1.5m, 10, 2));
        Different((ref w) => w.Write(79228162514264337593543950335m, 29, 0), (ref w) => w.Write(79228162514264337593543950334m, 29, 0));
        Different((ref w) => w.Write(""), (ref w) => w.WriteNull());
        Different((ref w) => w.Write(0L), (ref w) => w.WriteNull());
        Different((ref w) => w.Write("a"), (ref w) => w.Write("a\0"));
        Different((ref w) => w.Write("A"), (ref w) => w.Write("a"));
        Different((ref w) => w.Write(Guid.Empty), (ref w) => w.Write(Guid.AllBitsSet));
        Different((ref w) => w.Write(true), (ref w) => w.Write(false));
        Different((ref w) => w.Write(new DateOnly(2024, 1, 1)), (ref w) => w.Write(new DateOnly(2024, 1, 2)));
        Different((ref w) => w.Write(new TimeOnly(1)), (ref w) => w.Write(new TimeOnly(2)));
    }

    [Fact]
    public void S18_the_parts_of_a_key_count_by_their_length_and_place()
    {
        Different((ref w) => { w.Write("a"); w.Write("bc"); }, (ref w) => { w.Write("ab"); w.Write("c"); });
        Different((ref w) => { w.Write("a"); w.Write(""); }, (ref w) => { w.Write(""); w.Write("a"); });
        Different((ref w) => { w.Write(1); w.Write(2); }, (ref w) => { w.Write(2); w.Write(1); });
        Different((ref w) => { w.WriteNull(); w.Write(2); }, (ref w) => { w.Write(2); w.WriteNull(); });
    }

    [Fact]
    public void Only_the_columns_of_the_key_count()
    {
        bool[] second = [false, true];
        Rows(second, (ref w) => { w.Write(1); w.Write("k"); }, (ref w) => { w.WriteNull(); w.Write("k"); }).ShouldBeFalse();
        Rows(second, (ref w) => { w.Write("x"); w.Write("k"); }, (ref w) => { w.Write("x"); w.Write("l"); }).ShouldBeTrue();
    }

    private static void Same(Write left, Write right) => Rows([true, true], left, right).ShouldBeFalse();

    private static void Different(Write left, Write right) => Rows([true, true], left, right).ShouldBeTrue();

    /// <returns>Whether two rows have different hashes.</returns>
    private static bool Rows(bool[] isKey, Write left, Write right)
    {
        var writer = new KeyHashWriter(new KeyHashes(new Running.Lines("t")), isKey);
        writer.BeginRow();
        left(ref writer);
        writer.EndRow();
        writer.BeginRow();
        right(ref writer);
        writer.EndRow();
        return writer.AreDistinct;
    }
}
