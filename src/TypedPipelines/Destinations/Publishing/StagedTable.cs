namespace TypedPipelines.Destinations;

/// <summary>The staging of one table: what is the same about it on every destination.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
/// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
internal abstract class StagedTable<TRow, TPlan>(TableContract<TRow> contract, TPlan plan, RunSlice slice) : IStaging<TRow>, IStagedTable<TPlan>
    where TPlan : LoadPlan
{
    private readonly RunSlice _slice = slice;
    private BatchKeys<TRow> _keys = new(contract);

    TableContract IStagedTable<TPlan>.Contract => contract;

    public TPlan Plan => plan;

    public long Staged { get; private set; }

    public bool HasDistinctKeys => _keys.AreDistinct;

    protected TableContract<TRow> Contract => contract;

    /// <summary>What the load fills in.</summary>
    protected ref readonly RunSlice Slice => ref _slice;

    public ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (rows.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask writing = WriteAsync(rows, cancellationToken);
        Staged += rows.Length;
        _keys.Add(rows.Span, in _slice);
        return writing;
    }

    public async Task<PipelineException?> FindDuplicatesAsync(CancellationToken cancellationToken) =>
        await FindTwoAsync(plan.FindDuplicates, cancellationToken).ConfigureAwait(false) is [TRow first, TRow second]
            ? ContractFailures.DuplicateKey(contract, in first, in second)
            : null;

    public async Task<PipelineException?> FindConflictAsync(CancellationToken cancellationToken) =>
        await FindTwoAsync(plan.FindConflict, cancellationToken).ConfigureAwait(false) is [TRow came, TRow there]
            ? ContractFailures.VersionConflict(contract, in came, in there)
            : null;

    public async Task<string?> ShowAsync(string sql, CancellationToken cancellationToken) =>
        await QueryAsync(sql, cancellationToken).ConfigureAwait(false) is [TRow row] ? contract.Show(in row) : null;

    /// <summary>Writes rows, of which there is at least one.</summary>
    protected abstract ValueTask WriteAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken);

    /// <summary>The rows of a query that selects the contract's columns.</summary>
    protected abstract Task<List<TRow>> QueryAsync(string sql, CancellationToken cancellationToken);

    /// <summary>The two rows that a query finds where something is wrong with them; null where there is no such query.</summary>
    private async Task<List<TRow>?> FindTwoAsync(string? sql, CancellationToken cancellationToken) =>
        sql is null ? null : await QueryAsync(sql, cancellationToken).ConfigureAwait(false);
}
