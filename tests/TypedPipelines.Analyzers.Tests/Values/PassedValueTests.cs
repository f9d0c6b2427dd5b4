namespace TypedPipelines.Analyzers.Tests.Values;

/// <summary>TP1006: values that one member takes and another writes.</summary>
public class PassedValueTests
{
    private const string Save = """static void Save(IDbConnection db, DateTime when) => db.Execute("update daily set day = @when where id = 1", new { when });""";
    private const string SaveRow = """static void Save(IDbConnection db, Daily row) => db.Execute("update daily set day = @Day where id = @Id", row);""";

    [Fact]
    public Task It_says_by_which_way() => Expect.OnlyAsync(
        "TP1006",
        DatabaseCode.Class(Save + "static DateTime Now() => DateTime.UtcNow; static void Run(IDbConnection db) => Save(db, [|Now()|]);"),
        "DateTime.UtcNow gives another value on the next run, and by way of 'Now' this writes it to 'day' of 'daily': run again, the same rows become others; take the time from what is loaded, or pass the day that is loaded as a parameter");

    [Theory]
    [InlineData(Save + "static void Run(IDbConnection db) => Save(db, [|DateTime.Today|]);")]
    [InlineData(Save + "static void Run(IDbConnection db) { var now = [|DateTime.Now|]; SaveAll(db, now); } static void SaveAll(IDbConnection db, DateTime when) { foreach (var n in new[] { 1 }) { Save(db, when); } }")]
    [InlineData(SaveRow + "static void Run(IDbConnection db) => Save(db, new Daily { Id = 1, Day = [|DateTime.Today|] });")]
    [InlineData(SaveRow + "static Daily Make(int id) => new() { Id = id, Day = DateTime.Today }; static void Run(IDbConnection db) => Save(db, [|Make(1)|]);")]
    [InlineData(SaveRow + "static Daily Make(int id, DateTime day) => new() { Id = id, Day = day }; static void Run(IDbConnection db) => Save(db, Make(1, [|DateTime.Today|]));")]
    [InlineData("""readonly DateTime _day = DateTime.Today; void Run(IDbConnection db) => db.Execute("update daily set day = @day where id = 1", new { day = [|_day|] });""")]
    [InlineData("""readonly DateTime _day; Store() { _day = DateTime.Today; } void Run(IDbConnection db) => db.Execute("update daily set day = @day where id = 1", new { day = [|_day|] });""")]
    [InlineData("""static DateTime Day => DateTime.Today; static void Run(IDbConnection db) => db.Execute("update daily set day = @day where id = 1", new { day = [|Day|] });""")]
    [InlineData("""interface IClock { DateTime Now { get; } } class SystemClock : IClock { public DateTime Now => DateTime.UtcNow; } static void Run(IDbConnection db, IClock clock) => db.Execute("update daily set day = @day where id = 1", new { day = [|clock.Now|] });""")]
    [InlineData("""interface IClock { DateTime Now(); } class SystemClock : IClock { public DateTime Now() => DateTime.UtcNow; } readonly IClock _clock = new SystemClock(); void Run(IDbConnection db) => db.Execute("update daily set day = @day where id = 1", new { day = [|_clock.Now()|] });""")]
    [InlineData("""interface IStore { void Save(DateTime day); } class Db(IDbConnection db) : IStore { public void Save(DateTime day) => db.Execute("update daily set day = @day where id = 1", new { day }); } static void Run(IStore store) => store.Save([|DateTime.Today|]);""")]
    [InlineData("""static void Run(IDbConnection db) { void Local(DateTime day) => db.Execute("update daily set day = @day where id = 1", new { day }); Local([|DateTime.Today|]); }""")]
    [InlineData("""static string NewId() => Guid.NewGuid().ToString(); static void Run(IDbConnection db) => db.Execute("update daily set code = @code where id = 1", new { code = [|NewId()|] });""")]
    [InlineData("""static Guid A(int n) => n > 0 ? Guid.NewGuid() : B(n); static Guid B(int n) => A(n + 1); static Guid C(int n) => B(n); static Guid NewId() => Guid.NewGuid(); static void Run(IDbConnection db) => db.Execute("update daily set code = @code where id = 1", new { code = [|NewId()|], other = C(1) });""")]
    [InlineData("""static IEnumerable<Daily> Rows() { yield return new Daily { Day = DateTime.Today }; yield return new Daily { Id = 2 }; } static void Run(IDbConnection db) => db.Execute("update daily set day = @Day where id = @Id", [|Rows()|]);""")]
    public Task By_way_of_others(string members) => Expect.OnlyAsync("TP1006", DatabaseCode.Class(members));

    [Theory]
    [InlineData(Save + "static DateTime Day(string[] args) => args.Length > 0 ? DateTime.Parse(args[0]) : DateTime.Today; static void Run(IDbConnection db, string[] args) => Save(db, Day(args));")]
    [InlineData(Save + "static DateTime Day(string[] args) { if (args.Length > 0) { return DateTime.Parse(args[0]); } return DateTime.Today; } static void Run(IDbConnection db, string[] args) => Save(db, Day(args));")]
    [InlineData(Save + "static void Log(DateTime when) => Console.WriteLine(when); static void Run(IDbConnection db, DateTime day) { Log(DateTime.Now); Save(db, day); }")]
    [InlineData(Save + "static DateTime Same(DateTime when) => when.Date; static void Run(IDbConnection db, DateTime day) { Console.WriteLine(Same(DateTime.Now)); Save(db, Same(day)); }")]
    [InlineData(SaveRow + "static void Run(IDbConnection db) => Save(db, new Daily { Id = 1, Total = DateTime.Today.Day });")]
    [InlineData("""interface IClock { DateTime Now { get; } } class SystemClock : IClock { public DateTime Now => DateTime.UtcNow; } class DayClock(DateTime day) : IClock { public DateTime Now => day; } static void Run(IDbConnection db, IClock clock) => db.Execute("update daily set day = @day where id = 1", new { day = clock.Now });""")]
    [InlineData("""static DateTime Loop(int n) => Back(n); static DateTime Back(int n) => Loop(n); static void Run(IDbConnection db) => db.Execute("update daily set day = @day where id = 1", new { day = Loop(1) });""")]
    [InlineData("""static void Save(IDbConnection db, DateTime now) => db.Execute("update daily set updated_at = @now where id = 1", new { now }); static void Run(IDbConnection db) => Save(db, DateTime.UtcNow);""")]
    public Task What_is_fine(string members) => Expect.NothingAsync(DatabaseCode.Class(members));

    [Fact]
    public Task What_a_controller_passes_is_of_a_request() => Expect.NothingAsync(
        DatabaseCode.Class(Save.Replace("static void", "public static void", StringComparison.Ordinal))
        + "public class ControllerBase { } public class Orders : ControllerBase { void Put(IDbConnection db) => Store.Save(db, DateTime.Today); }");
}
