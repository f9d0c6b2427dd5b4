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

    /// <summary>Who closes a database to writers means it.</summary>
    [Theory]
    [InlineData("alter database {0} set default_transaction_read_only = on", "")]
    [InlineData("", ";Options=-c default_transaction_read_only=on")]
    public async Task A_database_that_is_closed_to_writers_is_left_alone(string change, string settings)
    {
        await using var database = new Database();
        await database.LoadAsync(Table, null);
        if (change.Length > 0)
        {
            database.Execute(string.Format(CultureInfo.InvariantCulture, change, new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!));
        }

        await using var destination = new PostgreSqlDestination(database.ConnectionString + settings, TimeProvider.System, new StatementBreaker());
        PipelineException refused = await Should.ThrowAsync<PipelineException>(destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None));
        refused.What.ShouldContain("in a read-only transaction (SQLSTATE 25006)");
        refused.Next.ShouldContain("default_transaction_read_only is on");
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
