using System.Globalization;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statement 9: what a server's or a user's settings say changes nothing that is loaded.</summary>
public sealed class OddServers
{
    private static readonly TestContract Table = new(
        "o",
        LoadStrategy.ReplacePartition,
        [Col.Key("id"), Col.Value("at", ColumnType.Instant, nullable: false), Col.Value("day", ColumnType.Date), Col.Value("time", ColumnType.Time), Col.Value("text", ColumnType.String), Col.Value("x", ColumnType.Double)],
        partition: "at");

    public static TheoryData<string> Settings => new(
        "TimeZone = 'Asia/Kathmandu'",
        "DateStyle = 'German, DMY'",
        "default_transaction_isolation = 'serializable'",
        "default_transaction_isolation = 'repeatable read'",
        "default_transaction_read_only = on",
        "standard_conforming_strings = off",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
        "IntervalStyle = 'sql_standard'",
        "search_path = pg_temp, public",
        "statement_timeout = '1s'",
        "synchronous_commit = off",
        "client_encoding = 'LATIN1'");

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task S09_a_setting_changes_nothing_that_is_loaded(string setting)
    {
        string plain = await LoadAsync(null);
        (await LoadAsync(setting)).ShouldBe(plain);
    }

    private static async Task<string> LoadAsync(string? setting)
    {
        await using var database = new Database();
        if (setting is not null)
        {
            string name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
            database.Execute($"alter database {name} set {setting}");
        }

        // In Chicago the clock is put forward on that day: it is 23 hours long.
        Partition day = Database.Day("2024-03-10", "America/Chicago");
        object?[][] rows =
        [
            [1L, day.Start.UtcDateTime, new DateOnly(2024, 2, 1), new TimeOnly(1, 2, 3), "o'n\\e \u00df", 0.1],
            [2L, day.End.UtcDateTime.AddMicroseconds(-1), null, null, null, 1e-300],
        ];
        for (int run = 0; run < 2; run++)
        {
            LoadedTable loaded = await database.LoadAsync(Table, day, rows);
            (loaded.Inserted, loaded.Deleted).ShouldBe((2, run == 0 ? 0 : 2));
        }

        await using IPartitionSession session = await database.BeginAsync();
        return string.Join('\n', (await Database.ReadAsync(session, Table, day)).OrderBy(row => row[0])
            .Select(row => string.Join('|', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))));
    }
}
