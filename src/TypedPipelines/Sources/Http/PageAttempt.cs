namespace TypedPipelines;

/// <summary>How one request ended.</summary>
internal sealed class PageAttempt
{
    private PageAttempt()
    {
    }

    /// <summary>The page; null where there is none.</summary>
    internal HttpPage? Page { get; private init; }

    /// <summary>What happened instead, as it follows the address in a sentence.</summary>
    internal string What { get; private init; } = "";

    /// <summary>What to do about it.</summary>
    internal string Advice { get; private init; } = "";

    /// <summary>Whether it may go better another time.</summary>
    internal bool MayPass { get; private init; }

    /// <summary>The pause that the service asks for; null where it does not.</summary>
    internal TimeSpan? Pause { get; private init; }

    internal Exception? Cause { get; private init; }

    internal static PageAttempt Arrived(HttpPage page) => new() { Page = page };

    internal static PageAttempt Failed(string what, string advice, Exception? cause = null) => new() { What = what, Advice = advice, Cause = cause };

    internal static PageAttempt MayPassLater(string what, TimeSpan? pause = null, Exception? cause = null) => new()
    {
        What = what,
        Advice = "Nothing was changed. Run the partition again when the service answers; Retries and Timeout of the source say how patient a run is.",
        MayPass = true,
        Pause = pause,
        Cause = cause,
    };
}
