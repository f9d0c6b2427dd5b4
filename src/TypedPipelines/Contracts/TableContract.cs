namespace TypedPipelines;

/// <summary>
/// What the engine knows about a table and its rows. The source generator writes one for every row contract, as a
/// class that derives from <see cref="TableContract{TRow}"/>.
/// </summary>
public abstract class TableContract : IRowContract
{
    private protected TableContract()
    {
    }

    /// <summary>The table's name, unquoted.</summary>
    public abstract string Table { get; }

    /// <summary>The schema's name, unquoted; null for the destination's default. SQLite has no schemas and ignores it.</summary>
    public virtual string? Schema => null;

    /// <summary>How a batch becomes the table's content.</summary>
    public abstract LoadStrategy Strategy { get; }

    /// <summary>The columns, in the order in which rows are written.</summary>
    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>The position in <see cref="Columns"/> of the column that says which window a row belongs to; null where the strategy has none.</summary>
    public virtual int? PartitionColumn => null;

    /// <summary>
    /// The position in <see cref="Columns"/> of the column by which rows must lie in the run's window, and by which the load's statements
    /// find those that do: of the partition column, or of the scope in which missing rows are deleted; null where none is.
    /// </summary>
    public virtual int? WindowColumn => PartitionColumn;

    /// <summary>The position in <see cref="Columns"/> of the column that says until when a version of a history holds, empty for the current one; null where there are no versions.</summary>
    public virtual int? EndColumn => null;

    /// <summary>The position in <see cref="Columns"/> of the column that a load stamps with its partition's key; null where there is none.</summary>
    public virtual int? RunColumn => null;

    /// <summary>Whether of two rows with one key the one with the later version stays, in whatever order they are loaded.</summary>
    public virtual bool KeepsNewest => false;

    /// <summary>What a load may delete of the rows that its batch does not have; null where it deletes none.</summary>
    public virtual DeleteLimits? DeleteMissing => null;

    /// <summary>What happens to a row outside the run's window.</summary>
    public virtual RowAction OutOfWindow => RowAction.Fail;

    /// <summary>What happens to a row that fails a check.</summary>
    public virtual RowAction OnInvalid => RowAction.Fail;

    /// <summary>Whether an object of the row type can become another row: then it must not stand for two rows.</summary>
    public virtual bool HasMutableRows => false;

    /// <summary>The checks that the contract declares beyond those of single values: what they find is in the ledger, one result for each in every run.</summary>
    public virtual IReadOnlyList<TableCheck> Checks => [];

    /// <summary>The load SQL for each destination that the project references, as the generator wrote it.</summary>
    public abstract IReadOnlyList<LoadPlan> Plans { get; }

    /// <summary>Whether the rows that a load replaces are kept, so that it can be undone.</summary>
    public virtual bool KeepsReplaced => false;

    /// <summary>The type of the rows.</summary>
    public abstract Type RowType { get; }

    /// <summary>Stages the rows that the last load of a session's partition replaced.</summary>
    /// <returns>How many there are.</returns>
    internal abstract Task<long> StageReplacedAsync(Destinations.IPartitionSession session, CancellationToken cancellationToken);

    /// <summary>The table's name for people: with its schema, unquoted.</summary>
    public string DisplayName => Schema is null ? Table : $"{Schema}.{Table}";

    /// <summary>Finds the plan for a destination.</summary>
    /// <typeparam name="TPlan">The destination's kind of plan.</typeparam>
    /// <exception cref="PipelineException">The project was compiled without a reference to that destination's package.</exception>
    public TPlan PlanFor<TPlan>()
        where TPlan : LoadPlan
    {
        foreach (LoadPlan plan in Plans)
        {
            if (plan is TPlan found)
            {
                return found;
            }
        }

        throw new PipelineException(
            FailureKind.Usage,
            $"the table {DisplayName} has no load code for this destination ({typeof(TPlan).Name})",
            "Reference the destination's package from the project that declares the row type's pipeline, and rebuild it.");
    }
}

/// <summary>The contract of a table whose rows are <typeparamref name="TRow"/>: typed, so that no value is boxed on its way to the database.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
public abstract class TableContract<TRow> : TableContract, IRowContract<TRow>
{
    /// <inheritdoc/>
    public sealed override Type RowType => typeof(TRow);

