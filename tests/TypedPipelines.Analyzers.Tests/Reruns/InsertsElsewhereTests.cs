namespace TypedPipelines.Analyzers.Tests.Reruns;

/// <summary>TP1002 in ordinary code, which knows nothing of pipelines.</summary>
public class InsertsElsewhereTests
{
    private const string Usings = """
        using System.Data;
        using System.Data.Common;
        using System.Text;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        """;

    private const string Shop = """

        public class Order { public int Id { get; set; } public string? Number { get; set; } }
        public class Customer { public int Id { get; set; } }
        public class ShopContext : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Customer> Customers => Set<Customer>();
        }
        """;

    private static string Class(string members, string attributes = "") => Usings + $$"""
        {{attributes}}
        public class Loader
        {
            {{members}}
        }
        """ + Shop;

    [Fact]
    public Task It_says_what_to_do_without_a_pipeline() => Expect.OnlyAsync(
        "TP1002",
        Class("""static void Save(IDbConnection db) => db.Execute([|"insert into trades values (1)"|]);"""),
        "This inserts into 'trades' with nothing that makes it repeatable, so a second run inserts the rows a second time; use an upsert, NOT EXISTS, or a delete of the same rows before it");

    [Theory]
    [InlineData("""static void Save(NpgsqlConnection db) { using var copy = db.BeginBinaryImport([|"COPY orders (id, day) FROM STDIN (FORMAT BINARY)"|]); }""")]
    [InlineData("""static async Task Save(NpgsqlConnection db) { await using var copy = await db.BeginTextImportAsync([|"copy sales.orders from stdin"|]); }""")]
    [InlineData("""static void Save(ShopContext db, int id) => db.Database.ExecuteSql([|$"insert into trades values ({id})"|]);""")]
    [InlineData("""static Task Save(ShopContext db) => db.Database.ExecuteSqlRawAsync([|"insert into trades values (1)"|]);""")]
    [InlineData("""static void Save(NpgsqlConnection db) { using var c = new NpgsqlCommand([|"insert into trades values (1)"|], db); }""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = "insert into trades"; sql += " values (1)"; db.Execute([|sql|]); }""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = new StringBuilder(); sql.Append("insert into ").AppendLine("trades"); sql.Append("values (1)"); db.Execute([|sql.ToString()|]); }""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = new StringBuilder("insert into trades values "); for (int i = 0; i < 9; i++) { sql.Append("(").Append(i).Append("),"); } db.Execute([|sql.ToString()|]); }""")]
    [InlineData("""static void Save(NpgsqlConnection db) { OpenIfClosed(db); db.Execute([|"insert into trades values (1)"|]); } static void OpenIfClosed(NpgsqlConnection db) => db.Open();""")]
    [InlineData("""static void Save(IDbConnection db) { try { db.Execute([|"insert into trades values (1)"|]); } catch (DbException e) { System.Console.WriteLine(e); throw; } }""")]
    [InlineData("""static void Save(IDbConnection db) => db.ExecuteNonQuery([|"insert into trades values (1)"|], 5); } static class Own { public static int ExecuteNonQuery(this IDbConnection db, string sql, int seconds) => seconds; """)]
    [InlineData("""void Save() => QueueCommand([|"insert into trades values (1)"|]); void QueueCommand(string sql) => System.Console.WriteLine(sql);""")]
    [InlineData("""static void Save(IDbConnection db, int id) => db.Execute([|string.Format("insert into trades values ({0})", id)|]);""")]
    public Task A_command_that_inserts(string members) => Expect.OnlyAsync("TP1002", Class(members));

    [Theory]
    [InlineData("""static void Save(NpgsqlConnection db) { using var copy = db.BeginBinaryExport("COPY orders (id) TO STDOUT (FORMAT BINARY)"); }""")]
    [InlineData("""static void Save(NpgsqlConnection db) { db.Execute("create temp table stage (id int)"); using var copy = db.BeginBinaryImport("COPY stage FROM STDIN"); }""")]
    [InlineData("""static void Save(NpgsqlConnection db) { db.Execute("truncate orders"); using var copy = db.BeginBinaryImport("COPY orders (id, day) FROM STDIN (FORMAT BINARY)"); }""")]
    [InlineData("""static void Save(ShopContext db, int id) => db.Database.ExecuteSql($"insert into trades values ({id}) on conflict do nothing");""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = "insert into trades values (1)"; sql += " on conflict (id) do update set n = excluded.n"; db.Execute(sql); }""")]
    [InlineData("""static void Save(IDbConnection db, string tail) { var sql = "insert into trades values (1)"; sql += tail; db.Execute(sql); }""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = new StringBuilder("insert into trades values (1)"); Finish(sql); db.Execute(sql.ToString()); } static void Finish(StringBuilder sql) => sql.Append(" on conflict do nothing");""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = new StringBuilder("insert into trades values (1)"); sql.AppendLine().Append("on conflict do nothing"); db.Execute(sql.ToString()); }""")]
    [InlineData("""static void Save(IDbConnection db) { try { db.Execute("insert into trades values (1)"); } catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation) { } }""")]
    [InlineData("""static void Save(IDbConnection db) { try { db.Execute("insert into trades values (1)"); } catch (DbException e) { if (e.SqlState != "23505") throw; } }""")]
    [InlineData("""static void Save(IDbConnection db, int id) => db.Execute(string.Format("insert into trades values ({0}) on conflict do nothing", id));""")]
    [InlineData("""static void Save(IDbConnection db, int id) => db.Execute(string.Format("insert into trades values ({0", id));""")]
    public Task A_command_that_does_not_repeat(string members) => Expect.NothingAsync(Class(members));

