using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// The gate in front of a table: generated loops put rows in, each batch is checked against the contract, and what passes is
/// staged.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class LoadInput<TRow> : ILoadInput
{
    private readonly TableContract<TRow> _contract;
    private readonly IStaging<TRow> _staging;
    private readonly RunSlice _slice;
    private readonly IRejectSink _rejects;
    private readonly List<(TRow Row, int From)> _beyond = [];
    private readonly List<int> _leftOut = [];
    private readonly LoadChecks<TRow>? _checks;
    private TRow[] _rows = new TRow[RowBatch<TRow>.Capacity];
    private int[] _from = new int[RowBatch<TRow>.Capacity]; // Of expanded rows each one's; else the rows of the batch of which there is none.
    private bool _expanded;
    private int _count;
    private int _skips;

    internal LoadInput(TableContract<TRow> contract, IStaging<TRow> staging, RunSlice slice, IRejectSink rejects)
    {
        _contract = contract;
        _staging = staging;
        _slice = slice;
        _rejects = rejects;
        _checks = contract.Checks.Count == 0 ? null : new LoadChecks<TRow>(contract, rejects);
    }

    /// <inheritdoc/>
    public TableContract Contract => _contract;

    /// <inheritdoc/>
    public long Received { get; private set; }

    /// <inheritdoc/>
    public long Dropped { get; private set; }

    /// <inheritdoc/>
    public long Rejected { get; private set; }

    /// <inheritdoc/>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public long Staged { get; private set; }

    long ILoadInput.Checked => _checks?.Asked ?? 0;

    RowTally ILoadInput.TallyOf(int check) => _checks!.Tallies[check];

    CheckMeasure ILoadInput.MeasureOf(int check) => _checks!.Measures[check];

    /// <summary>Where the rows go that are made of a batch, of each of its rows one or none.</summary>
    public LoadRows<TRow> Begin()
    {
        _expanded = false;
        return new LoadRows<TRow>(this, _rows);
    }

    /// <summary>Where the rows go that are made of a batch, of each of its rows any number.</summary>
    public ExpandedRows<TRow> BeginExpanded()
    {
        _expanded = true;
        return new ExpandedRows<TRow>(this, _rows, _from, _count);
    }

    /// <summary>Puts a row in.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">The position, in the batch being worked on, of the row it was made from.</param>
    internal void Add(TRow row, int from)
    {
        ExpandedRows<TRow> rows = BeginExpanded();
        rows.Add(row, from);
        rows.End();
    }

    /// <summary>Notes a row of the batch of which there is none here.</summary>
    /// <param name="row">Its position in the batch.</param>
    /// <param name="skips">Of how many before it there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int row, int skips) => _from[skips] = row;

    /// <summary>Puts a row in for which there is no room.</summary>
    internal void AddBeyond(TRow row, int from) => _beyond.Add((row, from));

    /// <summary>Takes the rows of a batch over.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="skips">Of how many there is none.</param>
    internal void End(int count, int skips)
    {
        _count = count;
        _skips = skips;
    }

    /// <summary>Takes the rows of a batch over, and makes room for as many the next time.</summary>
    /// <param name="count">How many there was room for.</param>
    internal void EndExpanded(int count)
    {
        _count = count;
        if (_beyond.Count == 0)
        {
            return;
        }

        int length = Math.Max(_rows.Length * 2, count + _beyond.Count);
        Array.Resize(ref _rows, length);
        Array.Resize(ref _from, length);
        foreach ((TRow row, int from) in _beyond)
        {
            _rows[_count] = row;
            _from[_count++] = from;
        }

        _beyond.Clear();
    }

    /// <summary>Checks and stages the rows put in since the last flush.</summary>
    /// <param name="positions">Where the rows of the batch came from.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PipelineException">A row breaks its contract, and the contract says that this fails the run.</exception>
    public async ValueTask FlushAsync(IRowPositions positions, CancellationToken cancellationToken)
    {
        if (_count == 0)
        {
            return;
        }

        Received += _count;
        int kept = KeepGoodRows(positions);
        _checks?.Measure(_rows.AsSpan(0, kept));
        try
        {
            await _staging.AddAsync(_rows.AsMemory(0, kept), cancellationToken).ConfigureAwait(false);
        }
        catch (RowWriteException e)
        {
            RowPosition position = PositionOf(LeftOutRows.Among(CollectionsMarshal.AsSpan(_leftOut), e.Row), positions);
            throw Failure(e.Row, e.Column, $"{e.Message} at this destination", Hint(ViolationKind.Null), position);
        }

        Staged += kept;
        Array.Clear(_rows, 0, _count);
        _count = 0;
    }

    /// <summary>Empties the buffer without staging: for measuring what fills it.</summary>
    internal void Forget() => _count = 0;

    /// <summary>Moves the rows that keep their contract to the front, and deals with the others.</summary>
    private int KeepGoodRows(IRowPositions positions)
    {
        bool mutable = _contract.HasMutableRows;
        int kept = 0;
        _leftOut.Clear();
        for (int i = 0; i < _count; i++)
        {
            if (_rows[i] is null)
            {
                throw NullRow.Into(_contract.DisplayName, PositionOf(i, positions));
            }

            if (mutable && i > 0 && ReferenceEquals(_rows[i], _rows[i - 1]))
            {
                throw ReusedRow.Into(_contract.DisplayName, PositionOf(i - 1, positions), PositionOf(i, positions));
            }

            if (FindViolation(i, positions, out RowViolation violation))
            {
                HandleBadRow(i, violation, positions);
                _leftOut.Add(i);
                continue;
            }

            if (_checks is { AreOfRows: true } && !Passes(i, positions))
            {
                Rejected++;
                LeftOut++;
                _leftOut.Add(i);
                continue;
            }

            if (kept != i)
            {
                _rows[kept] = _rows[i];
            }

            kept++;
        }

        return kept;
    }

    /// <summary>Asks the contract; a check of the user's own may throw.</summary>
    private bool FindViolation(int row, IRowPositions positions, out RowViolation violation)
    {
        try
        {
            return _contract.FindViolation(in _rows[row], in _slice, out violation);
        }
        catch (Exception e) when (e is not PipelineException)
        {
            throw CheckThrew(row, positions, e);
        }
    }

    /// <summary>Makes the checks of single rows.</summary>
    /// <returns>Whether the row stays.</returns>
    private bool Passes(int row, IRowPositions positions)
    {
        try
        {
            int broken = _checks!.FindFailed(in _rows[row], out string? reason);
            return broken < 0 || _checks.Keeps(in _rows[row], broken, reason, PositionOf(row, positions));
        }
        catch (Exception e) when (e is not PipelineException)
        {
            throw CheckThrew(row, positions, e);
        }
    }

    private PipelineException CheckThrew(int row, IRowPositions positions, Exception thrown) => new(
        FailureKind.Step,
        $"{PositionOf(row, positions)}: a check of {_contract.DisplayName} threw {thrown.GetType().Name}: {thrown.Message.TrimEnd('.')}; the row is {_contract.Show(in _rows[row])}",
        "Nothing was changed. Mend the check, which must say of every value whether it is right; --verbose shows the stack trace.",
        thrown);

    private void HandleBadRow(int row, RowViolation violation, IRowPositions positions)
    {
        RowAction action = violation.Kind switch
        {
            ViolationKind.OutOfWindow => _contract.OutOfWindow,
            ViolationKind.Invalid => _contract.OnInvalid,
            _ => RowAction.Fail,
        };
        LeftOut += violation.Kind == ViolationKind.Invalid ? 1 : 0;
        switch (action)
        {
            case RowAction.Drop:
                Dropped++;
                break;
            case RowAction.Quarantine:
                Rejected++;
                RowPosition position = PositionOf(row, positions);
                _rejects.Add(new Reject(
                    _contract.DisplayName,
                    position.Origin,
                    position.Line,
                    _contract.Columns[violation.Column].Name,
                    _contract.Plain(in _rows[row], violation.Column),
                    _contract.Show(in _rows[row]),
                    violation.Reason));
                break;
            default:
                string reason = violation.Kind == ViolationKind.OutOfWindow
                    ? $"lies outside the window of partition {_slice.Partition}, {ShowWindow()}"
                    : violation.Reason;
                throw Failure(row, violation.Column, reason, Hint(violation.Kind), PositionOf(row, positions));
        }
    }

    /// <summary>Where the row came from of which a row was made.</summary>
    private RowPosition PositionOf(int row, IRowPositions positions) =>
        positions.PositionOf(_expanded ? _from[row] : LeftOutRows.Among(_from.AsSpan(0, _skips), row));

    private string ShowWindow() => _contract.Columns[_contract.WindowColumn!.Value].Type == ColumnType.Date
        ? string.Create(CultureInfo.InvariantCulture, $"[{_slice.Window.StartDate:yyyy-MM-dd}, {_slice.Window.EndDate:yyyy-MM-dd})")
        : string.Create(CultureInfo.InvariantCulture, $"[{_slice.Window.Start:yyyy-MM-ddTHH:mm:ssZ}, {_slice.Window.End:yyyy-MM-ddTHH:mm:ssZ})");

    /// <summary>What can be done about a row: only what this contract can say of this kind.</summary>
    private string Hint(ViolationKind kind) => "Nothing was changed. " + kind switch
    {
        ViolationKind.OutOfWindow when _contract.Strategy == LoadStrategy.ReplacePartition => Declare("OutOfWindow", _contract.Strategy.ToString()),
        ViolationKind.OutOfWindow when _contract.DeleteMissing is not null => Declare("OutOfWindow", "DeleteMissing"),
        ViolationKind.Invalid => Declare("OnInvalid", _contract.Strategy.ToString()),
        _ => "Mend the row at its source, or mend it or leave it out in a step.",
    };

    private string Declare(string option, string attribute) =>
        $"Mend the row at its source or in a step, or set {option} on [{attribute}] of {typeof(TRow).Name}: such rows are then dropped or quarantined.";

    private PipelineException Failure(int row, int column, string reason, string hint, RowPosition position) => new(
        FailureKind.Row,
        $"{position}: column {_contract.Columns[column].Name} of {_contract.DisplayName} = {_contract.Show(in _rows[row], column)} {reason}; the row is {_contract.Show(in _rows[row])}",
        hint);
}
