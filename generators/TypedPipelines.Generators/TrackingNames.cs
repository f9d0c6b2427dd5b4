namespace TypedPipelines.Compilation;

/// <summary>The names of the generator's steps, by which tests assert that an edit elsewhere runs none of them again.</summary>
internal static class TrackingNames
{
    public const string Environment = nameof(Environment);
    public const string Parsed = nameof(Parsed);
    public const string Pipelines = nameof(Pipelines);
    public const string Contracts = nameof(Contracts);
    public const string ContractsWithEnvironment = nameof(ContractsWithEnvironment);
    public const string CsvRows = nameof(CsvRows);
    public const string Results = nameof(Results);
    public const string Names = nameof(Names);
    public const string Clashes = nameof(Clashes);
}
