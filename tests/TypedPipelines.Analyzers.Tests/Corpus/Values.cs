//// a nightly job that writes today => TP1003
public sealed class NightlyJob(NpgsqlDataSource source)
{
    public async Task RunAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into balances (day, amount) values (@day, 0) on conflict (day) do nothing", new { day = DateTime.Today });
    }
}

//// a nightly job that is told the day => nothing
public sealed class NightlyJob(NpgsqlDataSource source)
{
    public async Task RunAsync(DateTime day)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into balances (day, amount) values (@day, 0) on conflict (day) do nothing", new { day });
    }
}

//// yesterday, by way of two locals => TP1003
public sealed class NightlyJob(IDbConnection db)
{
    public void Run()
    {
        var now = DateTimeOffset.UtcNow;
        var yesterday = now.Date.AddDays(-1);
        db.Execute("update balances set day = @yesterday where day is null", new { yesterday });
    }
}

//// the day of the command line, or else yesterday => nothing
public static class Program
{
    public static void Main(string[] args)
    {
        using IDbConnection db = new SqliteConnection("Data Source=x");
        var day = args.Length > 0 ? DateTime.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : DateTime.Today.AddDays(-1);
        db.Execute("update balances set day = @day where day is null", new { day });
    }
}

//// the same with an option that may be null => nothing
public sealed record Options(DateTime? Day);
public sealed class NightlyJob(IDbConnection db)
{
    public void Run(Options options)
    {
        var day = options.Day ?? DateTime.Today;
        db.Execute("update balances set day = @day where day is null", new { day });
    }
}

//// a key made anew in each upsert's update => TP1003
public sealed class Upserter(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute(
        "insert into trades (id, code) values (@Id, @code) on conflict (id) do update set code = excluded.code",
        new { trade.Id, code = Guid.NewGuid() });
}

//// a surrogate key that an upsert keeps => nothing
public sealed class Upserter(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute(
        "insert into trades (id, symbol, price) values (@id, @Symbol, @Price) on conflict (symbol) do update set price = excluded.price",
        new { id = Guid.NewGuid(), trade.Symbol, trade.Price });
}

//// when the row was touched => nothing
public sealed class Upserter(IDbConnection db)
{
    public void Save(Trade trade) => db.Execute(
        "insert into trades (id, price, created_at) values (@Id, @Price, now()) on conflict (id) do update set price = excluded.price, updated_at = now()", trade);
}

//// which run loaded it, and where => nothing
public sealed class Upserter(IDbConnection db)
{
    private readonly Guid _run = Guid.NewGuid();
    public void Save(Trade trade) => db.Execute(
        "insert into trades (id, run_id, host) values (@Id, @run, @host) on conflict (id) do update set run_id = excluded.run_id, host = excluded.host",
        new { trade.Id, run = _run, host = Environment.MachineName });
}

//// the engine's clock in a business column => TP1003
public sealed class Closer(IDbConnection db)
{
    public void Close(int id) => db.Execute("update invoices set due = current_date + 30 where id = @id", new { id });
}

//// the engine's clock in a condition => nothing
public sealed class Closer(IDbConnection db)
{
    public void Close() => db.Execute("update invoices set state = 'late' where due < current_date");
}

//// rows that are taken since yesterday => nothing
public sealed class Delta(IDbConnection db)
{
    public void Load() => db.Execute("""
        insert into orders_copy (id, placed)
        select id, placed from orders where placed >= date_trunc('day', now())
        on conflict (id) do nothing
        """);
}

//// random numbers of the engine => TP1003
public sealed class Sampler(IDbConnection db)
{
    public void Assign() => db.Execute("update customers set bucket = random() * 10 where bucket is null");
}

//// random numbers with a seed => nothing
public sealed class Sampler(IDbConnection db)
{
    public void Assign(IEnumerable<int> ids)
    {
        var random = new Random(17);
        foreach (var id in ids)
        {
            db.Execute("update customers set bucket = @bucket where id = @id", new { id, bucket = random.Next(10) });
        }
    }
}

//// random numbers without one => TP1003
public sealed class Sampler(IDbConnection db)
{
    public void Assign(IEnumerable<int> ids)
    {
        var random = new Random();
        foreach (var id in ids)
        {
            db.Execute("update customers set bucket = @bucket where id = @id", new { id, bucket = random.Next(10) });
        }
    }
}

//// a bucket by a hash that each process computes anew => TP1003
public sealed class Sampler(IDbConnection db)
{
    public void Assign(string name) => db.Execute("update customers set bucket = @bucket where name = @name", new { name, bucket = Math.Abs(name.GetHashCode()) % 10 });
}

