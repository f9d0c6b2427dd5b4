using TypedPipelines.Analyzers.Tests.Values;
using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class UseParameterFixTests
{
    [Theory]
    [InlineData("""db.Query<Daily>($"select * from daily where region = '{region}'");""", """db.Query<Daily>("select * from daily where region = @region", new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from {table} where region = '{region}'");""", """db.Query<Daily>($"select * from {table} where region = @region", new { region });""")]
    [InlineData("""db.Query<Daily>($"select * from daily where region = '{region}' and id = @id", new { id });""", """db.Query<Daily>("select * from daily where region = @region and id = @id", new { id, region });""")]
    [InlineData("""db.Execute($"update daily set total = {row.Total} where id = 1");""", """db.Execute("update daily set total = @total where id = 1", new { total = row.Total });""")]
    [InlineData("""db.Execute($"update daily set total = {total} where id = 1", commandTimeout: 5);""", """db.Execute("update daily set total = @total where id = 1", new { total }, commandTimeout: 5);""")]
    public async Task Dapper_gets_it_as_a_member(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new UseParameterFix(), DatabaseCode.Class(Method(before)));
        text.ShouldNotBeNull().ShouldBe(DatabaseCode.Class(Method(after)));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Theory]
    [InlineData("""using var c = new NpgsqlCommand($"select * from daily where region = '{region}'", db);""", """using var c = new NpgsqlCommand("select * from daily where region = @region", db);""")]
    [InlineData("""using var c = db.CreateCommand(); c.CommandText = $"select * from daily where region = '{region}'";""", """c.CommandText = "select * from daily where region = @region";""")]
    public async Task A_command_gets_it_as_a_parameter(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new UseParameterFix(), DatabaseCode.Class(Method(before)));
        text.ShouldNotBeNull().ShouldContain(after);
        text.ShouldContain("""c.Parameters.AddWithValue("@region", region);""");
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task All_of_a_text_are_mended_at_once() =>
        (await FixRunner.FixAllAsync(new UseParameterFix(), DatabaseCode.Class(Method("""db.Query<Daily>($"select * from daily where region = '{region}' and total > {total} and day = '{row.Day}'");"""))))
            .ShouldContain("""db.Query<Daily>("select * from daily where region = @region and total > @total and day = @day", new { region, total, day = row.Day });""");

    [Theory]
    [InlineData("""db.Query<Daily>($"select * from daily where region like '%{region}%'");""")]
    [InlineData("""db.Query<Daily>("select * from daily where region = '" + region + "'");""")]
    [InlineData("""db.Query<Daily>($"select * from daily where day = '{row.Day:yyyy-MM-dd}'");""")]
    [InlineData("""db.Query<Daily>($"select * from daily where region = '{region}'", row);""")]
    public async Task Where_it_is_not_mechanical_nothing_is_offered(string statement) =>
        (await FixRunner.FixAsync(new UseParameterFix(), DatabaseCode.Class(Method(statement)))).ShouldBeNull();

    private static string Method(string statement) => $$"""
        static void Save(NpgsqlConnection db, string region, decimal total, int id, string table, Daily row)
            {
                {{statement}}
            }
        """;
}
