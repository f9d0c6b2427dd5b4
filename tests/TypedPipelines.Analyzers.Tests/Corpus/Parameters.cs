//// a dictionary of parameters => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(int attribute, int claim)
    {
        string id = Guid.NewGuid().ToString();
        var parameters = new Dictionary<string, object> { { "@Id", id }, { "@AttributeId", attribute }, { "@ClaimId", claim } };
        db.Execute("INSERT INTO attribute_claims (id, attribute_id, claim_id) VALUES (@Id, @AttributeId, @ClaimId)", parameters);
    }
}

//// a dictionary that is filled by its indexer => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(string symbol, decimal price)
    {
        var row = new Dictionary<string, object?>();
        row["symbol"] = symbol;
        row["trade_date"] = DateTime.Today;
        row["price"] = price;
        db.Execute("INSERT INTO trades (symbol, trade_date, price) VALUES (@symbol, @trade_date, @price)", row);
    }
}

//// a parameter that is added and given its value at once => TP1002 TP1003
public sealed class A(SqliteConnection db)
{
    public void Save(string name)
    {
        using var command = db.CreateCommand();
        command.CommandText = "INSERT INTO prices (name, price_date) VALUES (@name, @date)";
        command.Parameters.Add(new SqliteParameter("@name", SqliteType.Text)).Value = name;
        command.Parameters.Add(new SqliteParameter("@date", SqliteType.Text)).Value = DateTime.Now.ToString("yyyy-MM-dd");
        command.ExecuteNonQuery();
    }
}

//// an entity of a filter that is changed => nothing
public sealed class TradeJob(DbContext db)
{
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (Trade trade in await db.Set<Trade>().Where(t => t.Price == 0).ToListAsync(ct))
        {
            trade.TradedOn = DateTime.Today;
        }

        await db.SaveChangesAsync(ct);
    }
}

//// an id that the entity makes itself => TP1002 TP1006
public class Position { public Guid Id { get; set; } = Guid.NewGuid(); public string? Symbol { get; set; } public decimal Amount { get; set; } }
public sealed class PositionImport(DbContext db)
{
    public async Task ImportAsync(IEnumerable<(string Symbol, decimal Amount)> lines, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            db.Set<Position>().Add(new Position { Symbol = line.Symbol, Amount = line.Amount });
        }

        await db.SaveChangesAsync(ct);
    }
}

//// rows that are added by position => TP1002 TP1003
public sealed class Loader(SqlBulkCopy copy)
{
    public void Load(IEnumerable<string> symbols)
    {
        var table = new DataTable();
        table.Columns.Add("Symbol", typeof(string));
        table.Columns.Add("PriceDate", typeof(DateTime));
        foreach (string symbol in symbols)
        {
            table.Rows.Add(symbol, DateTime.Today);
        }

        copy.DestinationTableName = "Prices";
        copy.WriteToServer(table);
    }
}

//// a format that is appended => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(string symbol)
    {
        var sql = new StringBuilder();
        sql.Append("INSERT INTO trades (symbol, trade_date) ");
        sql.AppendFormat("VALUES ('{0}', '{1:yyyy-MM-dd}')", symbol, DateTime.Now);
        db.Execute(sql.ToString());
    }
}

//// a date in the text => TP1002 TP1003 TP1011 TP1011
public sealed class A(IDbConnection db)
{
    public void Save(string symbol) => db.Execute($"INSERT INTO trades (symbol, trade_date) VALUES ('{symbol}', '{DateTime.Now:yyyy-MM-dd}')");
}

//// a method that gives yesterday => TP1002 TP1006
public sealed class A(IDbConnection db)
{
    private static DateTime Yesterday() => DateTime.Now.Date.AddDays(-1);
    public void Save(string symbol) => db.Execute("INSERT INTO trades (symbol, trade_date) VALUES (@symbol, @day)", new { symbol, day = Yesterday() });
}

//// an update of what a filter finds => nothing
public sealed class TradeJob(DbContext db)
{
    public Task<int> RunAsync(CancellationToken ct) =>
        db.Set<Trade>().Where(t => t.Price == 0).ExecuteUpdateAsync(s => s.SetProperty(t => t.TradedOn, DateTime.Today), ct);
}

//// rows that a query makes => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(IEnumerable<string> symbols) =>
        db.Execute("INSERT INTO trades (id, symbol) VALUES (@Id, @Symbol)", symbols.Select(symbol => new { Id = Guid.NewGuid(), Symbol = symbol }));
}