//// a bucket by a hash that is the same everywhere => nothing
public sealed class Sampler(IDbConnection db)
{
    public void Assign(string name) => db.Execute(
        "update customers set bucket = @bucket where name = @name", new { name, bucket = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] % 10 });
}

//// a command's parameter => TP1003
public sealed class Rates(NpgsqlConnection connection)
{
    public void Save(decimal rate)
    {
        using var command = new NpgsqlCommand("update rates set rate = @rate, valid_on = @on where id = 1", connection);
        command.Parameters.AddWithValue("rate", rate);
        command.Parameters.AddWithValue("on", DateTime.Now);
        command.ExecuteNonQuery();
    }
}

//// a parameter of a query => nothing
public sealed class Rates(NpgsqlConnection connection)
{
    public object? Read()
    {
        using var command = new NpgsqlCommand("select rate from rates where valid_on = @on", connection);
        command.Parameters.AddWithValue("on", DateTime.Today);
        return command.ExecuteScalar();
    }
}

//// two commands, of which one reads => nothing
public sealed class Rates(NpgsqlConnection connection)
{
    public void Save(decimal rate)
    {
        using var read = new NpgsqlCommand("select 1 from rates where valid_on = @on", connection);
        read.Parameters.AddWithValue("on", DateTime.Today);
        read.ExecuteScalar();
        using var write = new NpgsqlCommand("update rates set rate = @rate where id = 1", connection);
        write.Parameters.AddWithValue("rate", rate);
        write.ExecuteNonQuery();
    }
}

//// a log of runs => TP1002
public sealed class RunLog(IDbConnection db)
{
    public void Start(string job) => db.Execute("insert into job_runs (id, job, started) values (@id, @job, @now)", new { id = Guid.NewGuid(), job, now = DateTime.UtcNow });
}

//// a lease on work => nothing
public sealed class Lease(IDbConnection db)
{
    public bool Take(int id) => db.Execute("update work set locked_until = @until, owner = @me where id = @id and locked_until < now()", new { id, until = DateTime.UtcNow.AddMinutes(5), me = Environment.ProcessId }) == 1;
}

//// a duration that is measured => nothing
public sealed class Timed(IDbConnection db)
{
    public void Run(int id)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Thread.Sleep(1);
        db.Execute("update steps set elapsed_ms = @ms where id = @id", new { id, ms = watch.ElapsedMilliseconds });
    }
}

//// dynamic parameters => TP1003
public sealed class Reports(IDbConnection db)
{
    public void Mark(int id)
    {
        var parameters = new DynamicParameters();
        parameters.Add("id", id);
        parameters.Add("period", DateTime.Now.ToString("yyyyMM"));
        db.Execute("update reports set period = @period where id = @id", parameters);
    }
}

//// an environment that says where it is => nothing
public sealed class Reports(IDbConnection db)
{
    public void Mark(int id) => db.Execute("update reports set region = @region where id = @id", new { id, region = Environment.GetEnvironmentVariable("REGION") });
}

//// a class between clock and column => TP1006
public static class Clock
{
    public static DateTime BusinessDay() => DateTime.Today.AddDays(-1);
}
public sealed class Reports(IDbConnection db)
{
    public void Mark(int id) => db.Execute("update reports set day = @day where id = @id", new { id, day = Clock.BusinessDay() });
}

//// a class that is told the day => nothing
public static class Clock
{
    public static DateTime BusinessDay(DateTime day) => day.AddDays(-1);
}
public sealed class Reports(IDbConnection db)
{
    public void Mark(int id, DateTime day) => db.Execute("update reports set day = @day where id = @id", new { id, day = Clock.BusinessDay(day) });
}

//// a repository behind an interface => TP1006
public interface IReports { void Save(int id, DateTime day); }
public sealed class Reports(IDbConnection db) : IReports
{
    public void Save(int id, DateTime day) => db.Execute("update reports set day = @day where id = @id", new { id, day });
}
public sealed class ReportJob(IReports reports)
{
    public void Run() => reports.Save(1, DateTime.Today);
}

//// the same from the window of a run => nothing
public interface IReports { void Save(int id, DateTime day); }
public sealed class Reports(IDbConnection db) : IReports
{
    public void Save(int id, DateTime day) => db.Execute("update reports set day = @day where id = @id", new { id, day });
}
public sealed class ReportJob(IReports reports)
{
    public void Run(DateTime day) => reports.Save(1, day);
}

//// a clock that tests set => nothing
public interface IClock { DateTime Today { get; } }
public sealed class SystemClock : IClock { public DateTime Today => DateTime.Today; }
public sealed class FixedClock(DateTime day) : IClock { public DateTime Today => day; }
public sealed class Reports(IDbConnection db, IClock clock)
{
    public void Mark(int id) => db.Execute("update reports set day = @day where id = @id", new { id, day = clock.Today });
}

