namespace TypedPipelines.Cli.CommandLine;

/// <summary>What the options say that many commands have; null where one is not given.</summary>
internal sealed record GlobalValues(string? Destination, string? Connection, bool Verbose, LoadValues Load);
