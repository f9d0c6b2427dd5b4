using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class ReplaceAppendFixTests
{
    [Theory]
    [InlineData("[Append] public sealed record E([property: Key] int Id);", "[Merge] public sealed record E([property: Key] int Id);")]
    [InlineData("[Append] public sealed record E([property: Key] int Id, DateOnly Day);", "[Merge] public sealed record E([property: Key] int Id, DateOnly Day);")]
    [InlineData("[Append] public sealed record E(int Id, DateOnly Day);", "[ReplacePartition(nameof(Day))] public sealed record E(int Id, DateOnly Day);")]
    [InlineData("[Append()] public sealed record E(DateTime At);", "[ReplacePartition(nameof(At))] public sealed record E(DateTime At);")]
    [InlineData(
        "[AppendAttribute(OnInvalid = RowAction.Quarantine)] public sealed record E(DateTimeOffset At);",
        "[ReplacePartition(nameof(At), OnInvalid = RowAction.Quarantine)] public sealed record E(DateTimeOffset At);")]
    [InlineData(
        "[Append(OnInvalid = RowAction.Drop)] public sealed class E { [Key] public int Id { get; set; } }",
        "[Merge(OnInvalid = RowAction.Drop)] public sealed class E { [Key] public int Id { get; set; } }")]
    [InlineData(
        "[Serializable, TypedPipelines.Append] public sealed record E([property: Key] int Id);",
        "[Serializable, TypedPipelines.Merge] public sealed record E([property: Key] int Id);")]
    public async Task The_strategy_follows_from_the_members(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new ReplaceAppendFix(), before);

        text.ShouldNotBeNull().ShouldBe(after.Replace("nameof(", "nameof(", StringComparison.Ordinal));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Theory]
    [InlineData("[Append] public sealed record E(int Id);")]
    [InlineData("[Append] public sealed record E(DateOnly Day, DateTime At);")]
    [InlineData("[Append] public sealed record E(DateOnly? Day);")]
    public async Task Where_nothing_says_which_strategy_nothing_is_offered(string code) =>
        (await FixRunner.FixAsync(new ReplaceAppendFix(), code)).ShouldBeNull();

    [Fact]
    public async Task All_of_a_document_each_by_its_own_members() => (await FixRunner.FixAllAsync(new ReplaceAppendFix(), """
        [Append] public sealed record E([property: Key] int Id);
        [Append] public sealed record F(DateOnly Day);
        """)).ShouldBe("""
        [Merge] public sealed record E([property: Key] int Id);
        [ReplacePartition(nameof(Day))] public sealed record F(DateOnly Day);
        """);
}
