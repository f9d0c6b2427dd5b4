namespace TypedPipelines.Analyzers.Tests.Values;

/// <summary>TP1003 outside pipelines: values that one member takes and writes.</summary>
public class WrittenValueTests
{
    [Fact]
    public Task It_says_which_column_and_what_to_do() => Expect.OnlyAsync(
        "TP1003",
        DatabaseCode.Class("""static void Save(IDbConnection db, int id) { db.Execute("delete from daily"); db.Execute("insert into daily (id, day) values (@id, @day)", new { id, day = [|DateTime.Today|] }); }"""),
        "DateTime.Today gives another value on the next run, and this writes it to 'day' of 'daily': run again, the same rows become others; take the time from what is loaded, or pass the day that is loaded as a parameter");

    [Theory]
    [InlineData("""db.Execute("insert into daily (id, day) values (@Key, @Day)", new { Key = [|Guid.NewGuid()|], Day = day });""")]
    [InlineData("""db.Execute("insert into daily (id, day) values (@Key, @Day)", new { Key = [|Guid.NewGuid()|].ToString("N"), Day = day });""")]
    [InlineData("""var row = new { Key = [|Guid.CreateVersion7()|], Day = day }; db.Execute("insert into daily (id, day) values (@Key, @Day)", row);""")]
    [InlineData("""var at = [|DateTime.UtcNow|]; var start = at.Date.AddDays(-1); db.Execute("update daily set day = @start where id = 1", new { start });""")]
    [InlineData("""db.Execute("update daily set day = @day where id = @id", new Daily { Id = 1, Day = [|DateTime.Now|] });""")]
    [InlineData("""var row = new Daily(); row.Day = [|DateTime.Now|]; db.Execute("update daily set day = @Day where id = @Id", row);""")]
    [InlineData("""var rows = days.Select(d => new { Id = [|Random.Shared|].Next(), Day = d }).ToList(); db.Execute("insert into daily (id, day) values (@Id, @Day)", rows);""")]
    [InlineData("""var rows = new List<Daily>(); foreach (var d in days) { rows.Add(new Daily { Day = d, Id = d.ToString().Length, Key = [|"x".GetHashCode()|] }); } db.Execute("insert into daily (id, day, key) values (@Id, @Day, @Key)", rows);""")]
    [InlineData("""var rows = new List<Daily>(); foreach (var row in rows) { row.Day = [|DateTime.Now|]; } db.Execute("insert into daily (day) values (@Day)", rows);""")]
    [InlineData("""var parameters = new DynamicParameters(); parameters.Add("day", [|DateTime.Today|]); db.Execute("insert into daily (day) values (@day)", parameters);""")]
    [InlineData("""db.Execute([|"insert into daily (id, day) values (@id, getdate())"|], new { id = 1 });""")]
    [InlineData("""db.Execute([|"insert into daily (id, day) select id, current_date from orders"|]);""")]
    [InlineData("""db.Execute([|"update daily set day = now() where id = 1"|]);""")]
    [InlineData("""using var c = db.CreateCommand(); c.CommandText = "update daily set day = @day where id = 1"; var p = c.CreateParameter(); p.ParameterName = "@day"; p.Value = [|DateTime.Now|]; c.Parameters.Add(p);""")]
    [InlineData("""var c = new NpgsqlCommand("update daily set day = @day where id = 1"); c.Parameters.AddWithValue("day", [|DateTime.Now|]);""")]
    [InlineData("""var c = new NpgsqlCommand { CommandText = "update daily set day = @day where id = 1" }; c.Parameters.Add("day", NpgsqlTypes.NpgsqlDbType.Date).Value = [|DateTime.Now|];""")]
    [InlineData("""var c = new NpgsqlCommand("update daily set day = @day where id = 1"); c.Parameters.Add(new NpgsqlParameter("day", [|DateTime.Now|]));""")]
    [InlineData("""db.Execute("insert into daily (day, total) values (@day, 1) on conflict (day) do update set total = excluded.total", new { day = [|DateTime.Today|] });""")]
    [InlineData("""db.Execute("insert into daily (id, total) values (1, @total) on conflict (id) do update set total = excluded.total", new { total = [|Random.Shared|].NextDouble() });""")]
    [InlineData("""var first = new HashSet<int>(); db.Execute("update daily set total = @total where id = 1", new { total = [|first.First()|] });""")]
    [InlineData("""var row = new Daily { Id = 1 } with { Day = [|DateTime.Today|] }; db.Execute("update daily set day = @Day where id = @Id", row);""")]
    [InlineData("""var retry = (Action work) => work(); retry(() => db.Execute("update daily set day = @day where id = 1", new { day = [|DateTime.Today|] }));""")]
    public Task What_a_command_writes(string statements) => Expect.OnlyAsync(
        "TP1003", DatabaseCode.Class($$"""static void Save(NpgsqlConnection db, DateTime day, DateTime[] days) { db.Execute("delete from daily"); {{statements}} }"""));

