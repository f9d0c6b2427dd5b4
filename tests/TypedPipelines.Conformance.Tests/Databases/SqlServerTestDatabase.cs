using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Tests.Databases;

/// <summary>A database of the server that TYPEDPIPELINES_TEST_SQLSERVER names. TYPEDPIPELINES_TEST_SQLSERVER_SNAPSHOT says whether readers see versions of rows in it.</summary>
internal sealed class SqlServerTestDatabase : TestDatabase
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly SqlServerTestServer _server = SqlServerTestServer.Instance;
    private readonly string _name;
    private bool _toldOfStages;

    internal SqlServerTestDatabase(ILogger? logger = null)
    {
        _name = _server.CreateDatabase(_server.ReadersSeeVersions);
        ConnectionString = _server.To(_name);
        Destination = NewDestination(logger);
    }

    internal override string ConnectionString { get; }

    internal override bool ReadersSeeVersions => _server.ReadersSeeVersions;

    private bool IsBabelfish => _server.IsBabelfish;

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

    internal override void Refuse(string kind, string table, string message, (string Column, long Value)? where = null) =>
        Execute(SqlServerTestSql.Refuse(kind, Quote(table), message, where is { } only ? $" where {Quote(only.Column)} = {only.Value}" : ""));

    /// <summary>Of a unique index the server tells the value, of a check the column.</summary>
    internal override string[] RefusedRow(string table, long id, long value, bool byTrigger, bool byCheck) => byTrigger ? [] : byCheck ? ["column 'v'"] : [];

    internal override void CountTouches(string table)
    {
        Execute(SqlServerTestSql.CreateTouched);
        Execute(SqlServerTestSql.CountTouches(Quote(table)));
    }

    internal override void MakeEndless(string table) => Execute(SqlServerTestSql.MakeEndless(Quote(table)));

    internal override void ExecuteAtOnce(string sql) => Execute($"set lock_timeout 200; {sql}");

    /// <summary>
    /// A server tells who waits to whom it lets see the sessions of others; SQL Server, with VIEW SERVER STATE. Besides, a run in its transaction that
    /// has named no further statement for seconds is taken for waiting, where each takes milliseconds. A test that is wrong about it shows less, and
    /// does not fail for it.
    /// </summary>
    internal override bool Waits(StatementBreaker log) => ServerShowsWaiting() || log.IsSilentInTransaction(Silence);

    private bool ServerShowsWaiting()
    {
        try
        {
            return Query<int>(IsBabelfish ? SqlServerTestSql.CountBlockedAtBabelfish : SqlServerTestSql.CountBlocked) > 0;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    internal override void Keep(string table, string keptAs) => Execute($"select * into {keptAs} from {table}");

    internal override IReadOnlyList<string> StagingObjects()
    {
        if (IsBabelfish && !_toldOfStages)
        {
            _toldOfStages = true;
            TestContext.Current.TestOutputHelper?.WriteLine(
                "Babelfish shows no temporary table of another session: looked for are lasting tables, and those that the next runs find in the sessions of the pool.");
        }

        return new StagesLeft(ConnectionString, IsBabelfish).Find();
    }

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
        await _server.DropDatabaseAsync(_name);
    }
}
