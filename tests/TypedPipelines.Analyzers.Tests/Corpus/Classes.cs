//// a text that is given anew to one local => TP1002 TP1004
public sealed class Balances(IDbConnection db)
{
    public void Post(int account, decimal amount)
    {
        var sql = "INSERT INTO balance_changes (account, amount) VALUES (@account, @amount)";
        db.Execute(sql, new { account, amount });
        sql = "UPDATE balances SET amount = amount + @amount WHERE account = @account";
        db.Execute(sql, new { account, amount });
    }
}

//// the same with an upsert first => nothing
public sealed class Balances(IDbConnection db)
{
    public void Save(int account, decimal amount)
    {
        var sql = "INSERT INTO balances (account, amount) VALUES (@account, @amount) ON CONFLICT (account) DO UPDATE SET amount = excluded.amount";
        db.Execute(sql, new { account, amount });
        sql = "DELETE FROM balances WHERE amount = 0";
        db.Execute(sql);
    }
}

//// one of two texts, by a condition => nothing
public sealed class Balances(IDbConnection db)
{
    public void Save(int account, decimal amount, bool isKnown)
    {
        string sql = "INSERT INTO balances (account, amount) VALUES (@account, @amount)";
        if (isKnown)
        {
            sql = "UPDATE balances SET amount = @amount WHERE account = @account";
        }

        db.Execute(sql, new { account, amount });
    }
}

//// a branch that leaves before the text is used => TP1002
public sealed class Balances(IDbConnection db)
{
    public int Save(int account, decimal amount, bool isDry)
    {
        string sql = "INSERT INTO balances (account, amount) VALUES (@account, @amount)";
        if (isDry)
        {
            sql = "none";
            return sql.Length;
        }

        return db.Execute(sql, new { account, amount });
    }
}

//// a text that a method gives => TP1002
public sealed class Events(IDbConnection db)
{
    private static string InsertEvent() => "INSERT INTO happenings (id, kind) VALUES (@id, @kind) RETURNING id";

    public long Save(long id, string kind) => db.ExecuteScalar<long>(InsertEvent(), new { id, kind });
}

//// a text that a readonly field of another file's class gives => TP1002
public static class Statements
{
    private const string Table = "dbo.happenings";
    public static readonly string Insert = "INSERT INTO " + Table + " (id, kind) VALUES (@id, @kind)";
    public static string Upsert => $"INSERT INTO {Table} (id, kind) VALUES (@id, @kind) ON CONFLICT (id) DO NOTHING";
}
public sealed class Events(IDbConnection db)
{
    public void Save(long id, string kind) => db.Execute(Statements.Insert, new { id, kind });
    public void Keep(long id, string kind) => db.Execute(Statements.Upsert, new { id, kind });
}

//// a table that is only made where it is missing => TP1002
public sealed class Recovery(IDbConnection db)
{
    public void Save(string batch)
    {
        db.Execute("IF OBJECT_ID('dbo.recovered') IS NULL BEGIN CREATE TABLE dbo.recovered (batch nvarchar(100) NOT NULL) END");
        db.Execute("INSERT INTO dbo.recovered (batch) VALUES (@batch)", new { batch });
    }
}

//// a table that is dropped and made => nothing
public sealed class Recovery(IDbConnection db)
{
    public void Save(string batch)
    {
        db.Execute("IF OBJECT_ID('dbo.recovered') IS NOT NULL DROP TABLE dbo.recovered; CREATE TABLE dbo.recovered (batch nvarchar(100) NOT NULL)");
        db.Execute("INSERT INTO dbo.recovered (batch) VALUES (@batch)", new { batch });
    }
}

//// a reload in two methods of a repository => nothing
public sealed class TradeRepository(IDbConnection db)
{
    public Task DeleteEverything() => db.ExecuteAsync("DELETE FROM trades");

    public Task InsertMany(IEnumerable<Trade> trades) => db.ExecuteAsync("INSERT INTO trades (id, symbol) VALUES (@Id, @Symbol)", trades);
}

