namespace TypedPipelines.Cli.Rendering;

/// <summary>Tells of what stopped a command as a whole. A stack trace is shown only to those who ask for it.</summary>
internal static class ErrorText
{
    /// <summary>Writes the error.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="exception">What happened.</param>
    /// <param name="verbose">Whether to show the stack trace.</param>
    /// <param name="help">The help command to point to where the command line is at fault.</param>
    /// <returns>The exit code.</returns>
    internal static int Write(Screen screen, Exception exception, bool verbose, string help)
    {
        Exception cause = Unwrap(exception);
        (string what, string next, int code) = cause switch
        {
            PipelineException known when known.Kind == FailureKind.Usage => (known.What, $"{known.Next} See `{help}`.", ExitCode.Usage),
            PipelineException known => (known.What, known.Next, ExitCode.Of(known.Kind)),
            OperationCanceledException => ("stopped", "What is loaded stays; the same command goes on from there.", ExitCode.Cancelled),
            _ => (
                $"{cause.GetType().Name}: {cause.Message.TrimEnd('.')}",
                verbose ? "If the stack trace points into TypedPipelines, please report it." : "--verbose shows the stack trace.",
                ExitCode.Failed),
        };
        // The word tells a person and a log search alike where to look; a stop that was asked for is no error.
        string lead = code == ExitCode.Cancelled ? "" : "error: ";
        Write(screen, $"{lead}{(lead.Length == 0 ? char.ToUpperInvariant(what[0]) + what[1..] : what)}. {next}");
        if (verbose && code != ExitCode.Cancelled)
        {
            screen.Error.WriteLine(exception);
        }

        return code;
    }

    /// <summary>Writes a message of one paragraph.</summary>
    internal static void Write(Screen screen, string message)
    {
        foreach (string line in Wrapping.Lines(Visible.Of(message), screen.Width, 2))
        {
            screen.Error.WriteLine(line);
        }
    }

    /// <summary>A descriptor is built in a static constructor and a service in a factory; what they throw comes wrapped.</summary>
    private static Exception Unwrap(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [{ } inner] } => Unwrap(inner),
        _ => exception,
    };
}
