using TypedPipelines.Analyzers.Tests.Values;

namespace TypedPipelines.Analyzers.Tests.Reruns;

public class ValueInTextAnalyzerTests
{
    [Theory]
    [InlineData("""db.Query<Daily>($"select * from daily where region = '{[|region|]}'");""")]
    [InlineData("""db.Query<Daily>("select * from daily where region = '" + [|region|] + "'");""")]
    [InlineData("""var sql = $"update daily set region = '{[|region|]}', day = '{[|day|]:yyyy-MM-dd}' where id = {id}"; db.Execute(sql);""")]
    [InlineData("""db.Execute($"update daily set total = {[|total|]} where id = {id}");""")]
    [InlineData("""db.Query<Daily>($"select * from daily where region like '%{[|region|]}%'");""")]
    [InlineData("""using var c = db.CreateCommand(); c.CommandText = $"select * from {Table} where region in ('{[|region|]}', 'x')";""")]
    [InlineData("""var c = new NpgsqlCommand($"select * from daily where region = '{[|region.Trim()|]}'");""")]
    [InlineData("""db.Query<Daily>($"select * from daily where day between '{[|day|]}' and '{[|day.AddDays(1)|]}'");""")]
    [InlineData("""context.Database.ExecuteSqlRaw($"update daily set region = '{[|region|]}' where id = 1");""")]
    [InlineData("""var sql = string.Format("select * from {0} where region = '{1}'", table, [|region|]); db.Query<Daily>(sql);""")]
    public Task A_value_in_the_text(string statements) => Expect.OnlyAsync("TP1011", DatabaseCode.Class(Method(statements)));

    [Theory]
    [InlineData("""db.Query<Daily>("select * from daily where region = @region", new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from {table} where region = @region order by {column}", new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from daily where id = {id} and region = '{Constant}'");""")]
    [InlineData("""db.Query<Daily>($"select * from daily where region = @{column}", new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from daily where region in ({string.Join(",", new[] { "@a", "@b" })})");""")]
    [InlineData("""db.Query<Daily>("select * from daily " + where, new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from \"{table}\" where [{column}] = @region", new { region });""")]
    [InlineData("""db.Execute($"create user app password '{region}'");""")]
    [InlineData("""db.Execute($"attach database '{region}' as other");""")]
    [InlineData("""context.Database.ExecuteSql($"update daily set region = {region}, total = {total} where id = 1");""")]
    [InlineData("""context.Database.ExecuteSqlInterpolated($"update daily set region = {region} where id = 1");""")]
    [InlineData("""Console.WriteLine($"select * from daily where region = '{region}'");""")]
    [InlineData("""db.Query<Daily>(string.Format("select * from {0} where id = {1}", table, id));""")]
    public Task A_parameter_a_name_or_a_part_of_the_statement(string statements) => Expect.NothingAsync(DatabaseCode.Class(Method(statements)));

    [Theory]
    [InlineData("""var c = new UnknownCommand(string.Format("update daily set day = '{0}' where id = 1", day), db);""")]
    [InlineData("""var c = new UnknownCommand($"update daily set region = '{region}' where id = 1", db);""")]
    public async Task Code_whose_packages_are_not_there(string statements) =>
        (await Analysis.RunAsync(Analysis.Compile(DatabaseCode.Class(Method(statements))), Analysis.AllAnalyzers)).Select(found => found.Id).ShouldBe(["TP1011"]);

    private static string Method(string statements) => $$"""
        private const string Constant = "eu";
        private const string Table = "daily";
        static void Save(NpgsqlConnection db, ShopContext context, string region, DateTime day, decimal total, int id, string table, string column, string where) { {{statements}} }
        """;
}
