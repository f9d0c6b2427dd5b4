using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Tests.Databases;

/// <summary>
/// A database of the server that TYPEDPIPELINES_TEST_SQLSERVER names, whose user must be allowed to create and drop databases. Readers see
/// versions of rows in it, as in every new database of Azure SQL.
/// </summary>
internal sealed class SqlServerTestDatabase : TestDatabase
{
    private readonly string _server;
    private readonly string _name = $"tp_{Guid.NewGuid():n}";

    internal SqlServerTestDatabase(ILogger? logger = null)
    {
        string server = Environment.GetEnvironmentVariable(OnEveryDestinationAttribute.SqlServer)!;
        _server = new SqlConnectionStringBuilder(server) { InitialCatalog = "master" }.ConnectionString;
        ConnectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = _name }.ConnectionString;
        OnMaster($"create database {_name}");
        IsBabelfish = Query<int?>("select cast(serverproperty('Babelfish') as int)") == 1;
        if (!IsBabelfish)
        {
            OnMaster($"alter database {_name} set read_committed_snapshot on with rollback immediate");
        }

        Destination = NewDestination(logger);
    }

    internal string ConnectionString { get; }

    internal bool IsBabelfish { get; }

    internal override SqlServerDestination Destination { get; }

    internal override TimeSpan SmallestStep => IsBabelfish ? TimeSpan.FromMicroseconds(1) : TimeSpan.FromTicks(1);

    internal override bool KeepsLongKeys => false;

    internal override string? WhyNulIsRefused => IsBabelfish ? "holds the character NUL, which no text of Babelfish can" : null;

    internal override (ColumnType Type, object Value, string Message) Unkeepable => (
        ColumnType.Double, double.NaN, "NaN is NaN, infinite, or closer to zero than SQL Server holds at this destination; the row is id=2, x=NaN");

    internal override SqlServerDestination NewDestination(ILogger? logger = null) => new(ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance);

    internal override SqlConnection Open()
    {
        var connection = new SqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    internal override string LedgerTable(string name) => $"typed_pipelines.[{name}]";

    internal override object IdOf(Guid run) => run;

    /// <summary>The server gives it a name with a number at its end.</summary>
    internal override string PrimaryKeyOf(string table) =>
        Query<string>("select name from sys.key_constraints where type = 'PK' and parent_object_id = object_id(@table)", new { table });

    /// <summary>With each row's place: one that was deleted and inserted as it was shows, too.</summary>
    internal override string Digest(string table, string where = "1 = 1")
    {
        using SqlConnection connection = Open();
        using SqlCommand command = connection.CreateCommand();
        command.CommandText = $"select {(IsBabelfish ? "ctid" : "%%physloc%%")} as place, * from {Quote(table)} where {where} order by 1";
        using SqlDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            lines.Add(RowText.Of([.. values.Select(value => value is DBNull ? null : value is byte[] bytes ? Convert.ToHexString(bytes) : value)]));
        }

        return string.Join('\n', lines);
    }

    internal override void Refuse(string kind, string table, string message, (string Column, long Value)? where = null) => Execute($"""
        create trigger refuse on {Quote(table)} after {kind} as
        if exists (select 1 from {(kind == "delete" ? "deleted" : "inserted")}{(where is { } only ? $" where {Quote(only.Column)} = {only.Value}" : "")})
            throw 50000, '{message}', 1
        """);

    /// <summary>Of a unique index the server tells the value, of a check the column.</summary>
    internal override string[] RefusedRow(string table, long id, long value, bool byTrigger, bool byCheck) => byTrigger ? [] : byCheck ? ["column 'v'"] : [];

    internal override void CountTouches(string table)
    {
        Execute("create table touched (kind nvarchar(10))");
        Execute($"""
            create trigger touch on {Quote(table)} after insert, update, delete as
            insert into touched
            select case when d.n = 0 then 'insert' when i.n = 0 then 'delete' else 'update' end
            from (select count(*) as n from inserted) as i
            cross join (select count(*) as n from deleted) as d
            cross apply (select top (case when i.n > d.n then i.n else d.n end) 1 as one from sys.all_objects) as each
            """);
    }

    internal override void MakeEndless(string table) => Execute($"create trigger slow on {Quote(table)} after insert as waitfor delay '00:10:00'");

    internal override void ExecuteAtOnce(string sql) => Execute($"set lock_timeout 200; {sql}");

    internal override bool Waits(StatementBreaker log) =>
        Query<int>("select count(*) from sys.dm_tran_locks where request_status = 'WAIT' and resource_database_id = db_id()") > 0;

    internal override void Keep(string table, string keptAs) => Execute($"select * into {keptAs} from {table}");

    internal override IReadOnlyList<string> StagingObjects() =>
        List<string>("select name from sys.tables where name like 'stage%' union all select name from tempdb.sys.tables where name like '#stage%'");

    internal override string CreateTableWithIdentity(string table, string identity, string columns, string key) =>
        $"create table {table} ({identity} bigint identity not null unique, {columns}, primary key ({key}))";

    internal override (string Create, string Found) LaxCollation(string table, string key, string value) => (
        $"create table {table} ({key} nvarchar(400) collate Latin1_General_CI_AS not null primary key, {value} bigint)",
        "expected nvarchar(400) collate Latin1_General_100_BIN2 not null, found nvarchar(400) collate Latin1_General_CI_AS not null");

    internal override (string Before, string Type) LaxText => ("select 1", "nvarchar(200) collate Latin1_General_CI_AS");

    protected override object Typed(object stored, Column column) => (column.Type, stored) switch
    {
        (ColumnType.Date, DateTime date) => DateOnly.FromDateTime(date),
        (ColumnType.Time, TimeSpan time) => TimeOnly.FromTimeSpan(time),
        (ColumnType.Instant, DateTimeOffset instant) => instant.UtcDateTime,
        (ColumnType.Int64, _) => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        _ => stored,
    };

    public override async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        SqlConnection.ClearAllPools();
        OnMaster(IsBabelfish ? $"drop database {_name}" : $"alter database {_name} set single_user with rollback immediate; drop database {_name}");
    }

    private void OnMaster(string sql)
    {
        using var master = new SqlConnection(_server);
        master.Open();
        using SqlCommand command = master.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
