using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Sqlite;

namespace TypedPipelines.Tests.Databases;

/// <summary>A database file in a folder of its own.</summary>
internal sealed class SqliteTestDatabase : TestDatabase, IDisposable
{
    internal SqliteTestDatabase(TimeSpan? lease = null, ILogger? logger = null) => Destination = new SqliteDestination(
        ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance, lease ?? TimeSpan.FromMinutes(2));

    internal string Folder { get; } = Directory.CreateTempSubdirectory("typedpipelines-").FullName;

    internal string File => Path.Combine(Folder, "test.db");

    internal override string ConnectionString => $"Data Source={File}";

    internal override SqliteDestination Destination { get; }

    internal override TimeSpan SmallestStep => TimeSpan.FromTicks(1);

    internal override string? WhyNulIsRefused => null;

    internal override (ColumnType Type, object Value, string Message) Unkeepable =>
        (ColumnType.Double, double.NaN, "NaN is not a number, which SQLite would keep as null at this destination; the row is id=2, x=NaN");

    internal override SqliteDestination NewDestination(ILogger? logger = null) => new(ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance);

    internal override SqliteConnection Open()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    internal override string LedgerTable(string name) => $"tp_{name}";

    internal override object IdOf(Guid run) => run.ToString("D");

    internal override string PrimaryKeyOf(string table) => $"sqlite_autoindex_{table}_1";

    internal override string Digest(string table, string where = "1 = 1")
    {
        using SqliteConnection connection = Open();
        return string.Join('\n', connection.Query($"select rowid as row_id, * from \"{table}\" where {where} order by rowid")
            .Select(row => string.Join('|', ((IDictionary<string, object>)row).Values.Select(value => $"{value?.GetType().Name}:{value}"))));
    }

    internal override void Refuse(string kind, string table, string message, (string Column, long Value)? where = null) => Execute($"""
        create trigger if not exists refuse before {kind} on {table} {(where is { } only ? $"when new.{only.Column} = {only.Value}" : "")}
        begin select raise(abort, '{message}'); end
        """);

    internal override string[] RefusedRow(string table, long id, long value, bool byTrigger, bool byCheck) => [$"; the row is id={id}, v={value}"];

    internal override void CountTouches(string table) => Execute("create table touched (kind text)" + string.Concat(
        new[] { "insert", "update", "delete" }.Select(kind => $"; create trigger touched_by_{kind} after {kind} on {table} begin insert into touched values ('{kind}'); end")));

    internal override void MakeEndless(string table) => Execute($"""
        create trigger slow before insert on {table} begin
            select count(*) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000) select i from n);
        end
        """);

    internal override void ExecuteAtOnce(string sql)
    {
        using SqliteConnection connection = Open();
        connection.DefaultTimeout = 1;
        connection.Execute(sql);
    }

    /// <summary>It has asked for the write lock, and come no further.</summary>
    internal override bool Waits(StatementBreaker log) => log.Last.EndsWith("begin immediate", StringComparison.Ordinal);

    internal override IReadOnlyList<string> StagingObjects() => List<string>("select name from sqlite_master where name like 'stage%'");

    internal override string CreateTableWithIdentity(string table, string identity, string columns, string key) =>
        $"create table {table} ({identity} integer primary key autoincrement, {columns}, unique ({key}))";

    internal override (string Create, string Found) LaxCollation(string table, string key, string value) => (
        $"create table {table} ({key} text not null collate nocase primary key, {value} integer)", "expected text not null, found text not null collate nocase");

    internal override (string Before, string Type) LaxText => ("select 1", "text collate nocase");

    /// <summary>As bytes, since the provider cuts a text at a NUL.</summary>
    protected override string Selected(Column column) => column.Type == ColumnType.String ? $"cast({Quote(column.Name)} as blob)" : Quote(column.Name);

    protected override object Typed(object stored, Column column) => column.Type switch
    {
        ColumnType.Boolean => (long)stored != 0,
        ColumnType.Int16 => Convert.ToInt16(stored, CultureInfo.InvariantCulture),
        ColumnType.Int32 => Convert.ToInt32(stored, CultureInfo.InvariantCulture),
        ColumnType.Single => (float)(double)stored,
        ColumnType.Decimal => stored is string text ? decimal.Parse(text, CultureInfo.InvariantCulture) : Convert.ToDecimal(stored, CultureInfo.InvariantCulture),
        ColumnType.Date => DateOnly.ParseExact((string)stored, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Time => TimeOnly.ParseExact((string)stored, "HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        ColumnType.Instant => DateTime.ParseExact((string)stored, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        ColumnType.Guid => Guid.ParseExact((string)stored, "D"),
        ColumnType.String => Encoding.UTF8.GetString((byte[])stored),
        _ => stored,
    };

    public void Dispose()
    {
        Destination.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
