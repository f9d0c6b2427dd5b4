using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Commands;

/// <summary>Asks somebody at a terminal; where nobody is there, nobody agrees.</summary>
internal static class Agreement
{
    /// <param name="session">The session.</param>
    /// <param name="what">What is about to be done, as a sentence without its end.</param>
    /// <param name="question">The question.</param>
    /// <param name="otherwise">What to do where nobody can be asked, as a sentence without its end.</param>
    /// <param name="unattended">Whether nobody is there to be asked, whatever the screen says.</param>
    internal static async Task<bool> IsGivenAsync(CliSession session, string what, string question, string otherwise, bool unattended = false)
    {
        Screen screen = session.Screen;
        if (unattended || screen.Answer is not { } answer)
        {
            ErrorText.Write(screen, $"error: {what}. Nothing was changed. {otherwise}.");
            return false;
        }

        screen.Error.Write($"{char.ToUpperInvariant(what[0])}{what[1..]}. {question} [y/N] ");
        screen.Error.Flush();
        // Not on this thread: Ctrl-C is an answer, too.
        string? said = await Task.Run(answer).WaitAsync(session.Stop).ConfigureAwait(false);
        if (said?.Trim().ToUpperInvariant() is "Y" or "YES")
        {
            return true;
        }

        screen.Error.WriteLine("Nothing was changed.");
        return false;
    }
}