    /// <summary>Writes rows: for each of them <see cref="IRowWriter.BeginRow"/>, its columns in order, <see cref="IRowWriter.EndRow"/>.</summary>
    /// <typeparam name="TWriter">The destination's writer: a struct, so that its calls are direct.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="slice">What the load fills in.</param>
    /// <param name="writer">The writer.</param>
    public abstract void Write<TWriter>(ReadOnlySpan<TRow> rows, in RunSlice slice, ref TWriter writer)
        where TWriter : struct, IRowWriter, allows ref struct;

    /// <inheritdoc/>
    public abstract TRow Read<TReader>(ref TReader reader)
        where TReader : struct, IRowReader, allows ref struct;

    /// <summary>
    /// Compares two rows by what a batch may hold once, their key: 0 only where it is the same. The order itself is of no account. Rows that
    /// arrive in ascending order need no look for duplicates.
    /// </summary>
    /// <param name="left">A row.</param>
    /// <param name="right">Another.</param>
    /// <returns>Less than, equal to or greater than 0; 0 always where the contract has no order.</returns>
    public virtual int CompareKeys(in TRow left, in TRow right) => 0;

    /// <summary>Looks for the first way in which a row breaks its contract.</summary>
    /// <param name="row">The row.</param>
    /// <param name="slice">The part of the table that the run loads.</param>
    /// <param name="violation">What is wrong.</param>
    /// <returns>Whether anything is.</returns>
    public abstract bool FindViolation(in TRow row, in RunSlice slice, out RowViolation violation);

    /// <summary>Looks for the next of <see cref="TableContract.Checks"/> that a row breaks.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The place of the first one that is asked.</param>
    /// <param name="reason">What is wrong, where the check says so.</param>
    /// <returns>Its place; -1 where there is none.</returns>
    public virtual int FindFailedCheck(in TRow row, int first, out string? reason)
    {
        reason = null;
        return -1;
    }

    /// <summary>Adds up what the checks of all rows ask for.</summary>
    /// <param name="rows">Rows that are staged.</param>
    /// <param name="measures">One for each of <see cref="TableContract.Checks"/>.</param>
    public virtual void Measure(ReadOnlySpan<TRow> rows, ReadOnlySpan<CheckMeasure> measures)
    {
    }

    /// <summary>A column's value as messages show it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in <see cref="TableContract.Columns"/>.</param>
    public string Show(in TRow row, int column) => Quote.Value(ValueOf(row, column));

    /// <summary>A column's value as quarantine keeps it: in invariant form, not quoted; null for null.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in <see cref="TableContract.Columns"/>.</param>
    public string? Plain(in TRow row, int column) => ValueOf(row, column) switch
    {
        null => null,
        string text => text,
        object other => Quote.Value(other),
    };

    /// <summary>A row as messages show it: every column with its value.</summary>
    /// <param name="row">The row.</param>
    public string Show(in TRow row)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < Columns.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(Columns[i].Name).Append('=').Append(Show(row, i));
        }

        return text.ToString();
    }

    internal sealed override async Task<long> StageReplacedAsync(Destinations.IPartitionSession session, CancellationToken cancellationToken)
    {
        Destinations.IStaging<TRow> staging = await session.StageAsync(this, cancellationToken).ConfigureAwait(false);
        IRowSource<TRow> rows = await session.ReadReplacedAsync(this, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            var batch = new RowBatch<TRow>();
            long staged = 0;
            for (bool more = true; more;)
            {
                more = await rows.ReadAsync(batch, cancellationToken).ConfigureAwait(false);
                if (batch.Count > 0)
                {
                    await staging.AddAsync(batch.Rows.ToArray(), cancellationToken).ConfigureAwait(false);
                    staged += batch.Count;
                }
            }

            return staged;
        }
    }

    /// <summary>A column's value, boxed: for messages and tests.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in <see cref="TableContract.Columns"/>.</param>
    internal object? Value(in TRow row, int column) => ValueOf(row, column);

    /// <summary>A column's value, boxed: for messages and tests.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The position in <see cref="TableContract.Columns"/>.</param>
    protected abstract object? ValueOf(in TRow row, int column);
}
