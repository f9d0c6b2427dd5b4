namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>An edit of a small project of its own.</summary>
/// <param name="Name">What is edited.</param>
/// <param name="Code">The project beside the pipeline, whose step calls <c>Logic.Of</c>; or a pipeline of its own.</param>
/// <param name="From">The text that is replaced, which must be there.</param>
/// <param name="To">What it becomes.</param>
internal sealed record SmallEdit(string Name, string Code, string From, string To)
{
    private const string Pipeline = """
        namespace Small;

        public sealed record Raw(int Id, decimal Amount);

        [ReplaceTable]
        public sealed record Row([property: Key] int Id, [Precision(12, 4)] decimal Amount);

        [Pipeline("small")]
        public sealed partial class SmallPipeline
        {
            [Source] static IEnumerable<Raw> Read() => [];

            [Step] static Row Make(Raw raw) => new(raw.Id, Logic.Of(raw.Amount));
        }
        """;

    /// <summary>More files, each beside the first.</summary>
    internal string[] Files { get; init; } = [];

    internal string[] Before => All(Code, Files);

    internal string[] After
    {
        get
        {
            Before.ShouldContain(file => file.Contains(From, StringComparison.Ordinal), $"'{From}' is not there to be replaced");
            return All(Code.Replace(From, To, StringComparison.Ordinal), [.. Files.Select(file => file.Replace(From, To, StringComparison.Ordinal))]);
        }
    }

    private static string[] All(string code, string[] files) =>
        [.. (code.Contains("class SmallPipeline", StringComparison.Ordinal) ? Array.Empty<string>() : [Pipeline]).Append("namespace Small;\n\n" + code).Concat(files)];
}