//// a row that a factory makes => TP1006
public sealed class Reports(IDbConnection db)
{
    private static Trade Make(string symbol) => new() { Id = symbol.Length, Symbol = symbol, TradedOn = DateTime.Now };
    public void Save(string symbol) => db.Execute("update trades set traded_on = @TradedOn where id = @Id", Make(symbol));
}

//// a row whose clock is not written => nothing
public sealed class Reports(IDbConnection db)
{
    private static Trade Make(string symbol) => new() { Id = symbol.Length, Symbol = symbol, TradedOn = DateTime.Now };
    public void Save(string symbol) => db.Execute("update trades set symbol = @Symbol where id = @Id", Make(symbol));
}

//// what a controller passes => nothing
public class ControllerBase { }
public sealed class Reports(IDbConnection db)
{
    public void Save(int id, DateTime day) => db.Execute("update reports set day = @day where id = @id", new { id, day });
}
public sealed class ReportsController(Reports reports) : ControllerBase
{
    public void Put(int id) => reports.Save(id, DateTime.Today);
}

//// a bulk copy of a table => TP1003 TP1002
public sealed class BulkLoader(SqlBulkCopy copy)
{
    public void Load(IEnumerable<string> names)
    {
        var table = new DataTable();
        table.Columns.Add("key", typeof(Guid));
        table.Columns.Add("name", typeof(string));
        foreach (var name in names)
        {
            var row = table.NewRow();
            row["key"] = Guid.NewGuid();
            row["name"] = name;
            table.Rows.Add(row);
        }

        copy.DestinationTableName = "customers";
        copy.WriteToServer(table);
    }
}

//// a bulk copy into a temporary table => nothing
public sealed class BulkLoader(SqlBulkCopy copy)
{
    public void Load(IEnumerable<string> names)
    {
        var table = new DataTable();
        table.Columns.Add("key", typeof(Guid));
        foreach (var name in names)
        {
            table.Rows.Add(Guid.NewGuid());
        }

        copy.DestinationTableName = "#customers";
        copy.WriteToServer(table);
    }
}

//// the id of a message that is sent => nothing
public interface ISender { void Send(Guid id, string body); }
public sealed class Notifier(ISender sender)
{
    public void Tell(string body) => sender.Send(Guid.NewGuid(), body);
}

//// an export to a file => nothing
public sealed class Exporter
{
    public void Write(IEnumerable<Trade> trades) => System.IO.File.WriteAllLines($"trades-{DateTime.Today:yyyyMMdd}.csv", trades.Select(trade => trade.Symbol ?? ""));
}

//// a command that is put in a queue of commands now => TP1002
public sealed class Scheduler(IDbConnection db)
{
    public void Enqueue(string type, string data) =>
        db.Execute("INSERT INTO internal_commands (id, enqueue_date, type, data) VALUES (@id, @enqueueDate, @type, @data)", new { id = Guid.NewGuid(), enqueueDate = DateTime.UtcNow, type, data });
}

//// when something occurred => TP1002
public sealed class Facts(IDbConnection db)
{
    public void Note(int id) => db.Execute("INSERT INTO facts (id, occurred_on) VALUES (@id, @on)", new { id, on = DateTime.UtcNow });
}

//// when a row was made, behind all columns of another => TP1002
public sealed class Employments(DbConnection db)
{
    public void Take() => db.Execute("INSERT INTO employments (id, person, start, created_on) SELECT *, getutcdate() FROM received");
}

//// the day of a row, behind all columns of another => TP1002 TP1003
public sealed class Employments(DbConnection db)
{
    public void Take() => db.Execute("INSERT INTO employments (id, person, created_on, day) SELECT *, getutcdate() FROM received");
}

//// when a thing was discontinued => nothing
public sealed class Products(DbConnection db)
{
    public void Discontinue(int id) => db.Execute("UPDATE products SET is_discontinued = 1, actual_discontinued_date = getutcdate() WHERE id = @id", new { id });
}

//// when something was done, in words that no list has => TP1002
public sealed class Keys(DbConnection db)
{
    public void Wrap(int id) =>
        db.Execute("INSERT INTO keys (id, sek_wrapped_at, PaidAt) VALUES (@id, @now, @now)", new { id, now = DateTime.UtcNow });
}

//// what only ends as if it said when => TP1002 TP1003
public sealed class Places(DbConnection db)
{
    public void Add(int id) => db.Execute("INSERT INTO places (id, chat) VALUES (@id, @now)", new { id, now = DateTime.UtcNow });
}
