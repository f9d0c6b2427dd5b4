using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Connections, tables and their shape.</summary>
public sealed class Preparation : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new(
        "t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String), Col.Decimal("price", 10, 2)]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_is_there_is_left_as_it_is()
    {
        await _database.PrepareAsync(_table);
        string before = Catalog();
        var breaker = new StatementBreaker();
        await using PostgreSqlDestination destination = _database.NewDestination(breaker);
        await destination.PrepareAsync([_table], CancellationToken.None);
        breaker.Statements.ShouldNotContain(statement => statement.Contains("create ") || statement.Contains("begin"));
        Catalog().ShouldBe(before);
    }

    [Fact]
    public async Task Many_may_prepare_a_new_database_at_once()
    {
        var partitioned = new TestContract(
            "p", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day", schema: "some schema");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _database.PrepareAsync(_table, partitioned))));
        _database.Query<long>("select count(*) from typed_pipelines.version").ShouldBe(1);
    }

    [Fact]
    public async Task An_index_that_a_renamed_table_has_kept_is_named_with_the_statement_that_gives_its_name_free()
    {
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id", nullable: true), Col.Value("v")], nullKeysMatch: true);
        await _database.PrepareAsync(table);
        _database.Execute("alter table t rename to t_before");

        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table));

        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldEndWith("is one of the table t_before: it kept its name when that was renamed");
        _database.Execute(e.Next[(e.Next.IndexOf("with: ", StringComparison.Ordinal) + "with: ".Length)..]);
        await _database.PrepareAsync(table);
    }

    [Fact]
    public async Task S48_a_column_that_the_contract_calls_otherwise_is_renamed_as_the_message_says()
    {
        var before = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        var after = new TestContract("t", LoadStrategy.ReplacePartition, [Col.Key("id"), Col.Value("flight_day", ColumnType.Date, nullable: false)], partition: "flight_day");
        await _database.LoadAsync(before, Database.Day("2024-03-01"), [1L, new DateOnly(2024, 3, 1)]);

        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(after));

        string rename = "alter table \"t\" rename column \"day\" to \"flight_day\"";
        e.Next.ShouldContain($"or, if that calls it flight_day, rename it with: {rename}; or, where its values may go, remove it with: ");
        _database.Execute(rename);
        await _database.LoadAsync(after, Database.Day("2024-03-01"), [2L, new DateOnly(2024, 3, 1)]);
        _database.Query<long>("select count(*) from t").ShouldBe(1);
    }

    [Theory]
    [InlineData("create table t (id bigint not null, name text)", "column price: expected numeric(10,2) not null, found no such column")]
    [InlineData("create table t (id bigint not null, name integer, price numeric(10,2) not null)", "column name: expected text, found integer")]
    [InlineData("create table t (id bigint not null, name text not null, price numeric(10,2) not null)", "column name: expected text, found text not null")]
    [InlineData("create table t (id bigint, name text, price numeric(10,2) not null)", "column id: expected bigint not null, found bigint")]
    [InlineData("create table t (id bigint not null, name text, price numeric(12,2))", "column price: expected numeric(10,2) not null, found numeric(12,2)")]
    [InlineData("create table t (id bigint not null, name text, price numeric(10,2) not null, extra text not null)", "column extra: expected no such column, or one that may be left out, found text not null")]
    public async Task Another_shape_is_refused_with_the_statement_that_mends_it(string create, string what)
    {
        _database.Execute(create);
        PipelineException e = await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain("the table t of");
        e.What.ShouldContain(what);
        _database.Query<long>("select count(*) from pg_catalog.pg_namespace where nspname = 'typed_pipelines'").ShouldBe(0);

        _database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..]);
        await _database.LoadAsync(_table, null, [1L, "a", 1.5m]);
    }

    [Fact]
    public async Task A_table_with_more_than_its_contract_is_accepted()
    {
        _database.Execute(
            """
            create table t (
                surrogate bigint generated always as identity, free text, noted text default 'x' not null,
                price numeric(10,2) not null, name text, id bigint primary key, twice numeric generated always as (price * 2) stored not null
            )
            """);
        await _database.LoadAsync(_table, null, [1L, "a", 1.5m]);
        _database.Query<string>("select surrogate || noted || twice from t").ShouldBe("1x3.00");
    }

    [Fact]
    public async Task A_partitioned_table_is_a_table_and_a_view_is_none()
    {
        _database.Execute("create table t (id bigint not null primary key, name text, price numeric(10,2) not null) partition by range (id); create table t1 partition of t for values from (0) to (100)");
        (await _database.LoadAsync(_table, null, [1L, "a", 1.5m])).Inserted.ShouldBe(1);
        (await _database.LoadAsync(_table, null, [1L, "b", 1.5m])).Updated.ShouldBe(1);
        _database.Execute("create view v as select 1::bigint as id");
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(new TestContract("v", LoadStrategy.Append, [Col.Value("id", nullable: true)]))))
            .What.ShouldContain("is no table");
    }

    [Fact]
    public async Task A_schema_is_created_where_the_contract_names_one_and_tables_of_one_name_in_two_schemas_are_two()
    {
        TestContract[] tables = [.. new[] { "a", "b\" c" }.Select(schema => new TestContract("t", LoadStrategy.Merge, _table.Columns, schema: schema)), _table];
        await _database.PrepareAsync(tables);
        await using (IPartitionSession session = await _database.BeginAsync())
        {
            for (int i = 0; i < tables.Length; i++)
            {
                await Database.StageAsync(session, tables[i], null, [(long)i, "x", 1m]);
            }

            await session.PublishAsync(Database.Succeeded(3), CancellationToken.None);
        }

        _database.Query<string>("select (select id from a.t) || ' ' || (select id from \"b\"\" c\".t) || ' ' || (select id from public.t)").ShouldBe("0 1 2");
        var same = new TestContract("t", LoadStrategy.Merge, _table.Columns, schema: "public");
        await _database.PrepareAsync(same);
    }

    [Fact]
    public async Task The_ledgers_schema_is_its_own_and_names_that_would_be_cut_are_refused()
    {
        var table = new TestContract("x", LoadStrategy.Append, [Col.Value("id")], schema: "typed_pipelines");
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(table))).What.ShouldContain("lies in the schema of the ledger");
        var longName = new TestContract(new string('\u00e4', 32), LoadStrategy.Append, [Col.Value("id")]);
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(longName))).What.ShouldContain("longer than the 63 bytes");
    }

    [Fact]
    public async Task The_longest_names_work_and_their_indexes_stay_apart()
    {
        string name = new('n', 63);
        string column = new('\u00e4', 31);
        Partition day = Database.Day("2024-03-01");
        var table = new TestContract(
            name, LoadStrategy.ReplacePartition, [Col.Key("k", nullable: true), Col.Value(column + "a", ColumnType.Date, nullable: false), Col.Value(column + "b")], partition: column + "a", nullKeysMatch: true);
        await _database.LoadAsync(table, day, [null, new DateOnly(2024, 3, 1), 1L]);
        await _database.LoadAsync(table, day, [null, new DateOnly(2024, 3, 1), 2L]);
        _database.Query<long>($"select count(*) from {name}").ShouldBe(1);
    }

    [Fact]
    public async Task A_ledger_of_version_5_is_brought_up_by_the_next_run()
    {
        await _database.LoadAsync(_table, null, [1L, "a", 1m]);
        _database.Execute("drop table typed_pipelines.replaced; drop table typed_pipelines.replaced_shape; update typed_pipelines.version set version = 5");
        await _database.LoadAsync(_table, null, [2L, "b", 1m]);
        _database.Query<long>("select version from typed_pipelines.version").ShouldBe(LedgerTables.Version);
        (await _database.Destination.Ledger.FindReplacedAsync("p", "all", CancellationToken.None)).ShouldBeNull();
        (await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_ledger_of_version_2_is_brought_up_and_keeps_what_it_knows()
    {
        await _database.LoadAsync(_table, null, [1L, "a", 1m]);
        _database.Execute("drop table typed_pipelines.replaced; drop table typed_pipelines.replaced_shape; drop table typed_pipelines.check_result; alter table typed_pipelines.reject drop column resolved_by; drop table typed_pipelines.loaded_table; alter table typed_pipelines.partition drop column cut, drop column tables; update typed_pipelines.version set version = 2");
        await _database.LoadAsync(_table, null, [2L, "b", 1m]);
        _database.Query<long>("select version from typed_pipelines.version").ShouldBe(LedgerTables.Version);
        _database.Query<long>("select count(*) from typed_pipelines.loaded_table").ShouldBe(1);
        (await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_ledger_of_version_1_is_brought_up_by_the_next_run_and_said_to_be_old_until_then()
    {
        await _database.LoadAsync(_table, null, [1L, "a", 1m]);
        _database.Execute("drop table typed_pipelines.replaced; drop table typed_pipelines.replaced_shape; drop table typed_pipelines.check_result; alter table typed_pipelines.reject drop column resolved_by; drop table typed_pipelines.loaded_table; drop table typed_pipelines.late_column; drop table typed_pipelines.logic; alter table typed_pipelines.partition drop column fingerprint, drop column cut, drop column tables; update typed_pipelines.version set version = 1");
        PipelineException e = await Should.ThrowAsync<PipelineException>(async () => await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None));
        e.Message.ShouldContain($"has version 1, and this program reads version {LedgerTables.Version}. Nothing was changed. Run one of the pipelines");

        await _database.LoadAsync(_table, null, [2L, "b", 1m]);
        _database.Query<long>("select version from typed_pipelines.version").ShouldBe(LedgerTables.Version);
        _database.Query<long>("select count(*) from typed_pipelines.late_column").ShouldBe(0);
        (await _database.Destination.Ledger.GetRunsAsync(null, 10, CancellationToken.None)).Count.ShouldBe(2);
        (await _database.EntryAsync())!.State.ShouldBe(TypedPipelines.Ledger.PartitionState.Complete);
    }

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_refused()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("update typed_pipelines.version set version = 99");
        (await Should.ThrowAsync<PipelineException>(_database.PrepareAsync(_table))).Message.ShouldContain("version 99");
        await Should.ThrowAsync<PipelineException>(async () => await _database.Destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database=x;Password=tiger")]
    [InlineData("flights.db;Password=tiger")]
    [InlineData("Nonsense=1;Password=tiger")]
    [InlineData("Host=x;Port=many;Password=tiger")]
    public void A_connection_string_that_names_no_server_is_refused_without_its_password(string connectionString)
    {
        PipelineException e = Should.Throw<PipelineException>(() => new PostgreSqlDestination(connectionString, TimeProvider.System, NullLogger.Instance));
        e.Kind.ShouldBe(FailureKind.Usage);
        e.ToString().ShouldNotContain("tiger");
    }

    [Theory]
    [InlineData("Port=1", "cannot be reached")]
    [InlineData("Database=nowhere", "3D000")]
    public async Task A_database_that_cannot_be_reached_is_named_without_its_password(string change, string what)
    {
        var changed = new NpgsqlConnectionStringBuilder(_database.ConnectionString + ";" + change) { Password = "tiger", Timeout = 3 };
        await using var destination = new PostgreSqlDestination(changed.ConnectionString, TimeProvider.System, NullLogger.Instance);
        PipelineException e = await Should.ThrowAsync<PipelineException>(destination.PrepareAsync([_table], CancellationToken.None));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.What.ShouldContain(what);
        e.What.ShouldContain(destination.DisplayName);
        e.ToString().ShouldNotContain("tiger");
    }

    [Fact]
    public async Task Texts_in_another_encoding_are_refused()
    {
        await using var latin = new Database(options: "encoding 'LATIN1' locale 'C' template template0");
        (await Should.ThrowAsync<PipelineException>(latin.PrepareAsync(_table))).What.ShouldContain("LATIN1");
    }

    [Fact]
    public async Task Every_statement_is_logged_and_no_value_is()
    {
        var breaker = new StatementBreaker();
        await using var database = new Database(breaker);
        await database.LoadAsync(_table, null, [4711L, "secret", 47.11m]);
        breaker.Statements.ShouldContain(statement => statement.StartsWith("PostgreSQL: copy pg_temp.\"stage_t\"", StringComparison.Ordinal));
        breaker.Statements.ShouldContain(statement => statement.EndsWith("commit", StringComparison.Ordinal));
        breaker.Statements.ShouldNotContain(statement => statement.Contains("secret") || statement.Contains("47"));
    }

    [Fact]
    public async Task The_rights_of_the_documentation_are_enough_and_no_more_is_asked_for()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "postgresql.md"));
        string script = page.Split("```sql")[1].Split("```")[0];
        string role = $"loader_{Guid.NewGuid():N}";
        string database = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;
        var contract = new TestContract("flights", LoadStrategy.Merge, _table.Columns, schema: "analytics");
        await _database.PrepareAsync(contract);
        _database.Execute($"revoke all on database {database} from public; revoke all on schema public from public");
        _database.Execute(script.Replace("loader", role, StringComparison.Ordinal).Replace("database_name", database, StringComparison.Ordinal));
        try
        {
            var limited = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = role, Pooling = true };
            await using var destination = new PostgreSqlDestination(limited.ConnectionString, TimeProvider.System, NullLogger.Instance);
            for (long name = 0; name < 2; name++)
            {
                await destination.PrepareAsync([contract], CancellationToken.None);
                await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
                await Database.StageAsync(session, contract, null, [1L, $"{name}", 1m]);
                await session.PublishAsync(Database.Succeeded(1), CancellationToken.None);
                (await Database.ReadAsync(session, contract)).Count.ShouldBe(1);
            }

            (await destination.Ledger.GetRunsAsync(null, 5, CancellationToken.None)).Count.ShouldBe(2);
            PipelineException e = await Should.ThrowAsync<PipelineException>(destination.PrepareAsync([_table], CancellationToken.None));
            e.Message.ShouldContain("docs/destinations/postgresql.md has a script");
        }
        finally
        {
            _database.Execute($"drop owned by {role} cascade; drop role {role}");
        }
    }

    [Fact]
    public void UsePostgreSql_registers_the_destination()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        new Builder(services).UsePostgreSql("Host=a").UsePostgreSql();
        using ServiceProvider provider = services.BuildServiceProvider();
        DestinationRegistration[] registrations = [.. provider.GetServices<DestinationRegistration>()];
        registrations.Select(registration => (registration.Name, registration.DefaultConnectionString)).ShouldBe([("postgresql", "Host=a"), ("postgresql", null)]);
        IDestination destination = registrations[0].Create(provider, "Host=b.example;Port=5433;Database=c;Username=d;Password=tiger");
        destination.Name.ShouldBe("postgresql");
        destination.DisplayName.ShouldBe("c on b.example:5433");
    }

    private string Catalog() => _database.Query<string>("select string_agg(oid::text || xmin::text, ' ' order by oid) from pg_class");

    private sealed record Builder(IServiceCollection Services) : IPipelineBuilder;
}
