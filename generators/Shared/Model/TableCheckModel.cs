namespace TypedPipelines.Compilation.Model;

/// <summary>The kinds of check that a contract declares beyond those of single values.</summary>
internal enum TableCheckKind
{
    /// <summary>A method says of a row whether it is right.</summary>
    Row,

    /// <summary>A method gives a statement that selects what is wrong.</summary>
    Statement,

    RowCount,
    Unique,
    References,
    Fresh,
    NullShare,
    Steady,
}

/// <summary>A check that a contract declares of its rows: one result in every run.</summary>
/// <param name="Kind">What it checks.</param>
/// <param name="Name">The name in the ledger.</param>
/// <param name="Severity">The name of the runtime's <c>CheckSeverity</c>.</param>
internal sealed record TableCheckModel(TableCheckKind Kind, string Name, string Severity)
{
    /// <summary>What it means, for people; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary>What to do where it is not passed; null where nothing is said.</summary>
    public string? Remedy { get; init; }

    public long? MaxRows { get; init; }

    public double? MaxShare { get; init; }

    /// <summary>Of a method: how generated code calls it, up to the parenthesis.</summary>
    public string? Call { get; init; }

    /// <summary>Of a method that checks rows: whether it gives a reason, and not whether the row is right.</summary>
    public bool GivesReason { get; init; }

    /// <summary>Of a statement: what its method takes, in order, as C# source writes it.</summary>
    public EquatableArray<string> Arguments { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Of a statement: the tables that it reads besides.</summary>
    public EquatableArray<TypeName> Reads { get; init; } = EquatableArray<TypeName>.Empty;

    /// <summary>The positions of the columns that it is about.</summary>
    public EquatableArray<int> Columns { get; init; } = EquatableArray<int>.Empty;

    /// <summary>Of a reference: where to.</summary>
    public ReferenceModel? Reference { get; init; }

    /// <summary>The bounds, by the names of the runtime's properties, as C# source writes them.</summary>
    public EquatableArray<NamedValue> Options { get; init; } = EquatableArray<NamedValue>.Empty;

    /// <summary>Of freshness: how long, in ticks.</summary>
    public long Ticks { get; init; }

    /// <summary>Of nulls: the share of the rows.</summary>
    public double Share { get; init; }
}

/// <summary>What a column refers to.</summary>
/// <param name="Table">The other table.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Column">Its column.</param>
internal sealed record ReferenceModel(string Table, string? Schema, ColumnModel Column)
{
    /// <summary>The name by which the runtime tells tables apart.</summary>
    public string DisplayName => Schema is null ? Table : $"{Schema}.{Table}";
}

/// <summary>A property with the value that it is set to.</summary>
/// <param name="Name">The property.</param>
/// <param name="Value">The value, as C# source writes it.</param>
internal sealed record NamedValue(string Name, string Value);
