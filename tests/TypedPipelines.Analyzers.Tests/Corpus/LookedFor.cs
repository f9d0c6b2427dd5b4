//// a row that is in no cache of what the database has => nothing
public static class Tokens
{
    private static readonly Dictionary<int, string> Known = new();

    public static void Load(IDbConnection db)
    {
        foreach (var (id, token) in db.Query<(int, string)>("select id, token from tokens"))
        {
            Known.Add(id, token);
        }
    }

    public static void Take(int id, string token, Func<IDbConnection> open)
    {
        if (!Known.TryGetValue(id, out var existing))
        {
            Known.Add(id, token);
            using var db = open();
            db.Execute("INSERT INTO tokens (id, token) VALUES (@id, @token)", new { id, token });
        }
        else if (existing != token)
        {
            using var db = open();
            db.Execute("UPDATE tokens SET token = @token WHERE id = @id", new { id, token });
        }
    }
}

//// a set of what this run has seen, and no more => TP1002
public sealed class Trades(IDbConnection db)
{
    public void Import(IEnumerable<(int Id, decimal Price)> trades)
    {
        var seen = new HashSet<int>();
        foreach (var trade in trades)
        {
            if (seen.Contains(trade.Id))
            {
                continue;
            }

            seen.Add(trade.Id);
            db.Execute("INSERT INTO trades (id, price) VALUES (@Id, @Price)", new { trade.Id, trade.Price });
        }
    }
}

//// lines of which some are left out by what they say => TP1002
public sealed class Lines(IDbConnection db)
{
    public void Import(IEnumerable<string> lines, string header)
    {
        foreach (var line in lines)
        {
            if (line.Contains(header))
            {
                continue;
            }

            db.Execute("INSERT INTO trade_lines (line) VALUES (@line)", new { line });
        }
    }
}

//// nothing to insert, and then all that is there => TP1002
public sealed class Rates(IDbConnection db)
{
    public async Task SaveAsync(System.Net.Http.HttpClient http)
    {
        string text = await http.GetStringAsync("rates");
        if (text == null || text.Length == 0)
        {
            return;
        }

        await db.ExecuteAsync("INSERT INTO rates (text) VALUES (@text)", new { text });
    }
}

//// a checkpoint that is asked for by another method => nothing
public sealed class Checkpoints(Func<IDbConnection> open)
{
    public long? Position(string code)
    {
        using var db = open();
        return db.QuerySingleOrDefault<long?>("SELECT position FROM checkpoints WHERE code = @code", new { code });
    }

    public void Store(string code, long position)
    {
        var actual = Position(code);
        var known = LookUp(code);
        using var db = open();
        if (known == null)
        {
            db.Execute("INSERT INTO checkpoints (code, position) VALUES (@code, @position)", new { code, position });
        }
        else
        {
            db.Execute("UPDATE checkpoints SET position = @position WHERE code = @code", new { code, position, actual });
        }
    }

    private long? LookUp(string code)
    {
        return GetPosition(code);
    }

    private long? GetPosition(string code) => Position(code);
}

//// an update that has met no row => nothing
public sealed class Totals(IDbConnection db)
{
    public void Set(DateTime day, decimal total)
    {
        int changed = db.Execute("UPDATE totals SET total = @total WHERE day = @day", new { day, total });
        if (changed == 0)
        {
            db.Execute("INSERT INTO totals (day, total) VALUES (@day, @total)", new { day, total });
        }
    }
}

//// an insert whose failure is answered by an update => nothing
public sealed class Infos(Func<DbConnection> open)
{
    public async Task Save(string id, string data)
    {
        await using var db = open();
        try
        {
            await db.ExecuteAsync("insert into infos (id, data) values (@id, @data)", new { id, data });
        }
        catch (DbException)
        {
            await db.ExecuteAsync("update infos set data = @data where id = @id", new { id, data });
        }
    }
}

//// an insert whose failure is only told => TP1002
public sealed class Infos(DbConnection db, ILogger<Infos> log)
{
    public async Task Save(string id, string data)
    {
        try
        {
            await db.ExecuteAsync("insert into infos (id, data) values (@id, @data)", new { id, data });
        }
        catch (DbException failure)
        {
            log.LogWarning(failure, "not saved");
        }
    }
}

