using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class AddHoldLockFixTests
{
    private const string Rest = " as t using #stage as s on t.day = s.day when not matched then insert (day) values (s.day);";

    [Theory]
    [InlineData("\"merge into dbo.daily" + Rest + "\"", "\"merge into dbo.daily with (holdlock)" + Rest + "\"")]
    [InlineData("\"MERGE [dbo].[daily] " + Rest + "\"", "\"MERGE [dbo].[daily] WITH (HOLDLOCK) " + Rest + "\"")]
    [InlineData("@\"merge into dbo.daily\r\n" + Rest + "\"", "@\"merge into dbo.daily with (holdlock)\r\n" + Rest + "\"")]
    [InlineData("\"\"\"\n    merge into dbo.daily" + Rest + "\n    \"\"\"", "\"\"\"\n    merge into dbo.daily with (holdlock)" + Rest + "\n    \"\"\"")]
    public async Task The_lock_stands_behind_the_target(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new AddHoldLockFix(), Class(before));
        text.ShouldNotBeNull().ShouldBe(Class(after));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Theory]
    [InlineData("$\"merge into dbo.daily" + Rest + "\"")]
    [InlineData("\"merge into \" + \"dbo.daily" + Rest + "\"")]
    [InlineData("\"-- merge into dbo.other \\nmerge into dbo.daily" + Rest + "\"")]
    public async Task Where_the_text_is_not_one_literal_or_not_clear_nothing_is_offered(string text) =>
        (await FixRunner.FixAsync(new AddHoldLockFix(), Class(text))).ShouldBeNull();

    private static string Class(string text) => $"public static class C {{ public static void Save(System.Data.IDbCommand c) {{ c.CommandText = {text}; }} }}";
}
