using System.ComponentModel.DataAnnotations.Schema;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Queries.Tests;

public sealed record Order(int Id, string Customer, DateTimeOffset OrderedAt, decimal Total, string? Note);

/// <summary>Queries of a real SQLite file: which rows they give, which are rejected, what ends the run.</summary>
public sealed class DbQueryTests : IDisposable
{
    private const string OfTheWindow = "select id, customer, ordered_at, total, note from orders where ordered_at >= @Start and ordered_at < @End order by id";

    private readonly SourceReading _reading = new();

    private readonly SqliteFile _shop = new(
        "create table orders (id integer primary key, customer text, ordered_at text not null, total text, note text)",
        """
        insert into orders values
            (1, 'Ada', '2025-12-31 23:59:59+00:00', '1.00', null),
            (2, 'Bob', '2026-01-01 00:00:00+00:00', '12.50', 'first'),
            (3, 'Cleo', '2026-01-01 23:59:59.9999999+00:00', '0.05', null),
            (4, 'Dan', '2026-01-02 00:00:00+00:00', '7', null)
        """);

    [Fact]
    public async Task ThePartitionsWindow_ArrivesAsParameters()
    {
        Partition day = PartitionScheme.Daily("2026-01-01").Parse("2026-01-01");

        List<ReadRow<Order>> rows = await _reading.AllAsync(new DbQuery<Order>(_shop.Database, OfTheWindow, new { day.Start, day.End }));

        rows.Select(row => row.Row).ShouldBe(
        [
            new Order(2, "Bob", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 12.50m, "first"),
            new Order(3, "Cleo", new DateTimeOffset(2026, 1, 1, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999), 0.05m, null),
        ]);
        rows.Select(row => $"{row.Origin}:{row.Line}").ShouldBe(["Feed:1", "Feed:2"]);
    }

    [Fact]
    public async Task AConnectionFactory_IsAskedForAConnection_WhichIsClosedBehindTheLastRow()
    {
        var made = new List<DbConnection>();
        var query = new DbQuery<Order>(
            () =>
            {
                made.Add(new SqliteConnection(_shop.ConnectionString));
                return made[^1];
            },
            "select * from orders");

        (await _reading.AllAsync(query)).Count.ShouldBe(4);
        (await _reading.AllAsync(query)).Count.ShouldBe(4);
        made.Count.ShouldBe(2);
        made.ShouldAllBe(connection => connection.State == ConnectionState.Closed);
    }

    [Theory]
    [InlineData("update orders set customer = null where id = 2", "customer", null, "is null, and the member holds no nulls")]
    [InlineData("update orders set total = null where id = 2", "total", null, "is null, and the member holds no nulls")]
    [InlineData("update orders set total = 'much' where id = 2", "total", "much", "is not a number")]
    [InlineData("update orders set ordered_at = '2026-01-01 12:00:00' where id = 2", "ordered_at", "2026-01-01 12:00:00", "is not a date and time with an offset")]
    public async Task AValueThatItsMemberCannotHold_RejectsTheRow_AndTheNextIsRead(string spoil, string column, string? value, string reason)
    {
        using (DbConnection connection = _shop.Database.OpenConnection())
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = spoil;
            command.ExecuteNonQuery();
        }

        (await _reading.AllAsync(new DbQuery<Order>(_shop.Database, "select * from orders order by id"))).Select(row => row.Line).ShouldBe([1, 3, 4]);

