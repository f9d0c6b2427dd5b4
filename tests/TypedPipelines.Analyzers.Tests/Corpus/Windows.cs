//// delete and insert on two commands => TP1008
public static class Replace
{
    public static void Run(NpgsqlDataSource source, DateOnly day)
    {
        using var connection = source.OpenConnection();
        connection.Execute("delete from daily where day = @day", new { day });
        connection.Execute("insert into daily (day, total) select day, sum(price) from trades where day = @day group by day", new { day });
    }
}

//// the same in a transaction => nothing
public static class Replace
{
    public static void Run(NpgsqlDataSource source, DateOnly day)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        connection.Execute("delete from daily where day = @day", new { day }, transaction);
        connection.Execute("insert into daily (day, total) select day, sum(price) from trades where day = @day group by day", new { day }, transaction);
        transaction.Commit();
    }
}

//// a transaction that ends between them => TP1008
public static class Replace
{
    public static async Task RunAsync(NpgsqlDataSource source, DateOnly day)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("delete from daily where day = @day", new { day }, transaction);
            await transaction.CommitAsync();
        }

        await connection.ExecuteAsync("insert into daily (day, total) values (@day, 0)", new { day });
    }
}

//// a scope around both => nothing
public static class Replace
{
    public static void Run(NpgsqlDataSource source, DateOnly day)
    {
        using var scope = new System.Transactions.TransactionScope();
        using var connection = source.OpenConnection();
        connection.Execute("delete from daily where day = @day", new { day });
        connection.Execute("insert into daily (day, total) values (@day, 0)", new { day });
        scope.Complete();
    }
}

//// a connection that somebody gives => nothing
public static class Replace
{
    public static void Run(IDbConnection connection, DateOnly day)
    {
        connection.Execute("delete from daily where day = @day", new { day });
        connection.Execute("insert into daily (day, total) values (@day, 0)", new { day });
    }
}

//// a truncate and a copy => TP1009
public static class Full
{
    public static async Task LoadAsync(NpgsqlDataSource source, IEnumerable<Trade> trades)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("truncate table trades");
        await using var writer = await connection.BeginBinaryImportAsync("copy trades (id) from stdin (format binary)");
        foreach (var trade in trades)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(trade.Id);
        }

        await writer.CompleteAsync();
    }
}

//// a truncate and a copy in a transaction => nothing
public static class Full
{
    public static async Task LoadAsync(NpgsqlDataSource source, IEnumerable<Trade> trades)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("truncate table trades", transaction: transaction);
        await using (var writer = await connection.BeginBinaryImportAsync("copy trades (id) from stdin (format binary)"))
        {
            foreach (var trade in trades)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(trade.Id);
            }

            await writer.CompleteAsync();
        }

        await transaction.CommitAsync();
    }
}

//// a stage that is emptied => nothing
public static class Full
{
    public static void Load(NpgsqlDataSource source, IEnumerable<Trade> trades)
    {
        using var connection = source.OpenConnection();
        connection.Execute("truncate table stg_trades");
        connection.Execute("insert into stg_trades (id) values (@Id)", trades);
    }
}

//// a table that is dropped and filled => TP1009
public static class Full
{
    public static void Load(string file)
    {
        using var connection = new SqliteConnection(file);
        connection.Execute("drop table if exists totals");
        connection.Execute("create table totals (day text, total real)");
        connection.Execute("insert into totals select day, sum(price) from trades group by day");
    }
}

//// a table that is dropped and made => nothing
public static class Full
{
    public static void Create(string file)
    {
        using var connection = new SqliteConnection(file);
        connection.Execute("drop table if exists totals");
        connection.Execute("create table totals (day text, total real)");
    }
}

//// old rows are deleted, others come => nothing
public static class Retention
{
    public static void Run(string file)
    {
        using var connection = new SqliteConnection(file);
        connection.Execute("delete from events where at < date('now', '-30 days')");
        connection.Execute("insert into cleanups (name) values ('events') on conflict do nothing");
    }
}

//// an insert instead of a delete => nothing
public static class Toggle
{
    public static void Run(string file, bool on, int id)
    {
        using var connection = new SqliteConnection(file);
        if (on)
        {
            connection.Execute("insert into marks (id) values (@id) on conflict do nothing", new { id });
        }
        else
        {
            connection.Execute("delete from marks where id = @id", new { id });
        }
    }
}

//// a delete of one day before an insert of all => TP1007
public sealed class Totals(IDbConnection db)
{
    public void Load(DateOnly day) => db.Execute("""
        delete from totals where day = @day;
        insert into totals (day, total) select day, price from trades;
        """, new { day });
}

