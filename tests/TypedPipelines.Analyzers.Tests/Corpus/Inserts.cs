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
