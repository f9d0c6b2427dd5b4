using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>Connections, tables and their shape.</summary>
public sealed class Preparation : IDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new(
        "t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String), Col.Decimal("price", 10, 2)]);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_is_there_is_left_as_it_is()
    {
        await _database.PrepareAsync(_table);
        byte[] before = File.ReadAllBytes(_database.File);
        var breaker = new StatementBreaker();
        await new SqliteDestination(_database.ConnectionString, TimeProvider.System, breaker).PrepareAsync([_table], CancellationToken.None);
        breaker.Statements.ShouldNotContain(statement => statement.Contains("create") || statement.Contains("begin"));
        File.ReadAllBytes(_database.File).ShouldBe(before);
        _database.Query<string>("pragma journal_mode").ShouldBe("wal");
        Directory.GetFiles(_database.Folder).ShouldBe([_database.File]);
    }

    [Fact]
    public async Task Many_may_prepare_a_new_file_at_once()
    {
        // The moment in which one switches the journal while another looks at the file is short.
        for (int round = 0; round < 30; round++)
        {
            await using var database = new Database();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.PrepareAsync(_table))));
            database.Query<long>("select count(*) from tp_ledger").ShouldBe(1);
        }
    }

    [Fact]
    public async Task An_index_that_a_renamed_table_has_kept_is_named_with_the_statement_that_gives_its_name_free()
    {
        var table = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Value("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        await _database.PrepareAsync(table);
        string index = _database.Query<string>("select name from sqlite_master where type = 'index' and tbl_name = 't' and sql is not null");
        _database.Execute("alter table t rename to t_before");

        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldStartWith($"the index {index}, which loads of the table t of ");
        e.What.ShouldEndWith("is one of the table t_before: it kept its name when that was renamed");
        _database.Execute(e.Next[(e.Next.IndexOf("with: ", StringComparison.Ordinal) + "with: ".Length)..]);
        await _database.PrepareAsync(table);
        _database.Query<string>($"select tbl_name from sqlite_master where name = '{index}'").ShouldBe("t");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_column_by_which_rows_are_found_is_to_be_renamed_or_filled_and_never_given_a_default(bool extra)
    {
        var table = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        _database.Execute(extra ? "create table t (id integer not null, flight_day text not null)" : "create table t (id integer not null)");

        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));

        e.Next.ShouldContain("Loads find rows by this column, so that each row needs its own value in it: if another column has that, rename it (alter table \"t\" rename column ... to \"day\")");
        e.Next.ShouldNotContain("default");
    }

    [Theory]
    [InlineData("create table t (id integer not null, name text)", "column price: expected decimal(10,2) not null, found no such column", "alter table \"t\" add column \"price\" decimal(10,2) not null default 0")]
    [InlineData("create table t (id integer not null, name integer, price decimal(10,2) not null)", "column name: expected text, found integer", "alter table \"t\" rename to \"t_before\"")]
    [InlineData("create table t (id integer not null, name text not null, price decimal(10,2) not null)", "column name: expected text, found text not null", "alter table")]
    [InlineData("create table t (id integer not null, name text, price decimal(12,2) not null)", "column price: expected decimal(10,2) not null, found decimal(12,2) not null", "alter table")]
    [InlineData("create table t (id integer not null, name text, price decimal(10,2) not null, extra text not null)", "column extra: expected no such column, or one that may be left out, found text not null", "alter table \"t\" drop column \"extra\"")]
    public async Task Another_shape_is_refused_with_the_statement_that_mends_it(string create, string what, string next)
    {
        _database.Execute(create);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("the table t of");
        e.What.ShouldContain(what);
        e.Next.ShouldContain(next);
        _database.Query<long>("select count(*) from sqlite_master where name like 'tp_%'").ShouldBe(0);
    }

    [Theory]
    [InlineData("text", ColumnType.String, "default ''")]
    [InlineData("blob", ColumnType.Bytes, "default x''")]
    [InlineData("integer", ColumnType.Int64, "default 0")]
    public async Task A_column_that_is_to_be_added_gets_a_default_of_its_type(string type, ColumnType column, string expected)
    {
        _database.Execute("create table t (id integer not null primary key)");
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v", column, nullable: false)]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));
        e.Next.ShouldEndWith($"alter table \"t\" add column \"v\" {type.ToUpperInvariant()} not null {expected}");
        _database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..]);
        await _database.PrepareAsync(table);
    }

    /// <summary>As texts 1.5000 and 1.500000 are two keys, and neither is the newer version.</summary>
    [Fact]
    public async Task S21_a_long_decimal_of_another_scale_is_another_shape()
    {
        TestContract Of(int scale) => new("t", LoadStrategy.Merge, [Col.Decimal("id", 28, scale) with { Key = true }]);
        await _database.LoadAsync(Of(4), null, new object?[] { 1.5m });
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(Of(6)))).What.ShouldContain("column id: expected text(28,6) not null, found text(28,4) not null");
        _database.Query<string>("select id from t").ShouldBe("1.5000");

        _database.Execute("drop table t; create table t (id text not null primary key)");
        await _database.LoadAsync(Of(6), null, new object?[] { 1.5m });
        _database.Query<string>("select id || ' ' || typeof(id) from t").ShouldBe("1.500000 text");
    }

    [Fact]
    public async Task A_ledger_of_version_1_is_brought_up_by_the_next_run_and_said_to_be_old_until_then()
    {
        await _database.LoadAsync(_table, null, [1L, "a", 1m]);
        _database.Execute("drop table tp_replaced; drop table tp_replaced_shape; drop table tp_check_result; alter table tp_reject drop column resolved_by; drop table tp_loaded_table; drop table tp_late_column; drop table tp_logic; alter table tp_partition drop column fingerprint; alter table tp_partition drop column cut; alter table tp_partition drop column tables; update tp_ledger set version = 1");
        PipelineException e = await Should.ThrowAsync<PipelineException>(async () => await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None));
        e.Message.ShouldContain("has version 1, and this program reads version 5. Nothing was changed. Run one of the pipelines");

        await _database.LoadAsync(_table, null, [2L, "b", 1m]);
        _database.Query<long>("select version from tp_ledger").ShouldBe(5);
        _database.Query<long>("select count(*) from tp_loaded_table").ShouldBe(1);
        _database.Query<long>("select count(*) from tp_late_column").ShouldBe(0);
        _database.Query<long>("select count(*) from tp_check_result").ShouldBe(0);
        _database.Query<long>("select count(*) from tp_replaced").ShouldBe(0);
        (await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None)).Count.ShouldBe(2);
        (await _database.EntryAsync())!.State.ShouldBe(TypedPipelines.Ledger.PartitionState.Complete);
    }

    [Fact]
    public async Task A_view_in_the_place_of_the_table_is_refused_with_a_statement_that_SQLite_knows()
    {
        _database.Execute("create view T as select 1 as id, '' as name, 1.0 as price");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldBe($"t of {_database.File} is a view, and not a table");
        _database.Query<long>("select count(*) from sqlite_master where name like 'tp_%'").ShouldBe(0);

        _database.Execute(e.Next[e.Next.IndexOf("drop view", StringComparison.Ordinal)..]);
        await _database.PrepareAsync(_table);
    }

    [Fact]
    public void A_password_is_refused_before_anything_is_opened()
    {
        PipelineException e = Should.Throw<PipelineException>(() => new SqliteDestination("Data Source=y.db;Password=secret", TimeProvider.System, NullLogger.Instance));
        e.Kind.ShouldBe(FailureKind.Usage);
        e.What.ShouldBe("the connection string of the SQLite destination has a password, and the SQLite of this program does not encrypt");
    }

    [Fact]
    public async Task The_statement_of_the_message_mends_the_table()
    {
        _database.Execute("create table t (id integer primary key, name text)");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        _database.Execute(e.Next[e.Next.IndexOf("alter", StringComparison.Ordinal)..]);
        await _database.LoadAsync(_table, null, [1L, "a", 1.5m]);
    }

    [Fact]
    public async Task A_table_with_more_than_its_contract_is_accepted()
    {
        _database.Execute("create table T (ID INTEGER primary key, Name TEXT, price DECIMAL(10,2) not null, noted text default 'x' not null, free text)");
        await _database.LoadAsync(_table, null, [1L, "a", 1.5m]);
        _database.Query<string>("select noted from t").ShouldBe("x");
    }

    [Theory]
    [InlineData("t")]
    [InlineData("T")]
    public async Task Two_contracts_of_one_table_are_refused(string name)
    {
        var other = new OtherContract(name);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table, other));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("are one table to SQLite");
        await _database.PrepareAsync(_table, _table);
    }

    [Fact]
    public async Task The_ledgers_names_are_its_own()
    {
        var table = new TestContract("TP_run", LoadStrategy.Append, [Col.Value("id")]);
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table))).What.ShouldContain("belong to the ledger");
    }

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_refused()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("update tp_ledger set version = 99");
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        e.Message.ShouldContain("version 99");
        await Should.ThrowAsync<PipelineException>(async () => await _database.Destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:x?mode=memory")]
    [InlineData("Data Source=file:flights.db")]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("flights.db")]
    [InlineData("Nonsense=1")]
    public void A_connection_string_that_names_no_file_is_refused(string connectionString) =>
        Should.Throw<PipelineException>(() => new SqliteDestination(connectionString, TimeProvider.System, NullLogger.Instance))
            .Kind.ShouldBe(FailureKind.Usage);

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        var destination = new SqliteDestination($"Data Source={_database.Folder}/no/such/test.db", TimeProvider.System, NullLogger.Instance);
        PipelineException e = await Should.ThrowAsync<PipelineException>(destination.PrepareAsync([_table], CancellationToken.None));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.What.ShouldContain("no/such");
        (await destination.Ledger.GetRunsAsync(null, 5, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await File.WriteAllTextAsync(_database.File, new string('x', 5000));
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.Message.ShouldContain("file is not a database");
        (await File.ReadAllTextAsync(_database.File)).ShouldBe(new string('x', 5000));
        (await Should.ThrowAsync<PipelineException>(async () => await _database.Destination.Ledger.GetRunsAsync(null, 5, CancellationToken.None)))
            .Kind.ShouldBe(FailureKind.Destination);
    }

    [Fact]
    public async Task A_database_opened_for_reading_only_is_refused_in_words()
    {
        await _database.PrepareAsync(_table);
        var destination = new SqliteDestination($"{_database.ConnectionString};Mode=ReadOnly", TimeProvider.System, NullLogger.Instance);
        PipelineException e = await Should.ThrowAsync<PipelineException>(destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.Message.ShouldContain("readonly");
        (await destination.Ledger.GetRunsAsync(null, 5, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_disk_is_an_error_that_changes_nothing()
    {
        await _database.LoadAsync(_table, null, [1L, "a", 1m]);
        using SqliteDatabase connection = SqliteDatabase.OpenForWriting(new SqliteLocation(_database.ConnectionString), NullLogger.Instance);
        connection.Run("pragma max_page_count = 1"); // SQLite takes the least number that the file already has.
        connection.Run("begin immediate");
        PipelineException e = Should.Throw<PipelineException>(() =>
        {
            for (int id = 2; id < 10_000; id++)
            {
                connection.Run("insert into t values (@id, 'b', 1)", ("@id", id));
            }
        });
        connection.RollBack();
        e.Kind.ShouldBe(FailureKind.Destination);
        e.Message.ShouldContain("full");
        e.Next.ShouldContain("Free some space");
        _database.Query<long>("select count(*) from t").ShouldBe(1);
    }

    [Fact]
    public async Task Texts_in_another_encoding_are_refused()
    {
        _database.Execute("pragma encoding = 'UTF-16'; create table x (a)");
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table))).What.ShouldContain("UTF-16");
    }

    [Fact]
    public async Task Every_statement_is_logged_and_no_value_is()
    {
        var breaker = new StatementBreaker();
        using var database = new Database(logger: breaker);
        await database.LoadAsync(_table, null, [4711L, "secret", 47.11m]);
        breaker.Statements.ShouldContain(statement => statement.Contains("begin immediate"));
        breaker.Statements.ShouldContain(statement => statement.EndsWith("commit", StringComparison.Ordinal));
        breaker.Statements.ShouldNotContain(statement => statement.Contains("secret") || statement.Contains("47"));
    }

    [Fact]
    public void UseSqlite_registers_the_destination()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        new Builder(services).UseSqlite("Data Source=a.db").UseSqlite();
        using ServiceProvider provider = services.BuildServiceProvider();
        DestinationRegistration[] registrations = [.. provider.GetServices<DestinationRegistration>()];
        registrations.Select(registration => (registration.Name, registration.DefaultConnectionString)).ShouldBe([("sqlite", "Data Source=a.db"), ("sqlite", null)]);
        IDestination destination = registrations[0].Create(provider, "Data Source=b.db;Cache=Private");
        destination.Name.ShouldBe("sqlite");
        destination.DisplayName.ShouldBe("b.db");
    }

    private sealed record Builder(IServiceCollection Services) : IPipelineBuilder;

    private sealed class OtherContract(string table) : TableContract<string>
    {
        public override string Table => table;

        public override LoadStrategy Strategy => LoadStrategy.Append;

        public override IReadOnlyList<Column> Columns => [];

        public override IReadOnlyList<LoadPlan> Plans => [];

        public override void Write<TWriter>(ReadOnlySpan<string> rows, in RunSlice slice, ref TWriter writer)
        {
        }

        public override string Read<TReader>(ref TReader reader) => "";

        public override bool FindViolation(in string row, in RunSlice slice, out RowViolation violation)
        {
            violation = default;
            return false;
        }

        protected override object? ValueOf(in string row, int column) => null;
    }
}