//// those that are not among the known ones, chosen by LINQ => nothing
public sealed class Tags(IDbConnection db)
{
    public void Add(IReadOnlyList<string> names)
    {
        var known = LoadKnown();
        var added = names.Where(name => !known.Contains(name)).ToList();
        foreach (var name in added)
        {
            db.Execute("INSERT INTO tags (name) VALUES (@name)", new { name });
        }
    }

    public void AddAll(IReadOnlyList<string> names)
    {
        var added = names.Except(LoadKnown());
        db.Execute("INSERT INTO tags (name) VALUES (@name)", added.Select(name => new { name }));
    }

    private List<string> LoadKnown() => db.Query<string>("SELECT label FROM known_labels").AsList();
}

//// a repository whose only caller in another class has looked => nothing
public sealed class Genres(Func<IDbConnection> open)
{
    public void AddGenre(int film, string name)
    {
        using var db = open();
        db.Execute("INSERT INTO genres (film, name) VALUES (@film, @name)", new { film, name });
    }
}

public sealed class Films(Genres genres)
{
    public void Take(int film, IReadOnlyList<string> names, IReadOnlyList<string> existing)
    {
        foreach (var name in names.Where(name => existing.All(known => known != name)).ToList())
        {
            genres.AddGenre(film, name);
        }
    }
}

//// a repository one of whose callers has not looked => TP1002
public sealed class Genres(Func<IDbConnection> open)
{
    public void AddGenre(int film, string name)
    {
        using var db = open();
        db.Execute("INSERT INTO genres (film, name) VALUES (@film, @name)", new { film, name });
    }
}

public sealed class Films(Genres genres)
{
    public void Take(int film, IReadOnlyList<string> names, IReadOnlyList<string> existing)
    {
        foreach (var name in names.Where(name => existing.All(known => known != name)).ToList())
        {
            genres.AddGenre(film, name);
        }
    }

    public void Import(int film, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            genres.AddGenre(film, name);
        }
    }
}

//// a page that is fetched before its rows are sent to the repository => TP1002
public sealed class Prices(Func<IDbConnection> open)
{
    public void InsertPrice(string symbol, decimal price)
    {
        using var db = open();
        db.Execute("INSERT INTO prices (symbol, price) VALUES (@symbol, @price)", new { symbol, price });
    }
}

public sealed class Scraper(Prices prices, System.Net.Http.HttpClient http)
{
    public async Task RunAsync()
    {
        var page = await http.GetAsync("prices");
        if (!page.IsSuccessStatusCode)
        {
            return;
        }

        foreach (var line in (await page.Content.ReadAsStringAsync()).Split('\n'))
        {
            if (line.Length > 0)
            {
                prices.InsertPrice(line, 1m);
            }
        }
    }
}

//// a change that is noted when it is made => nothing
public sealed class Names(IDbConnection db)
{
    public void Take(int id, string name)
    {
        var row = db.QuerySingle<Customer>("SELECT Id, Name FROM customers WHERE Id = @id", new { id });
        if (row.Name != name)
        {
            db.Execute("UPDATE customers SET Name = @name WHERE Id = @id", new { id, name });
            db.Execute("INSERT INTO customer_changes (customer, old_name, new_name) VALUES (@id, @old, @name)", new { id, old = row.Name, name });
        }
    }
}

//// rows that a method of the class clears first => nothing
public sealed class Targets(ShopContext db)
{
    public async Task SaveAsync(IEnumerable<Order> orders, string note)
    {
        await ClearAsync(note);
        foreach (var order in orders)
        {
            db.Orders.Add(order);
        }

        await db.SaveChangesAsync();
    }

    private async Task ClearAsync(string note)
    {
        var old = await db.Orders.Where(order => order.Note == note).ToListAsync();
        db.Orders.RemoveRange(old);
        await db.SaveChangesAsync();
    }
}

//// orders that come from a query for what has none yet => nothing
public sealed class OrderBackfill(ShopContext db)
{
    public async Task RunAsync()
    {
        var without = await db.Customers.Where(customer => !db.Orders.Any(order => order.Number == customer.Name)).ToListAsync();
        foreach (var customer in without)
        {
            await AddAsync(customer);
        }
    }

    private async Task AddAsync(Customer customer)
    {
        db.Add(new Order { Number = customer.Name });
        await db.SaveChangesAsync();
    }
}

//// an entity whose id says that it is new => nothing
public sealed class Folders(ShopContext db)
{
    public async Task KeepAsync(Order order)
    {
        if (order.Id < 1)
        {
            await db.Orders.AddAsync(order);
            await db.SaveChangesAsync();
        }
    }
}