//// a number of a generator without a seed => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(string symbol)
    {
        var random = new Random();
        int bucket = random.Next(16);
        db.Execute("INSERT INTO shards (symbol, bucket) VALUES (@symbol, @bucket)", new { symbol, bucket });
    }
}

//// a key by the hash of a text => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(string url) => db.Execute("INSERT INTO pages (page_key, url) VALUES (@key, @url)", new { key = url.GetHashCode(), url });
}

//// a day made of the clock => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(decimal rate)
    {
        var day = DateOnly.FromDateTime(DateTime.Now);
        db.Execute("INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)", new { day, rate });
    }
}

//// the clock of a time provider => TP1002 TP1003
public sealed class A(IDbConnection db, TimeProvider clock)
{
    public void Save(decimal rate) => db.Execute("INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)", new { day = clock.GetUtcNow().Date, rate });
}

//// parameters made of an object => TP1002 TP1003
public sealed class A(IDbConnection db)
{
    public void Save(decimal rate)
    {
        var parameters = new DynamicParameters(new { day = DateTime.Today, rate });
        db.Execute("INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)", parameters);
    }
}

//// a record made with a new id => TP1002 TP1003
public sealed record Rate(Guid Id, DateTime Day, decimal Value);
public sealed class A(IDbConnection db)
{
    public void Save(DateTime day, decimal rate) => db.Execute("INSERT INTO rates (id, day, value) VALUES (@Id, @Day, @Value)", new Rate(Guid.NewGuid(), day, rate));
}

//// a copy of a record with today => TP1002 TP1003
public sealed record Rate(DateTime Day, decimal Value);
public sealed class A(IDbConnection db)
{
    public void Save(Rate rate) => db.Execute("INSERT INTO rates (day, value) VALUES (@Day, @Value)", rate with { Day = DateTime.Today });
}

//// a new id for each row that is not there yet => nothing
public sealed class A(IDbConnection db)
{
    public void Save() => db.Execute("INSERT INTO facility_types (id, facility_id) SELECT NEWID(), f.facility_id FROM staged f LEFT JOIN facility_types t ON t.facility_id = f.facility_id WHERE t.facility_id IS NULL");
}

//// commands of a batch => TP1002
public sealed class A(NpgsqlConnection db)
{
    public void Save(decimal rate)
    {
        using var batch = new NpgsqlBatch(db);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO rates (rate_date, rate) VALUES ($1, $2)") { Parameters = { new NpgsqlParameter { Value = DateTime.Today }, new NpgsqlParameter { Value = rate } } });
        batch.ExecuteNonQuery();
    }
}

//// parameters without names => TP1002 TP1003
public sealed class A(NpgsqlConnection db)
{
    public void Save(decimal rate)
    {
        using var command = new NpgsqlCommand("INSERT INTO rates (rate_date, rate) VALUES ($1, $2)", db);
        command.Parameters.AddWithValue(DateTime.Today);
        command.Parameters.AddWithValue(rate);
        command.ExecuteNonQuery();
    }
}

//// a position in a set => TP1002
public sealed class A(IDbConnection db)
{
    public void Save(HashSet<string> symbols)
    {
        int position = 0;
        foreach (string symbol in symbols)
        {
            db.Execute("INSERT INTO ranks (symbol, position) VALUES (@symbol, @position)", new { symbol, position });
            position++;
        }
    }
}

//// a text of EF Core with a hole => TP1002 TP1003
public sealed class A(DbContext db)
{
    public Task Save(decimal rate) => db.Database.ExecuteSqlInterpolatedAsync($"INSERT INTO rates (rate_date, rate) VALUES ({DateTime.Today}, {rate})");
}

//// a text of EF Core with numbers => TP1002 TP1003
public sealed class A(DbContext db)
{
    public Task Save(decimal rate) => db.Database.ExecuteSqlRawAsync("INSERT INTO rates (rate_date, rate) VALUES ({0}, {1})", DateTime.Today, rate);
}

//// the first of a table => TP1002
public sealed class A(IDbConnection db, ShopContext shop)
{
    public void Save(decimal rate)
    {
        int customer = shop.Customers.First().Id;
        db.Execute("INSERT INTO rates (customer, rate) VALUES (@customer, @rate)", new { customer, rate });
    }
}