    [Theory]
    [InlineData("""db.Execute($"update daily set day = '{[|DateTime.Now|]:yyyy-MM-dd}' where id = 1");""")]
    [InlineData("""db.Execute("update daily set day = '" + [|DateTime.Now|].ToString("yyyy-MM-dd") + "' where id = 1");""")]
    [InlineData("""db.Execute(string.Format("update daily set day = '{0:yyyy-MM-dd}' where id = {1}", [|DateTime.Now|], 1));""")]
    public Task What_stands_in_the_text(string statements) => MarkedAsync(DatabaseCode.Class($$"""static void Save(IDbConnection db) { {{statements}} }"""));

    [Theory]
    [InlineData("""foreach (var d in days) { db.Orders.Add(new Order { Number = [|Guid.NewGuid()|].ToString() }); } db.SaveChanges();""")]
    [InlineData("""var orders = days.Select(d => new Order { Placed = [|DateTime.Now|] }); db.Orders.AddRange(orders); db.SaveChanges();""")]
    [InlineData("""var order = new Order(); order.Placed = [|DateTime.Now|]; db.Add(order); db.SaveChanges();""")]
    public Task What_a_job_adds(string statements) => MarkedAsync(DatabaseCode.Class($$"""static void ImportOrders(ShopContext db, DateTime[] days) { {{statements}} }"""));

    [Theory]
    [InlineData("""table.Columns.Add("id"); table.Columns.Add("day"); foreach (var d in days) { table.Rows.Add(d.Day, [|DateTime.Today|]); }""")]
    [InlineData("""foreach (var d in days) { var row = table.NewRow(); row["id"] = 1; row["day"] = [|DateTime.Today|]; table.Rows.Add(row); }""")]
    public Task What_a_bulk_copy_sends(string statements) => Expect.OnlyAsync(
        "TP1003",
        DatabaseCode.Class($$"""static void Save(IDbConnection db, DateTime[] days) { db.Execute("truncate table daily"); var table = new DataTable(); {{statements}} var copy = new SqlBulkCopy { DestinationTableName = "daily" }; copy.WriteToServer(table); }""")
        + "public sealed class SqlBulkCopy { public string? DestinationTableName { get; set; } public void WriteToServer(DataTable table) { } }");

    [Fact]
    public Task What_PostgreSQL_imports() => Expect.OnlyAsync(
        "TP1003",
        DatabaseCode.Class("""
            static void Save(NpgsqlConnection db, DateTime[] days)
            {
                db.Execute("truncate daily");
                using var copy = db.BeginBinaryImport("copy daily (id, day, created_at) from stdin (format binary)");
                foreach (var day in days) { copy.StartRow(); copy.Write(day.Day); copy.Write([|DateTime.Today|]); copy.Write(DateTime.UtcNow); }
            }
            """));

    [Theory]
    [InlineData("""db.Execute("insert into daily (id, created_at) values (@id, @now)", new { id = 1, now = DateTime.UtcNow });""")]
    [InlineData("""db.Execute("insert into daily (id, CreatedOn, ModifiedOn, last_seen) values (1, getdate(), getdate(), now())");""")]
    [InlineData("""db.Execute("insert into daily (id, loaded_by, host) values (1, @user, @host)", new { user = Environment.UserName, host = Environment.MachineName });""")]
    [InlineData("""db.Execute("insert into daily (id, batch_id) values (1, @batch)", new { batch = Guid.NewGuid() });""")]
    [InlineData("""db.Execute("insert into import_log (id, day) values (@id, @day)", new { id = Guid.NewGuid(), day = DateTime.UtcNow });""")]
    [InlineData("""db.Execute("update daily set total = 0 where day < @limit", new { limit = DateTime.Today.AddDays(-30) });""")]
    [InlineData("""db.Execute("insert into daily (id, total) select id, total from orders where day = current_date");""")]
    [InlineData("""db.Execute("insert into daily (id, day, total) values (@id, @day, 1) on conflict (day) do nothing", new { id = Guid.NewGuid(), day });""")]
    [InlineData("""db.Execute("insert into daily (id, day, total) values (@id, @day, 1) on conflict (day) do update set total = excluded.total", new { id = Guid.NewGuid(), day });""")]
    [InlineData("""db.Execute("if not exists (select 1 from daily with (updlock, holdlock) where day = @day) insert into daily (id, day) values (@id, @day)", new { id = Guid.NewGuid(), day });""")]
    [InlineData("""var count = db.ExecuteScalar<int>("select count(*) from daily where day = @day", new { day = DateTime.Today });""")]
    [InlineData("""var started = DateTime.UtcNow; db.Execute("update daily set total = 1 where id = 1"); Console.WriteLine(DateTime.UtcNow - started);""")]
    [InlineData("""var when = args.Length > 0 ? DateTime.Parse(args[0]) : DateTime.Today; db.Execute("update daily set day = @when where id = 1", new { when });""")]
    [InlineData("""DateTime when; if (args.Length > 0) { when = day; } else { when = DateTime.Today; } db.Execute("update daily set day = @when where id = 1", new { when });""")]
    [InlineData("""DateTime? given = null; db.Execute("update daily set day = @when where id = 1", new { when = given ?? DateTime.Today });""")]
    [InlineData("""var random = new Random(42); db.Execute("update daily set total = @n where id = 1", new { n = random.Next() });""")]
    [InlineData("""db.Execute("insert into #stage (day) values (getdate())");""")]
    [InlineData("""var order = new HashSet<int>(); db.Execute("update daily set total = @total where id = 1", new { total = order.OrderBy(n => n).First() });""")]
    [InlineData("""using var c = db.CreateCommand(); c.CommandText = "select * from daily where day = @day"; c.Parameters.AddWithValue("day", DateTime.Today);""")]
    [InlineData("""db.Execute("update daily set region = @region where id = 1", new { region = Environment.GetEnvironmentVariable("REGION") });""")]
    [InlineData("""db.Execute("update daily set total = @Id where id = 1", new Daily { Id = 1, Day = DateTime.Now });""")]
    [InlineData("""db.Execute($"update daily set {args[0]} = @now where id = 1", new { now = DateTime.Now });""")]
    public Task What_is_fine(string statements) => Expect.NothingAsync(
        DatabaseCode.Class($$"""static void Save(NpgsqlConnection db, DateTime day, string[] args) { db.Execute("delete from daily; delete from import_log"); {{statements}} }"""));