    [Theory]
    [InlineData("""static void Save(ShopContext db, Order order) { [|db.Orders.Add(order)|]; db.SaveChanges(); }""")]
    [InlineData("""static async Task Save(ShopContext db, Order order) { await [|db.Orders.AddAsync(order)|]; await db.SaveChangesAsync(); }""")]
    [InlineData("""static void Save(ShopContext db, List<Order> orders) { [|db.Orders.AddRange(orders)|]; db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, Order order) { [|db.Add(order)|]; db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, int id) { var customer = db.Customers.Find(id); [|db.Orders.Add(new Order())|]; db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, string line) { var order = Parse(line); [|db.Orders.Add(order)|]; db.SaveChanges(); } static Order Parse(string line) => new() { Number = line };""")]
    [InlineData("""static void Save(ShopContext db, string[] lines) { foreach (var line in lines) { [|db.Orders.Add(new Order { Number = line })|]; } db.SaveChanges(); }""")]
    public Task Entities_that_are_added(string members) => Expect.OnlyAsync("TP1002", Class(members));

    [Fact]
    public Task It_names_the_entity() => Expect.OnlyAsync(
        "TP1002",
        Class("""static void Save(ShopContext db, Order order) { [|db.Orders.Add(order)|]; db.SaveChanges(); }"""),
        "This inserts into the table of Order with nothing that makes it repeatable, so a second run inserts the rows a second time; look for it by its key before, or let a unique key refuse it");

    [Theory]
    [InlineData("""static void Save(ShopContext db, Order order) { if (db.Orders.Any(o => o.Number == order.Number)) return; db.Orders.Add(order); db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, Order order) { var old = db.Find<Order>(order.Id); if (old is null) db.Add(order); else old.Number = order.Number; db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, Order order) { if (order.Id == 0) db.Orders.Add(order); else db.Orders.Update(order); db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, Order order) { db.Orders.RemoveRange(db.Orders); db.Orders.Add(order); db.SaveChanges(); }""")]
    [InlineData("""static void Save(ShopContext db, Order order) { db.Database.ExecuteSqlRaw("delete from orders"); db.Orders.Add(order); db.SaveChanges(); }""")]
    [InlineData("""void Save(ShopContext db, Order order) { var old = Existing(db, order.Id); if (old != null) return; db.Orders.Add(order); db.SaveChanges(); } static Order? Existing(DbContext db, int id) => db.Find<Order>(id);""")]
    [InlineData("""async Task Save(ShopContext db, Order order) { if (await ExistsAsync(order.Id)) return; db.Orders.Add(order); db.SaveChanges(); } static Task<bool> ExistsAsync(int id) => Task.FromResult(id > 0);""")]
    [InlineData("""static void Save(ShopContext db, Order order) { db.Orders.Add(order); try { db.SaveChanges(); } catch (DbUpdateException) { } }""")]
    [InlineData("""static void Save(ShopContext db, Order order) => db.Orders.Add(order);""")]
    [InlineData("""static void Save(List<Order> list, ShopContext db, Order order) { list.Add(order); db.SaveChanges(); }""")]
    public Task Entities_that_are_looked_for_or_replaced(string members) => Expect.NothingAsync(Class(members));

    [Theory]
    [InlineData("public class Migration { } public class Loader : Migration { static void Up(IDbConnection db) => db.Execute(\"insert into trades values (1)\"); }")]
    [InlineData("public class FactAttribute : System.Attribute { } public class Loader { [Fact] void Loads() { } static void Seed(IDbConnection db) => db.Execute(\"insert into trades values (1)\"); }")]
    [InlineData("public class Test : System.Attribute { } public class Loader { [Test] void Loads() { } static void Seed(IDbConnection db) => db.Execute(\"insert into trades values (1)\"); }")]
    [InlineData("public class ControllerBase { } public class Orders : ControllerBase { void Post(ShopContext db, Order order) { db.Orders.Add(order); db.SaveChanges(); } }")]
    public Task What_runs_once_or_by_hand(string code) => Expect.NothingAsync(Usings + code + Shop);

    [Theory]
    [InlineData("""static void Save(IDbConnection db, Order order) => [|db.Insert(order)|];""")]
    [InlineData("""static void Save(IDbConnection db, Order order) { db.Execute("delete from orders"); db.Insert(order); }""")]
    [InlineData("""static void Save(IDbConnection db, Order order) { if (db.Get<Order>(order.Id) is null) db.Insert(order); }""")]
    public Task Libraries_that_insert_objects(string members) => Expect.OnlyAsync("TP1002", "using Dapper.Contrib.Extensions;\n" + Class(members) + """

        namespace Dapper.Contrib.Extensions
        {
            public static class SqlMapperExtensions
            {
                public static long Insert<T>(this IDbConnection db, T row) => 0;
                public static T? Get<T>(this IDbConnection db, object id) where T : class => null;
            }
        }
        """);

    [Theory]
    [InlineData("""static void Save() { using var db = new UnknownConnection("x"); db.Execute("insert into trades values (1)"); }""")]
    [InlineData("""static void Save(UnknownCommand c) { c.CommandText = "insert into trades values (1)"; }""")]
    [InlineData("""static void Save(object db) { var c = new UnknownCommand("insert into trades values (1)", db); }""")]
    public async Task Code_whose_packages_are_not_there(string members) =>
        (await Analysis.RunAsync(Analysis.Compile(Class(members)), Analysis.AllAnalyzers)).Select(found => found.Id).ShouldBe(["TP1002"]);
}
