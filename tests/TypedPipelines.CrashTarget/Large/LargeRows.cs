namespace TypedPipelines.CrashTarget;

/// <summary>Nine megabytes of rows, the same in the process that is killed and in the one that kills it.</summary>
internal static class LargeRows
{
    private const int Count = 2250;

    /// <summary>Rows that a version has, and the next one has not.</summary>
    private const int Gone = 25;

    private const int Length = 4000;

    /// <summary>The rows of a version: every other one of those that the version before had, too, has another text.</summary>
    internal static IEnumerable<(long Id, string Text)> Of(int version) =>
        Enumerable.Range(version * Gone, Count).Select(id => ((long)id, new string((char)('a' + (id % 2 == 0 ? 0 : version % 26)), Length)));
}