//// an end that is in one and not in the other => TP1007
public sealed class Totals(IDbConnection db)
{
    public void Load(DateTime from, DateTime to) => db.Execute("""
        delete from totals where at >= @from and at < @to;
        insert into totals (at, total) select at, price from trades where at >= @from and at <= @to;
        """, new { from, to });
}

//// both ends alike => nothing
public sealed class Totals(IDbConnection db)
{
    public void Load(DateTime from, DateTime to) => db.Execute("""
        delete from totals where at >= @from and at < @to;
        insert into totals (at, total) select at, price from trades where at >= @from and at < @to;
        """, new { from, to });
}

//// two days that are two variables => TP1007
public sealed class Totals(IDbConnection db)
{
    public void Load(DateOnly day, DateOnly next) => db.Execute("""
        delete from totals where day = @day;
        insert into totals (day, total) select day, price from trades where day = @next;
        """, new { day, next });
}

//// a computed day => nothing
public sealed class Totals(IDbConnection db)
{
    public void Load(DateOnly day) => db.Execute("""
        delete from totals where day = @day;
        insert into totals (day, total) select cast(at as date), sum(price) from trades where cast(at as date) = @day group by cast(at as date);
        """, new { day });
}

//// a delete by a list => nothing
public sealed class Totals(IDbConnection db)
{
    public void Load() => db.Execute("""
        delete from totals where day in (select distinct day from stage);
        insert into totals (day, total) select day, total from stage;
        """);
}

//// a region that only the delete knows => TP1007
public sealed class Totals(IDbConnection db)
{
    public void Load(DateOnly day, string region) => db.Execute("""
        delete from totals where day = @day and region = @region;
        insert into totals (day, region, total) select day, region, price from trades where day = @day;
        """, new { day, region });
}

//// the first delete of two => nothing
public sealed class Totals(IDbConnection db)
{
    public void Load(DateOnly day) => db.Execute("""
        delete from totals where day < @day;
        delete from totals where day >= @day;
        insert into totals (day, total) select day, price from trades;
        """, new { day });
}

//// entities that are deleted and saved before the new ones are => TP1008
public sealed class OrderReload(ShopContext db)
{
    public async Task RunAsync(IReadOnlyList<Order> orders, string note)
    {
        db.Orders.RemoveRange(db.Orders.Where(order => order.Note == note));
        await db.SaveChangesAsync();
        db.Orders.AddRange(orders);
        await db.SaveChangesAsync();
    }
}

//// entities that are deleted at once before the new ones are saved => TP1008
public sealed class OrderReload(ShopContext db)
{
    public async Task RunAsync(IReadOnlyList<Order> orders, string note)
    {
        await db.Orders.Where(order => order.Note == note).ExecuteDeleteAsync();
        db.Orders.AddRange(orders);
        await db.SaveChangesAsync();
    }
}

//// entities that are deleted and added, and saved together => nothing
public sealed class OrderReload(ShopContext db)
{
    public async Task RunAsync(IReadOnlyList<Order> orders, string note)
    {
        db.Orders.RemoveRange(db.Orders.Where(order => order.Note == note));
        db.Orders.AddRange(orders);
        await db.SaveChangesAsync();
    }
}

//// the same in two steps of one transaction => nothing
public sealed class OrderReload(ShopContext db)
{
    public async Task RunAsync(IReadOnlyList<Order> orders, string note)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Orders.Where(order => order.Note == note).ExecuteDeleteAsync();
        db.Orders.AddRange(orders);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}

//// entities that are deleted in two steps where the caller begins => nothing
public sealed class OrderReload(ShopContext db)
{
    public async Task RunAsync(IReadOnlyList<Order> orders)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await ReplaceAsync(orders);
        await transaction.CommitAsync();
    }

    private async Task ReplaceAsync(IReadOnlyList<Order> orders)
    {
        await db.Orders.ExecuteDeleteAsync();
        db.Orders.AddRange(orders);
        await db.SaveChangesAsync();
    }
}

//// orders of another kind than those that are deleted => nothing
public sealed class Cleaning(ShopContext db)
{
    public async Task RunAsync(Customer customer)
    {
        await db.Orders.Where(order => order.Note == "old").ExecuteDeleteAsync();
        if (!await db.Customers.AnyAsync(known => known.Name == customer.Name))
        {
            db.Customers.Add(customer);
        }

        await db.SaveChangesAsync();
    }
}
