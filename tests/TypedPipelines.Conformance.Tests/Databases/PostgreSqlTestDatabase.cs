using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TypedPipelines.PostgreSql;
using TypedPipelines.PostgreSql.Tests;

namespace TypedPipelines.Tests.Databases;

/// <summary>A database of the private server.</summary>
internal sealed class PostgreSqlTestDatabase : TestDatabase
{
    internal PostgreSqlTestDatabase(ILogger? logger = null, string options = "")
    {
        ConnectionString = PrivateServer.CreateDatabase(options);
        Destination = NewDestination(logger);
    }

    internal override string ConnectionString { get; }

    internal override PostgreSqlDestination Destination { get; }

    internal override TimeSpan SmallestStep => TimeSpan.FromMicroseconds(1);

    internal override string? WhyNulIsRefused => "holds the character NUL, which no text of PostgreSQL can";

    internal override (ColumnType Type, object Value, string Message) Unkeepable =>
        (ColumnType.String, "b\0c", @"'b\u0000c' holds the character NUL, which no text of PostgreSQL can at this destination; the row is id=2, x='b\u0000c'");

    internal override PostgreSqlDestination NewDestination(ILogger? logger = null) =>
        new(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = true }.ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance);

    internal override NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    internal override string LedgerTable(string name) => $"typed_pipelines.{name}";

    internal override object IdOf(Guid run) => run;

    internal override string PrimaryKeyOf(string table) => $"{table}_pkey";

    /// <summary>With each row's place and the transaction that wrote it: a row that was updated to what it was shows, too.</summary>
    internal override string Digest(string table, string where = "1 = 1") =>
        string.Join('\n', List<string>($"select ctid::text || xmin::text || t::text from \"{table}\" as t where {where} order by ctid"));

    internal override void Refuse(string kind, string table, string message, (string Column, long Value)? where = null) => Execute($"""
        create or replace function refuse() returns trigger language plpgsql as $f$ begin raise exception '{message}'; end $f$;
        create or replace trigger refuse before {kind} on {table}
        for each row {(where is { } only ? $"when (new.{only.Column} = {only.Value})" : "")} execute function refuse();
        """);

    internal override string[] RefusedRow(string table, long id, long value, bool byTrigger, bool byCheck) =>
        byTrigger ? [] : byCheck ? [$": Failing row contains ({id}, {value})"] : [$": Key (v)=({value}) "];

    internal override void CountTouches(string table) => Execute($"""
        create table touched (kind text);
        create function touch() returns trigger language plpgsql as $f$ begin insert into touched values (lower(tg_op)); return null; end $f$;
        create trigger touched after insert or update or delete on {table} for each row execute function touch();
        """);

    internal override void MakeEndless(string table) => Execute($"""
        create function slow() returns trigger language plpgsql as $f$ begin perform pg_sleep(600); return new; end $f$;
        create trigger slow before insert on {table} for each row execute function slow();
        """);

    internal override void ExecuteAtOnce(string sql) => Execute($"set lock_timeout = '200ms'; {sql}");

    internal override bool Waits(StatementBreaker log) =>
        Count("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0;

    internal override IReadOnlyList<string> StagingObjects() =>
        List<string>("select relname::text from pg_catalog.pg_class where relname like 'stage%' or relpersistence = 't'");

    internal override string CreateTableWithIdentity(string table, string identity, string columns, string key) =>
        $"create table {table} ({identity} bigint generated always as identity unique, {columns}, primary key ({key}))";

    internal override (string Create, string Found) LaxCollation(string table, string key, string value) => (
        $"create collation lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create table {table} ({key} text collate lax not null primary key, {value} bigint)",
        "expected text collate \"C\" not null, found text collate \"lax\" not null");

    internal override (string Before, string Type) LaxText =>
        ("create collation lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false)", "text collate lax");

    protected override object Typed(object stored, Column column) => (column.Type, stored) switch
    {
        (ColumnType.Date, DateTime date) => DateOnly.FromDateTime(date),
        (ColumnType.Time, TimeSpan time) => TimeOnly.FromTimeSpan(time),
        (ColumnType.Int64, _) => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        _ => stored,
    };

    public override async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        PrivateServer.DropDatabase(ConnectionString);
    }
}