//// a method that binds a parameter => TP1002 TP1003
public sealed class A(SqliteConnection db)
{
    public void Save(decimal rate)
    {
        using var command = db.CreateCommand();
        command.CommandText = "INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)";
        Bind(command, "@day", DateTime.Today);
        Bind(command, "@rate", rate);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, string name, object value) => command.Parameters.AddWithValue(name, value);
}

//// an array of parameters => TP1002 TP1003
public sealed class A(SqliteConnection db)
{
    public void Save(decimal rate)
    {
        using var command = db.CreateCommand();
        command.CommandText = "INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)";
        command.Parameters.AddRange(new[] { new SqliteParameter("@day", DateTime.Today), new SqliteParameter("@rate", rate) });
        command.ExecuteNonQuery();
    }
}

//// a field that is set when the object is made => TP1002 TP1006
public sealed class A(IDbConnection db)
{
    private readonly DateTime _day = DateTime.Today;
    public void Save(decimal rate) => db.Execute("INSERT INTO rates (rate_date, rate) VALUES (@day, @rate)", new { day = _day, rate });
}

//// a winner by a new id each => TP1002
public sealed class A(IDbConnection db)
{
    public void Save(List<string> names)
    {
        string chosen = names.OrderBy(_ => Guid.NewGuid()).First();
        db.Execute("INSERT INTO winners (name) VALUES (@chosen)", new { chosen });
    }
}

//// today in a condition => nothing
public sealed class A(IDbConnection db)
{
    public int Save(string symbol) => db.Query<int>("SELECT count(*) FROM trades WHERE symbol = @symbol AND trade_date = @day", new { symbol, day = DateTime.Today }).Single();
}

//// a dictionary with the time of loading => TP1002
public sealed class A(IDbConnection db)
{
    public void Save(string symbol)
    {
        var row = new Dictionary<string, object> { { "@symbol", symbol }, { "@at", DateTime.UtcNow } };
        db.Execute("INSERT INTO trades (symbol, loaded_at) VALUES (@symbol, @at)", row);
    }
}

//// a default for when it was created => nothing
public class Quote { public string? Symbol { get; set; } public DateTime CreatedAt { get; set; } = DateTime.UtcNow; }
public sealed class A(IDbConnection db)
{
    public void Save(string symbol) => db.Execute("INSERT INTO quotes (symbol, created_at) VALUES (@Symbol, @CreatedAt) ON CONFLICT (symbol) DO NOTHING", new Quote { Symbol = symbol });
}

//// a default that is given another value => nothing
public class Quote { public string? Symbol { get; set; } public DateTime Day { get; set; } = DateTime.Today; }
public sealed class A(IDbConnection db)
{
    public void Save(string symbol, DateTime day) => db.Execute("INSERT INTO quotes (symbol, day) VALUES (@Symbol, @Day) ON CONFLICT (symbol) DO UPDATE SET day = excluded.day", new Quote { Symbol = symbol, Day = day });
}

//// a method that binds a parameter of a query => nothing
public sealed class A(SqliteConnection db)
{
    public object? Find(string symbol)
    {
        using var command = db.CreateCommand();
        command.CommandText = "SELECT price FROM prices WHERE symbol = @symbol AND day = @day";
        Bind(command, "@symbol", symbol);
        Bind(command, "@day", DateTime.Today);
        return command.ExecuteScalar();
    }

    private static void Bind(SqliteCommand command, string name, object value) => command.Parameters.AddWithValue(name, value);
}

//// parameters without names, of which the clock is a condition => nothing
public sealed class A(NpgsqlConnection db)
{
    public void Close(decimal rate)
    {
        using var command = new NpgsqlCommand("UPDATE rates SET rate = $1 WHERE rate_date < $2", db);
        command.Parameters.AddWithValue(rate);
        command.Parameters.AddWithValue(DateTime.Today);
        command.ExecuteNonQuery();
    }
}

//// a text of EF Core whose number is in a condition => nothing
public sealed class A(DbContext db)
{
    public Task Close(decimal rate) => db.Database.ExecuteSqlRawAsync("UPDATE rates SET rate = {0} WHERE rate_date < {1}", rate, DateTime.Today);
}

//// a format that is appended to a query => nothing
public sealed class A(IDbConnection db)
{
    public List<string> Names(int kind)
    {
        var sql = new StringBuilder();
        sql.AppendFormat("SELECT name FROM kinds WHERE kind = {0}", kind);
        return db.Query<string>(sql.ToString()).ToList();
    }
}