//// a delete of one row beside an insert => TP1002
public sealed class TradeRepository(IDbConnection db)
{
    public Task Delete(int id) => db.ExecuteAsync("DELETE FROM trades WHERE id = @id", new { id });

    public Task InsertMany(IEnumerable<Trade> trades) => db.ExecuteAsync("INSERT INTO trades (id, symbol) VALUES (@Id, @Symbol)", trades);
}

//// a bulk copy into a table that another method empties => nothing
public sealed class StagingLoader(IDbConnection db)
{
    public void Reset() => db.Execute("TRUNCATE TABLE import_trades");

    public void Load(System.Data.DataTable rows)
    {
        var bulk = new SqlBulkCopy { DestinationTableName = "dbo.import_trades" };
        bulk.WriteToServer(rows);
    }
}

//// a bulk copy into a table that nobody empties => TP1002
public sealed class StagingLoader(IDbConnection db)
{
    public void Reset() => db.Execute("TRUNCATE TABLE import_quotes");

    public void Load(System.Data.DataTable rows)
    {
        var bulk = new SqlBulkCopy { DestinationTableName = "dbo.import_trades" };
        bulk.WriteToServer(rows);
    }
}

//// a reload of entities in two methods => nothing
public sealed class OrderImports(ShopContext context)
{
    public async Task DeleteAll()
    {
        context.Orders.RemoveRange(context.Orders);
        await context.SaveChangesAsync();
    }

    public async Task InsertMany(IEnumerable<Order> orders)
    {
        await context.Orders.AddRangeAsync(orders);
        await context.SaveChangesAsync();
    }
}

//// rows that an extension takes away before => nothing
public static class Batches
{
    public static Task DeleteAllBatchedAsync<T>(this ShopContext context) where T : class => Task.CompletedTask;
}
public sealed class OrderImports(ShopContext context)
{
    public async Task Refresh(IEnumerable<Order> orders)
    {
        await context.DeleteAllBatchedAsync<Order>();
        await context.Orders.AddRangeAsync(orders);
        await context.SaveChangesAsync();
    }
}

//// entities that a helper saves => TP1002
public sealed class OrderImports(ShopContext context)
{
    public async Task Import(IEnumerable<Order> orders)
    {
        context.Orders.AddRange(orders);
        await InternalSaveChanges();
    }

    private Task<int> InternalSaveChanges() => context.SaveChangesAsync();
}

//// entities that a unit of work commits => TP1002
public interface IUnitOfWork { Task CommitAsync(CancellationToken cancel = default); }
public sealed class OrderImports(ShopContext context, IUnitOfWork work)
{
    public async Task Import(IEnumerable<Order> orders)
    {
        context.Orders.AddRange(orders);
        await work.CommitAsync();
    }
}

//// a private helper that each caller calls for what is not there => nothing
public sealed class Certificates(ShopContext context)
{
    public async Task<Order> Give(Order order)
    {
        var known = await context.Orders.FirstOrDefaultAsync(one => one.Number == order.Number);
        return known == null ? await Create(order) : known;
    }

    private async Task<Order> Create(Order order)
    {
        context.Orders.Add(order);
        await context.SaveChangesAsync();
        return order;
    }
}

//// a private helper whose caller only looks whether there is anything to do => TP1002
public sealed class Importer(IDbConnection db)
{
    public void Import(IReadOnlyList<Trade> trades)
    {
        if (!trades.Any())
        {
            return;
        }

        Insert(trades);
    }

    private void Insert(IReadOnlyList<Trade> trades) => db.Execute("insert into trades (id, symbol) values (@Id, @Symbol)", trades);
}

//// an entity that the caller has not found => nothing
public sealed class Settings(ShopContext context)
{
    public async Task Ensure(Order? order)
    {
        if (order == null)
        {
            order = new Order { Number = "1" };
            context.Orders.Add(order);
            await context.SaveChangesAsync();
        }
    }
}

