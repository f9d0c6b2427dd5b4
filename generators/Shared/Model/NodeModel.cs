namespace TypedPipelines.Compilation.Model;

/// <summary>The forms of a source or step.</summary>
internal enum NodeForm
{
    CsvSource,
    JsonSource,
    TableSource,
    OpenedSource,
    SequenceSource,
    AsyncSequenceSource,
    SqlStep,
    Map,
    FilterMap,
    Filter,
    Expand,
    WholeSet,
    AsyncMap,
    AsyncFilterMap,
    AsyncFilter,
    AsyncExpand,
    AsyncWholeSet,
}

/// <summary>What a parameter of a source or step takes.</summary>
internal enum ParameterForm
{
    Row,
    Rows,
    AsyncRows,
    Partition,
    RunContext,
    CancellationToken,
    Lookup,
    Table,
}

/// <summary>A source or step.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Form">Its form.</param>
/// <param name="InputType">The type of the rows that come in, fully qualified; null for a source.</param>
/// <param name="Output">The type of the rows that go out.</param>
/// <param name="From">The node whose rows come in; null for a source.</param>
/// <param name="Parameters">What the method's parameters take, in order.</param>
/// <param name="MaxRejectedShare">For a source: the share of its rows that may be rejected.</param>
internal sealed record NodeModel(
    string Name,
    NodeForm Form,
    string? InputType,
    TypeName Output,
    string? From,
    EquatableArray<ParameterModel> Parameters,
    double MaxRejectedShare)
{
    /// <summary>Whether a row that went out can be another one later.</summary>
    public bool OutputIsMutable { get; init; }

    /// <summary>The summary of its method; null where it has none.</summary>
    public string? Description { get; init; }

    /// <summary>The class that a shared step is in; null for the pipeline's own.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether it is called on an object of the pipeline's class.</summary>
    public bool IsInstance { get; init; }

    /// <summary>How an asynchronous step is called; null for others.</summary>
    public AsyncModel? Async { get; init; }

    /// <summary>What of a SQL step's statement is known; null for others.</summary>
    public SqlModel? Sql { get; init; }

    public string OutputType => Output.Type;

    public string OutputName => Output.Name;

    /// <summary>Whether it brings rows into the pipeline.</summary>
    public bool IsSource => Form <= NodeForm.SqlStep;

    public bool IsWholeSet => Form is NodeForm.WholeSet or NodeForm.AsyncWholeSet;

    /// <summary>Whether it takes a row and gives one later: its rows make a pass of their own.</summary>
    public bool IsAsync => Form is NodeForm.AsyncMap or NodeForm.AsyncFilterMap or NodeForm.AsyncFilter or NodeForm.AsyncExpand;
}

/// <summary>How an asynchronous step is called.</summary>
/// <param name="MaxConcurrency">For how many rows at a time.</param>
/// <param name="Retries">How often it is tried again for a row.</param>
/// <param name="DelayMilliseconds">The first pause before that.</param>
internal sealed record AsyncModel(int MaxConcurrency, int Retries, int DelayMilliseconds)
{
    /// <summary>Whether the rows that it makes of one come one after the other, and not all in the end.</summary>
    public bool Streams { get; init; }
}

/// <summary>What of a SQL step's statement is known.</summary>
/// <param name="Filled">The columns of its rows that the load fills in, by their place.</param>
internal sealed record SqlModel(EquatableArray<int> Filled)
{
    /// <summary>What the name of the class ends in that reads its rows: their table's contract or, where they have none, that of the result.</summary>
    public string ReadBy { get; init; } = TypeName.Table;
}

/// <summary>A parameter of a source or step.</summary>
/// <param name="Form">What it takes.</param>
/// <param name="RowType">For a lookup or a table: the row type.</param>
/// <param name="EarlierWindows">For a table: how many earlier windows are read, too.</param>
internal sealed record ParameterModel(ParameterForm Form, string? RowType, int EarlierWindows = 0)
{
    /// <summary>For a lookup: the node of this pipeline that gives the rows; null where they are read from the row's table.</summary>
    public string? From { get; init; }

    /// <summary>Whether a partition is taken as a <c>Partition</c>; else as the type that it has.</summary>
    public bool AsAnyPartition { get; init; }

    /// <summary>Whether the type that it is passed as decides between overloads.</summary>
    public bool Exactly { get; init; }
}