//// what is wrong with the rows is asked, and nothing else => TP1002
public sealed class OrderImport(ShopContext db)
{
    public void Run(IReadOnlyList<Order> orders, IReadOnlyList<string> errors)
    {
        if (errors.Any())
        {
            return;
        }

        foreach (var order in orders)
        {
            db.Orders.Add(order);
        }

        db.SaveChanges();
    }
}

//// one of none or one leaves before => nothing
public sealed class Shows(IDbConnection db)
{
    public int GetOrAdd(string name)
    {
        var found = LoadShow(name);
        foreach (var show in found)
        {
            return show;
        }

        return db.Execute("INSERT INTO shows (name) VALUES (@name)", new { name });
    }

    private IEnumerable<int> LoadShow(string name) => Enumerable.Repeat(name.Length, 1);
}

//// a library's own insert, with the library in the project => nothing
namespace SQLite
{
    public class SQLiteConnection
    {
        public int Insert(object row) => Insert(row, "");

        public int Insert(object row, string extra) => extra.Length + row.GetHashCode();
    }
}

//// a wrapper whose parameter says that it takes SQL => TP1002
public sealed class Folders(Rows rows)
{
    public long Create(string name) => rows.One(sql: "INSERT INTO folders (name) VALUES (@name) RETURNING id", ("@name", name));
}

public sealed class Rows(DbConnection connection)
{
    public long One(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return (long)command.ExecuteScalar()!;
    }
}

//// a text that is told to people, by a parameter that says SQL => nothing
public sealed class Explained(ILogger<Explained> log)
{
    public void Say() => Show(sql: "INSERT INTO folders (name) VALUES (@name)");

    private void LogStatement(string sql) => log.LogInformation("{Sql}", sql);

    private void Show(string sql) => LogStatement(sql);
}

//// an attempt that says whether it was made => nothing
public sealed class Routes(Func<DbConnection> open)
{
    public async Task<bool> TryInsertAsync(int id, string name)
    {
        await using var db = open();
        try
        {
            await db.ExecuteAsync("insert into routes (id, name) values (@id, @name)", new { id, name });
        }
        catch (DbException)
        {
            return false;
        }

        return true;
    }
}

//// rows that are moved, by two commands => nothing
public sealed class Archive(DbConnection db)
{
    public void Run(DateTime before)
    {
        using var transaction = db.BeginTransaction();
        db.Execute("INSERT INTO trades_archive (id, price) SELECT id, price FROM trades WHERE day < @before", new { before }, transaction);
        db.Execute("DELETE FROM trades WHERE day < @before", new { before }, transaction);
        transaction.Commit();
    }
}

//// rows that are marked as taken => nothing
public sealed class Transfer(IDbConnection db)
{
    public void Run() => db.Execute("""
        INSERT INTO bookings (id, amount) SELECT id, amount FROM received WHERE is_booked = 0;
        UPDATE received SET is_booked = 1 WHERE is_booked = 0;
        """);
}

//// rows that are copied, while something else is deleted => TP1002
public sealed class Copy(IDbConnection db)
{
    public void Run(DateTime day)
    {
        db.Execute("INSERT INTO trades_copy (id, price) SELECT id, price FROM trades WHERE day = @day", new { day });
        db.Execute("DELETE FROM requests WHERE day = @day", new { day });
    }
}

//// what happened, by a method that logs it => nothing
public sealed class Rooms(IDbConnection db)
{
    public Task LogRoomEventAsync(int room, string kind) => db.ExecuteAsync("INSERT INTO room_happenings (room, kind) VALUES (@room, @kind)", new { room, kind });
}

//// a history beside the change that it tells of => nothing
public sealed class Apps(IDbConnection db)
{
    public void Remove(int app, IReadOnlyDictionary<int, string> values)
    {
        foreach (var (key, value) in values)
        {
            db.Execute("INSERT INTO apps_history (app, item, old_value) VALUES (@app, @key, @value)", new { app, key, value });
        }

        db.Execute("DELETE FROM apps_info WHERE app = @app", new { app });
    }
}

//// a history that is a table of prices of its own => TP1002
public sealed class Prices(IDbConnection db)
{
    public void Add(int app, decimal price) => db.Execute("INSERT INTO price_history (app, price) VALUES (@app, @price)", new { app, price });
}
