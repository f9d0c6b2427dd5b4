//// a repository that inserts what it gets => TP1002
public sealed class TradeRepository(NpgsqlDataSource source)
{
    public async Task SaveAsync(Trade trade)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into trades (id, symbol, price) values (@Id, @Symbol, @Price)", trade);
    }
}

//// the same with on conflict => nothing
public sealed class TradeRepository(NpgsqlDataSource source)
{
    public async Task SaveAsync(Trade trade)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into trades (id, symbol, price) values (@Id, @Symbol, @Price) on conflict (id) do update set price = excluded.price", trade);
    }
}

//// a loop over the lines of a file => TP1002
public static class PriceLoader
{
    public static void Load(SqliteConnection connection, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var parts = line.Split(';');
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO prices (symbol, close) VALUES ($symbol, $close)";
            command.Parameters.AddWithValue("$symbol", parts[0]);
            command.Parameters.AddWithValue("$close", parts[1]);
            command.ExecuteNonQuery();
        }
    }
}

//// insert or replace in SQLite => nothing
public static class PriceLoader
{
    public static void Load(SqliteConnection connection, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var parts = line.Split(';');
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT OR REPLACE INTO prices (symbol, close) VALUES ($symbol, $close)";
            command.Parameters.AddWithValue("$symbol", parts[0]);
            command.Parameters.AddWithValue("$close", parts[1]);
            command.ExecuteNonQuery();
        }
    }
}

//// insert ignore in MySQL => nothing
public sealed class Loader(IDbConnection db)
{
    public int Load(IReadOnlyList<Trade> trades) => db.Execute("INSERT IGNORE INTO trades (id, symbol) VALUES (@Id, @Symbol)", trades);
}

//// on duplicate key that sets => nothing
public sealed class Loader(IDbConnection db)
{
    public int Load(IReadOnlyList<Trade> trades) => db.Execute("INSERT INTO trades (id, price) VALUES (@Id, @Price) ON DUPLICATE KEY UPDATE price = VALUES(price)", trades);
}

//// on duplicate key that adds => TP1004
public sealed class Loader(IDbConnection db)
{
    public int Load(IReadOnlyList<Trade> trades) => db.Execute("INSERT INTO positions (symbol, quantity) VALUES (@Symbol, @Price) ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)", trades);
}

//// an insert from a stage with an anti-join => nothing
public sealed class Publisher(IDbConnection db)
{
    public void Publish() => db.Execute("""
        insert into trades (id, symbol)
        select s.id, s.symbol
        from stage s
        left join trades t on t.id = s.id
        where t.id is null
        """);
}

//// an insert from a stage without one => TP1002
public sealed class Publisher(IDbConnection db)
{
    public void Publish() => db.Execute("""
        insert into trades (id, symbol)
        select s.id, s.symbol
        from stage s
        """);
}

//// insert where not exists => nothing
public sealed class Publisher(IDbConnection db)
{
    public void Publish() => db.Execute("insert into trades (id) select s.id from stage s where not exists (select 1 from trades t where t.id = s.id)");
}

//// a delete of the day in the same text => nothing
public sealed class Daily(IDbConnection db)
{
    public void Load(DateOnly day) => db.Execute("""
        delete from daily_totals where day = @day;
        insert into daily_totals (day, total) select @day, sum(price) from trades where traded_on = @day;
        """, new { day });
}

//// a copy into a table that is not emptied => TP1002
public sealed class CopyLoader(NpgsqlConnection connection)
{
    public async Task LoadAsync(IAsyncEnumerable<Trade> trades)
    {
        await using var writer = await connection.BeginBinaryImportAsync("COPY trades (id, symbol) FROM STDIN (FORMAT BINARY)");
        await foreach (var trade in trades)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(trade.Id);
            await writer.WriteAsync(trade.Symbol);
        }

        await writer.CompleteAsync();
    }
}

//// a copy into a temporary table, then an upsert => nothing
public sealed class CopyLoader(NpgsqlConnection connection)
{
    public async Task LoadAsync(IAsyncEnumerable<Trade> trades)
    {
        await connection.ExecuteAsync("create temp table stage_trades (like trades) on commit drop");
        await using (var writer = await connection.BeginBinaryImportAsync("COPY stage_trades (id, symbol) FROM STDIN (FORMAT BINARY)"))
        {
            await foreach (var trade in trades)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(trade.Id);
                await writer.WriteAsync(trade.Symbol);
            }

            await writer.CompleteAsync();
        }

