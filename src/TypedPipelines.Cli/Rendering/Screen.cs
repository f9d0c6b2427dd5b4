namespace TypedPipelines.Cli.Rendering;

/// <summary>Where the program writes: results to one writer, errors and notices to the other.</summary>
internal sealed class Screen
{
    /// <summary>Results.</summary>
    internal required TextWriter Output { get; init; }

    /// <summary>Errors, notices and logs.</summary>
    internal required TextWriter Error { get; init; }

    /// <summary>Whether a person watches <see cref="Output"/>, so that lines may be redrawn.</summary>
    internal bool Interactive { get; init; }

    /// <summary>Whether <see cref="Error"/> goes to the same terminal as <see cref="Output"/>.</summary>
    internal bool ErrorIsTerminal { get; init; }

    /// <summary>Reads what somebody answers; null where nobody is there who could.</summary>
    internal Func<string?>? Answer { get; init; }

    /// <summary>How wide a line may be; null where nobody's terminal limits it, as in a log that is searched line by line.</summary>
    internal int? Width { get; init; }

    /// <summary>The screen of this process.</summary>
    internal static Screen OfProcess()
    {
        bool terminal = !Console.IsOutputRedirected;
        return new Screen
        {
            Output = Console.Out,
            Error = Console.Error,
            Interactive = terminal && !IsSet("CI") && Environment.GetEnvironmentVariable("TERM") != "dumb",
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Answer = Console.IsInputRedirected || Console.IsErrorRedirected || IsSet("CI") ? null : Console.ReadLine,
            Width = terminal ? WidthOfConsole() : null,
        };
    }

    /// <summary>Makes a terminal usable again that is left in the middle of a progress bar.</summary>
    internal void ShowCursor()
    {
        if (Interactive)
        {
            Output.WriteLine("\u001b[?25h");
            Output.Flush();
        }
    }

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";

    private static int? WidthOfConsole()
    {
        try
        {
            return Console.WindowWidth > 20 ? Console.WindowWidth : null;
        }
        catch (IOException)
        {
            return null; // A terminal that does not tell.
        }
    }
}