    [Theory]
    [InlineData("public class FactAttribute : Attribute { } public class Loader { [Fact] void Loads() { } static void Seed(IDbConnection db) => db.Execute(\"update daily set day = now() where id = 1\"); }")]
    [InlineData("public class ControllerBase { } public class Orders : ControllerBase { static void Put(IDbConnection db) => db.Execute(\"update daily set day = now() where id = 1\"); }")]
    [InlineData("public interface IRequestHandler<T> { } public class Handler : IRequestHandler<int> { void Handle(IDbConnection db) => db.Execute(\"update daily set day = now() where id = 1\"); }")]
    public Task What_runs_once_or_by_hand(string code) => Expect.NothingAsync(DatabaseCode.Usings + code);

    [Theory]
    [InlineData("""using (var c = new UnknownCommand("update daily set day = @day where id = 1", db)) { c.Parameters.AddWithValue("@day", DateTime.Now); c.ExecuteNonQuery(); }""")]
    [InlineData("""var c = db.CreateCommand(); c.CommandText = "update daily set day = @day where id = 1"; c.Parameters.AddWithValue("@day", DateTime.Now);""")]
    [InlineData("""db.Execute("update daily set day = @day where id = 1", new { day = DateTime.Now });""")]
    public async Task Code_whose_packages_are_not_there(string statements) =>
        (await Analysis.RunAsync(Analysis.Compile(DatabaseCode.Class($$"""static void Save(UnknownConnection db) { {{statements}} }""")), Analysis.AllAnalyzers)).Select(found => found.Id).ShouldBe(["TP1003"]);

    [Theory]
    [InlineData("""using (var c = new UnknownCommand("update daily set day = @day where id = 1", db)) { c.Parameters.AddWithValue("@day", day); c.ExecuteNonQuery(); }""")]
    [InlineData("""var c = db.CreateCommand(); c.CommandText = "update daily set updated_at = @now where id = 1"; c.Parameters.AddWithValue("@now", DateTime.Now);""")]
    [InlineData("""db.Execute("update daily set total = 1 where day = @day", new { day = DateTime.Now });""")]
    public async Task Code_whose_packages_are_not_there_and_is_fine(string statements) =>
        (await Analysis.RunAsync(Analysis.Compile(DatabaseCode.Class($$"""static void Save(UnknownConnection db, DateTime day) { {{statements}} }""")), Analysis.AllAnalyzers)).ShouldBeEmpty();

    [Fact]
    public async Task Columns_can_be_named_in_the_configuration()
    {
        var compilation = Analysis.Compile(DatabaseCode.Class("""static void Save(IDbConnection db) => db.Execute("update daily set booked = now(), day = now() where id = 1");"""));
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers, ("typed_pipelines.run_columns", "booked, Day"))).ShouldBeEmpty();
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers, ("typed_pipelines.run_columns", "booked"))).Select(found => found.Id).ShouldBe(["TP1003"]);
    }

    /// <summary>The rule marks these places, whatever others say of them.</summary>
    private static async Task MarkedAsync(string marked)
    {
        MarkedCode code = MarkedCode.Parse(marked);
        var compilation = Analysis.Compile(code.Text);
        Analysis.ShouldCompile(compilation);
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).Where(found => found.Id == "TP1003").Select(found => found.Location.SourceSpan).ShouldBe(code.Spans);
    }
}
