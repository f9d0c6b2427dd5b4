namespace TypedPipelines.Analyzers.Tests;

/// <summary>Pipelines that have nothing wrong but what a test puts into them.</summary>
internal static class Pipelines
{
    /// <summary>A daily pipeline whose step <c>Clean</c> has this body, with further members.</summary>
    public static string Daily(string body, string members = "", string parameters = "Raw raw", string usings = "") => $$"""
        {{usings}}
        public sealed record Raw(DateOnly Day, string Name);

        [ReplacePartition(nameof(Day))]
        public sealed record Row(DateOnly Day, string Name, DateTime At = default, Guid Id = default, int Number = 0, DateTimeOffset Moment = default);

        [Pipeline("p")]
        [DailyPartitions("2001-01-01")]
        public sealed partial class P
        {
            [Source] static IEnumerable<Raw> Read() => [];

            [Step] static Row Clean({{parameters}}) {{body}}
            {{members}}
        }
        """;
}