        await connection.ExecuteAsync("insert into trades select * from stage_trades on conflict (id) do nothing");
    }
}

//// a unique violation that is caught => nothing
public sealed class Inbox(NpgsqlConnection connection)
{
    public async Task<bool> TryTakeAsync(string message)
    {
        try
        {
            await connection.ExecuteAsync("insert into inbox (message) values (@message)", new { message });
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }
}

//// an insert whose text is built => TP1002
public sealed class Batch(IDbConnection db)
{
    public void Save(IReadOnlyList<Trade> trades)
    {
        var sql = new StringBuilder("insert into trades (id, symbol) values ");
        for (int i = 0; i < trades.Count; i++)
        {
            sql.Append(i == 0 ? "" : ",").Append("(@id").Append(i).Append(", @symbol").Append(i).Append(')');
        }

        db.Execute(sql.ToString());
    }
}

//// a stored procedure may do anything => nothing
public sealed class Batch(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute("usp_save_trade", trade, commandType: CommandType.StoredProcedure);
}

//// an insert in a migration => nothing
public abstract class Migration { public abstract void Up(IDbConnection db); }
public sealed class AddCountries : Migration
{
    public override void Up(IDbConnection db) => db.Execute("insert into countries (code) values ('DE'), ('FR')");
}

//// a text that only looks like an insert => nothing
public sealed class Explainer
{
    public string Text => "insert into trades (id) values (1)";
    public void Show() => Console.WriteLine(Text);
}

//// a running total of an account => TP1004
public sealed class Ledger(IDbConnection db)
{
    public void Post(int account, decimal amount) => db.Execute("update accounts set balance = balance + @amount where id = @account", new { account, amount });
}

//// a balance that is computed from its entries => nothing
public sealed class Ledger(IDbConnection db)
{
    public void Recompute(int account) => db.Execute("update accounts set balance = (select sum(amount) from entries where account = @account) where id = @account", new { account });
}

//// an optimistic lock => nothing
public sealed class Stock(IDbConnection db)
{
    public bool Take(int id, int version) => db.Execute("update stock set quantity = quantity - 1, version = version + 1 where id = @id and version = @version", new { id, version }) == 1;
}

//// attempts that are counted => nothing
public sealed class Queue(IDbConnection db)
{
    public void Failed(int id) => db.Execute("update work set attempts = attempts + 1 where id = @id", new { id });
}

//// a MERGE of SQL Server without a lock => TP1005
public sealed class Upserter(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute("""
        merge into dbo.trades as t
        using (select @Id as id, @Price as price) as s on t.id = s.id
        when matched then update set price = s.price
        when not matched then insert (id, price) values (s.id, s.price);
        """, trade);
}

//// a MERGE with a lock => nothing
public sealed class Upserter(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute("""
        merge into dbo.trades with (holdlock) as t
        using (select @Id as id, @Price as price) as s on t.id = s.id
        when matched then update set price = s.price
        when not matched then insert (id, price) values (s.id, s.price);
        """, trade);
}

//// a MERGE of PostgreSQL => nothing
public sealed class Upserter(NpgsqlConnection db)
{
    public void Save(Trade trade) => db.Execute("""
        merge into trades t using stage s on t.id = s.id
        when matched then update set price = s.price
        when not matched then insert (id, price) values (s.id, s.price)
        """, trade);
}

//// a version that is noted where it was applied => nothing
public sealed class Runner(DbConnection db)
{
    public void Note(int version) => db.Execute("INSERT INTO __AppMigrationHistory (Version, Description) VALUES (@version, 'applied')", new { version });
}

//// an outbox, whose key refuses a message the second time => nothing
public sealed class OutboxWriter(DbConnection db)
{
    public void Store(Guid messageId, string operations) => db.Execute("insert into dbo.ClientOutboxData (MessageId, Operations) values (@messageId, @operations)", new { messageId, operations });
}

//// an event with its severity and its message => nothing
public sealed class InvoiceRepository(DbConnection db)
{
    public void AddEvent(int invoice, string severity, string text) =>
        db.Execute("INSERT INTO InvoiceEvents (InvoiceId, Severity, Message) VALUES (@invoice, @severity, @text)", new { invoice, severity, text });
}

//// a level, and no message => TP1002
public sealed class Levels(DbConnection db)
{
    public void Add(int invoice, int level) => db.Execute("INSERT INTO InvoiceLevels (InvoiceId, Level) VALUES (@invoice, @level)", new { invoice, level });
}

//// rows of a parent that was deleted and inserted anew => nothing
public sealed class Setups(DbConnection db)
{
    public async Task SaveAsync(int id, string store, IReadOnlyList<int> users)
    {
        await db.OpenAsync();
        await using var transaction = await db.BeginTransactionAsync();
        await db.ExecuteAsync("DELETE FROM setups WHERE store = @store; INSERT INTO setups (id, store) VALUES (@id, @store)", new { id, store }, transaction);
        await db.ExecuteAsync("INSERT INTO setups_participants (setup, person) VALUES (@id, @user)", users.Select(user => new { id, user }).ToArray(), transaction);
        await transaction.CommitAsync();
    }
}

//// rows of a parent that was inserted only => TP1002 TP1002
public sealed class Setups(DbConnection db)
{
    public async Task SaveAsync(int id, string store, IReadOnlyList<int> users)
    {
        await db.ExecuteAsync("INSERT INTO setups (id, store) VALUES (@id, @store)", new { id, store });
        await db.ExecuteAsync("INSERT INTO setups_participants (setup, person) VALUES (@id, @user)", users.Select(user => new { id, user }).ToArray());
    }
}

//// rows that are moved before their table is dropped => nothing
public sealed class Mover(DbConnection db)
{
    public void Move()
    {
        db.Execute("INSERT INTO download_metadata (url, size) SELECT url, size FROM downloads");
        db.Execute("DROP TABLE downloads");
    }
}

//// an upgrade of the schema, which whoever runs it keeps count of => nothing
public interface ISchemaUpgrade
{
    void Run(DbConnection db);
}

public sealed class UpgradeTo9 : ISchemaUpgrade
{
    public void Run(DbConnection db) => db.Execute("INSERT INTO message_files (message, file) SELECT message, file FROM files");
}

//// a command for whatever table it is told => nothing
public static class Commands
{
    public static SqliteCommand Insert(SqliteConnection db, string table)
    {
        var command = db.CreateCommand();
        command.CommandText = "INSERT INTO " + table + " (name) VALUES ($name)";
        return command;
    }
}

//// a command that is run for whatever table it is told => TP1002
public static class Commands
{
    public static int Insert(DbConnection db, string table, string name) => db.Execute("INSERT INTO " + table + " (name) VALUES (@name)", new { name });
}

//// what an audit is given => nothing
public sealed class AuditEvent
{
    public string? Text { get; set; }
}

public sealed class Provider(DbConnection db)
{
    public int Insert(AuditEvent audit) => db.Execute("INSERT INTO happenings (text) VALUES (@Text)", audit);
}

//// PostgreSQL's key of an object, set and taken => nothing
public sealed class Objects(DbConnection db)
{
    public void Merge(int id, string data) => db.Execute(
        """
        INSERT INTO objects (id, data) VALUES (@id, @data::jsonb)
        ON CONFLICT (id) DO UPDATE SET data = COALESCE(objects.data, '{}'::jsonb) || EXCLUDED.data
        """, new { id, data });

    public void Take(int id, string key) => db.Execute("UPDATE objects SET data = COALESCE(data, '{}'::JSONB) - @key WHERE id = @id", new { id, key });
}

//// PostgreSQL's array, which gets longer => TP1004
public sealed class Objects(DbConnection db)
{
    public void Append(int id, string item) => db.Execute("UPDATE objects SET items = items || jsonb_build_array(@item) WHERE id = @id", new { id, item });
}

//// how often something was used => nothing
public sealed class Keys(DbConnection db)
{
    public void Use(string key) => db.Execute("UPDATE api_keys SET UsageCount = UsageCount + 1 WHERE key = @key", new { key });
}