//// an entity that must be given => TP1002
public sealed class OrderImports(ShopContext context)
{
    public async Task Add(Order? order)
    {
        if (order == null)
        {
            throw new ArgumentNullException(nameof(order));
        }

        context.Orders.Add(order);
        await context.SaveChangesAsync();
    }
}

//// a log of what was searched for => nothing
public sealed class Searches(IDbConnection db)
{
    public void Note(string text) => db.Execute("insert into SearchLogs (text, searched_at) values (@text, @at)", new { text, at = DateTime.UtcNow });
}

//// a repository for all entities => nothing
public class Repository<T>(ShopContext context) where T : class
{
    public async Task AddRange(IEnumerable<T> rows)
    {
        context.Set<T>().AddRange(rows);
        await context.SaveChangesAsync();
    }
}

//// the lines of an order that was looked for => TP1010
public sealed class Orders(IDbConnection db)
{
    public void Save(string number, IEnumerable<string> lines)
    {
        var id = db.ExecuteScalar<int>("select id from orders where number = @number", new { number });
        if (id == 0)
        {
            id = db.ExecuteScalar<int>("insert into orders (number) values (@number) returning id", new { number });
            foreach (var line in lines)
            {
                db.Execute("insert into order_lines (order_id, line) values (@id, @line)", new { id, line });
            }
        }
    }
}

//// a helper before it that only inserts something else => TP1002 TP1002
public static class Importer
{
    public static void Import(SqliteConnection connection, string file, IEnumerable<string> lines)
    {
        AddFile(connection, file);
        foreach (var line in lines)
        {
            connection.Execute("insert into lines (line) values (@line)", new { line });
        }
    }

    private static void AddFile(SqliteConnection connection, string file) => connection.Execute("insert into files (name) values (@file)", new { file });
}

//// a helper before it that may do anything => TP1002
public static class Importer
{
    public static void Import(SqliteConnection connection, string file, IEnumerable<string> lines)
    {
        Prepare(connection, file);
        foreach (var line in lines)
        {
            connection.Execute("insert into lines (line) values (@line)", new { line });
        }
    }

    private static void Prepare(SqliteConnection connection, string file)
    {
        connection.Execute("delete from lines where file = @file", new { file });
        connection.Execute("insert into files (name) values (@file)", new { file });
    }
}

//// a wrapper of one's own around a client => TP1002
public interface IDataAccess { Task SaveData<T>(string sql, T row); }
public sealed class People(IDataAccess data)
{
    public Task Add(Customer customer) => data.SaveData("insert into dbo.People (Name) values (@Name)", customer);
}

//// a message that speaks of an insert => nothing
public static class Messages
{
    public static void LogSql(string text) => Console.WriteLine(text);
    public static void Say() => LogSql("insert into trades (id) values (1)");
}

//// a day that is kept where there is one => nothing
public sealed class Approvals(IDbConnection db)
{
    public void Keep(int id) => db.Execute("update standards set register_day = coalesce(register_day, getutcdate()) where id = @id", new { id });
}

//// a day that is set anew on each run => TP1003
public sealed class Approvals(IDbConnection db)
{
    public void Approve(int id) => db.Execute("update standards set register_day = coalesce(@day, getutcdate()) where id = @id", new { id, day = (DateTime?)null });
}

//// a time in a row that was looked for => TP1010
public sealed class Approvals(IDbConnection db)
{
    public void Ensure(string code)
    {
        if (db.ExecuteScalar<int>("select count(*) from standards where code = @code", new { code }) == 0)
        {
            db.Execute("insert into standards (code, register_day) values (@code, getutcdate())", new { code });
        }
    }
}

//// a bulk copy whose table others have set => nothing
public sealed class BulkWrapper(SqlBulkCopy copy) : IDisposable
{
    public void Write(System.Data.DataTable rows) => copy.WriteToServer(rows);
    public void Dispose() { }
}