        Reject reject = _reading.Rejects.ShouldHaveSingleItem();
        reject.Line.ShouldBe(2);
        reject.Column.ShouldBe(column);
        reject.Value.ShouldBe(value);
        reject.Reason.ShouldContain(reason);
        reject.Raw.ShouldStartWith("id=2, customer=");
    }

    [Fact]
    public async Task RowsAreStreamed_AndCancelledInTheMiddle_TheConnectionIsClosed()
    {
        SqliteConnection? made = null;
        var query = new DbQuery<Number>(() => made = new SqliteConnection(_shop.ConnectionString), "with recursive n(value) as (select 1 union all select value + 1 from n) select value from n");
        using var cancellation = new CancellationTokenSource();
        await using (IRowSource<Number> open = ((ISource<Number>)query).Open(Context()))
        {
            var batch = new RowBatch<Number>();
            (await open.ReadAsync(batch, cancellation.Token)).ShouldBeTrue("a result without end gives its first rows");
            (await open.ReadAsync(batch, cancellation.Token)).ShouldBeTrue();
            batch.Rows[^1].Value.ShouldBe(2 * RowBatch<Number>.Capacity);
            await cancellation.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(async () => await open.ReadAsync(batch, cancellation.Token));
        }

        made!.State.ShouldBe(ConnectionState.Closed);
    }

    [Theory]
    [InlineData("select id, customer, ordered_at, total from orders", "gives no column for Order.Note; its columns are 'id', 'customer', 'ordered_at', 'total'")]
    [InlineData("select *, id as \"ID\" from orders", "gives 'id' and 'ID', which both match Order.Id")]
    [InlineData("select * from oders", "no such table: oders")]
    [InlineData("select * from orders where id = @Missing", "cannot be run")]
    public async Task AQueryThatDoesNotFit_EndsTheRun_AndIsNamed(string sql, string what)
    {
        PipelineException failure = await _reading.FailAsync(new DbQuery<Order>(_shop.Database, sql));
        failure.What.ShouldStartWith($"source Feed: the query '{sql}' ");
        failure.What.ShouldContain(what);
        failure.Next.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task AQueryThatBreaksOffInTheMiddle_SaysAfterHowManyRows()
    {
        // SQLite finds out about the overflow only when it comes to the row.
        PipelineException failure = await _reading.FailAsync(new DbQuery<Number>(
            _shop.Database, "select case id when 3 then abs(-9223372036854775808) else id end as value from orders order by id"));
        failure.What.ShouldContain("broke off after 2 rows: ");
        failure.What.ShouldContain("integer overflow");
    }

    [Theory]
    [InlineData("select * from orders; select * from orders where id > 2")]
    [InlineData("select * from orders; select 1 as id where 1 = 0")]
    [InlineData("select * from orders where 1 = 0; pragma user_version = 0; select * from orders")]
    public async Task ASecondResult_EndsTheRun_AndIsNotLeftOut(string sql)
    {
        PipelineException failure = await _reading.FailAsync(new DbQuery<Order>(_shop.Database, sql));
        failure.What.ShouldBe($"source Feed: the query '{sql}' gives a second result, and a source reads one");
        failure.Next.ShouldContain("union all");
    }

    [Theory]
    [InlineData("update orders set note = note || '!' where id < 3 returning *", 2)]
    [InlineData("select * from orders; delete from orders where id = 1", 1)]
    [InlineData("delete from orders where id = 1; select * from orders", 1)]
    public async Task AQueryThatWrites_EndsTheRun(string sql, int rows)
    {
        PipelineException failure = await _reading.FailAsync(new DbQuery<Order>(_shop.Database, sql));
        failure.What.ShouldBe($"source Feed: the query '{sql}' has changed {rows} rows, and a source only reads");
        failure.Next.ShouldContain("What it has changed stays so");
    }

    [Fact]
    public async Task StatementsThatOnlyPrepareTheQuery_MayStandBeforeIt() =>
        (await _reading.AllAsync(new DbQuery<Order>(_shop.Database, "pragma case_sensitive_like = on; select * from orders; "))).Count.ShouldBe(4);

    [Fact]
    public async Task NoRows_AreNoRows() =>
        (await _reading.AllAsync(new DbQuery<Order>(_shop.Database, "select * from orders where id > @least", new { least = 99 }))).ShouldBeEmpty();

    [Fact]
    public async Task NothingOfTheConnectionString_IsInAMessage()
    {
        const string Secret = "s3cret-pa55word";
        Func<DbConnection>[] connections =
        [
            () => new SqliteConnection($"Data Source=/no/such/folder/x.db;Password={Secret}"),
            () => new SqliteConnection($"postgres://me:{Secret}@host/db?ssl=on"),
            () => throw new InvalidOperationException($"no provider takes Password={Secret}"),
            () => new TellTale($"Server=db;Password={Secret}"),
        ];
        foreach (Func<DbConnection> connection in connections)
        {
            PipelineException failure = await _reading.FailAsync(new DbQuery<Order>(connection, "select 1"));
            failure.ToString().ShouldNotContain(Secret);
            failure.What.ShouldContain("query 'select 1'");
        }
    }

    [Fact]
    public async Task WhatIsNoSecret_DoesNotHideAMessage()
    {
        PipelineException failure = await _reading.FailAsync(
            new DbQuery<Order>(() => new SqliteConnection(_shop.ConnectionString + ";Foreign Keys=True"), "select * from \"True\""));
        failure.What.ShouldContain("no such table: True");
    }

    [Fact]
    public async Task MembersAreFoundByName_InAnyOrder_OnClassesAndStructsToo()
    {
        const string Sql = "select 'x' as more, 7 as \"the count\", 'n' as NAME";
        ReadRow<Named> row = (await _reading.AllAsync(new DbQuery<Named>(_shop.Database, Sql))).ShouldHaveSingleItem();
        (row.Row.Name, row.Row.Count, row.Row.Ignored).ShouldBe(("n", 7, null));
        (await _reading.AllAsync(new DbQuery<Pair>(_shop.Database, Sql))).ShouldHaveSingleItem().Row.ShouldBe(new Pair { TheCount = 7, Name = "n" });
    }

    public void Dispose() => _shop.Dispose();

    private SourceContext Context() => new("Feed", new NoRejects(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    public sealed record Number(long Value);

    public sealed class Named
    {
        public required string Name { get; init; }

        [Column("the_count")]
        public int Count { get; set; }

        [NotMapped]
        public string? Ignored { get; set; }

        public string Upper => Name.ToUpperInvariant();
    }

    public record struct Pair
    {
        public int TheCount { get; set; }

        public string Name { get; set; }
    }

    private sealed class NoRejects : IRejectSink
    {
        public void Add(Reject reject) => throw new InvalidOperationException(reject.Describe());
    }

    /// <summary>A provider that puts its connection string into its messages.</summary>
    private sealed class TellTale(string connectionString) : DbConnection
    {
        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; } = connectionString;

        public override string Database => "";

        public override string DataSource => "db";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Closed;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close()
        {
        }

        public override void Open() => throw new InvalidOperationException("cannot open " + ConnectionString);

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }
}
