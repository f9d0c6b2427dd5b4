using System.Globalization;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 25 and 27: which of two versions is the newer, where a destination keeps them in a form of its own.</summary>
public sealed class Versions
{
    /// <summary>Numbers of different lengths and signs, the older first: as texts many of them are the other way round.</summary>
    internal static (int Precision, int Scale, string Older, string Newer)[] Pairs { get; } =
    [
        (20, 0, "9", "10"),
        (20, 0, "99", "18446744073709551615"),
        (20, 0, "0", "1"),
        (28, 10, "-2", "-1"),
        (28, 10, "-10", "-9.5"),
        (28, 10, "-1", "0.5"),
        (28, 10, "-1", "0"),
        (28, 10, "0", "0.0000000001"),
        (28, 10, "-0.0000000001", "0"),
        (28, 10, "-1.5", "-1.25"),
        (18, 6, "999999999.5", "1764460800.123456"),
        (38, 0, "-10", "9"),
        (15, 4, "9.5", "10.25"),
    ];

    [Theory, OnEveryDestination(From = nameof(Pairs))]
    public async Task S25_a_newer_version_of_any_length_and_sign_overwrites_and_an_older_one_does_not(
        Destination destination, (int Precision, int Scale, string Older, string Newer) pair)
    {
        foreach ((string rule, bool upserts) in new[] { ("Fail", true), ("Fail", false), ("Keep", true), ("Overwrite", true), ("Overwrite", false) })
        {
            await using TestDatabase database = destination.NewDatabase();
            TestContract table = Table(pair.Precision, pair.Scale, rule, upserts);
            await database.LoadAsync(table, null, [1L, Number(pair.Older), 1L, false]);
            (await database.LoadAsync(table, null, [1L, Number(pair.Newer), 2L, false])).Updated.ShouldBe(1, $"{rule}, {upserts}");
            (await database.LoadAsync(table, null, [1L, Number(pair.Older), 3L, false])).Updated.ShouldBe(0, $"{rule}, {upserts}");
            database.Rows(table).ShouldHaveSingleItem().ShouldBe([1L, Number(pair.Newer), 2L]);
        }
    }

    [Theory, OnEveryDestination(From = nameof(Pairs))]
    public async Task S25_the_same_version_is_the_same_number(Destination destination, (int Precision, int Scale, string Older, string Newer) pair)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table(pair.Precision, pair.Scale, "Fail", true);
        await database.LoadAsync(table, null, [1L, Number(pair.Newer), 1L, false]);
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [1L, Number(pair.Newer), 2L, false]))).Kind.ShouldBe(FailureKind.VersionConflict);
        TestContract overwriting = Table(pair.Precision, pair.Scale, "Overwrite", true);
        (await database.LoadAsync(overwriting, null, [1L, Number(pair.Newer), 2L, false])).Updated.ShouldBe(1);
        TestContract keeping = Table(pair.Precision, pair.Scale, "Keep", true);
        (await database.LoadAsync(keeping, null, [1L, Number(pair.Newer), 3L, false])).Updated.ShouldBe(0);
    }

    [Theory, OnEveryDestination(From = nameof(Pairs))]
    public async Task S27_a_newer_delete_marker_deletes_and_an_older_one_does_not(
        Destination destination, (int Precision, int Scale, string Older, string Newer) pair)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table(pair.Precision, pair.Scale, "Fail", true);
        await database.LoadAsync(table, null, [1L, Number(pair.Newer), 1L, false], [2L, Number(pair.Older), 1L, false], [3L, Number(pair.Newer), 1L, false]);
        (await database.LoadAsync(table, null, [1L, Number(pair.Older), 1L, true], [2L, Number(pair.Newer), 1L, true], [3L, Number(pair.Newer), 1L, true]))
            .Deleted.ShouldBe(2);
        database.Rows(table).ShouldHaveSingleItem()[0].ShouldBe(1L);
    }

    [Theory, OnEveryDestination(From = nameof(Pairs))]
    public async Task S14_keep_latest_takes_the_newer_number(Destination destination, (int Precision, int Scale, string Older, string Newer) pair)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Decimal("version", pair.Precision, pair.Scale)], keepLatest: ["version"]);
        await database.LoadAsync(
            table, null, [1L, Number(pair.Older)], [1L, Number(pair.Newer)], [2L, Number(pair.Newer)], [2L, Number(pair.Older)]);
        database.Rows(table).Select(row => row[1]).ShouldBe([Number(pair.Newer), Number(pair.Newer)]);
    }

    private static TestContract Table(int precision, int scale, string onSameVersion, bool upserts) => new(
        "t",
        LoadStrategy.Merge,
        [Col.Key("id"), Col.Decimal("version", precision, scale), Col.Value("v"), Col.Value("gone", ColumnType.Boolean, nullable: false)],
        version: "version",
        onSameVersion: onSameVersion,
        deleteMarker: "gone",
        upserts: upserts);

    private static object Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
