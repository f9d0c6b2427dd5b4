using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Tests.Contracts;

/// <summary>
/// What a generated contract does, driven by a list of columns: rows are arrays of values in the columns' order. The SQL is
/// the generator's own.
/// </summary>
internal sealed partial class TestContract : TableContract<object?[]>
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly ContractModel _model;
    private readonly IReadOnlyList<LoadPlan> _plans;

    internal TestContract(
        string table,
        LoadStrategy strategy,
        IReadOnlyList<Column> columns,
        string? partition = null,
        string[]? keepLatest = null,
        bool nullKeysMatch = false,
        string? schema = null,
        string? runColumn = null,
        string? validTo = null,
        string? version = null,
        string onSameVersion = "Fail",
        string? deleteMarker = null,
        string[]? insertOnly = null,
        DeleteMissingModel? deleteMissing = null,
        bool newColumnsOpenVersions = false,
        bool upserts = true,
        TableCheckModel[]? checks = null)
    {
        Table = table;
        Schema = schema;
        Strategy = strategy;
        _columns = [.. columns.Select(column => column.Name == deleteMarker ? column with { Stored = false } : column)];
        PartitionColumn = partition is null ? null : PositionOf(partition);
        EndColumn = validTo is null ? null : PositionOf(validTo);
        _model = new ContractModel(
            new RowModel("object?[]", "Row", "", true, true, EquatableArray<string>.Empty),
            table,
            schema,
            Enum.Parse<StrategyKind>(strategy.ToString()),
            new EquatableArray<ColumnModel>(columns.Select(column => new ColumnModel(
                column.Name, column.Member, Enum.Parse<ColumnKind>(column.Type.ToString()), "object", column.Nullable, true, false, column.Key,
                column.MaxLength, column.Precision, column.Scale)
            {
                Stored = column.Name != deleteMarker,
                InsertOnly = insertOnly?.Contains(column.Name) == true,
                Stamp = column.Name == runColumn ? StampKind.Partition
                    : column.Name == validTo ? StampKind.Open
                    : column.Name != partition ? StampKind.None
                    : strategy == LoadStrategy.Snapshot ? StampKind.Date
                    : strategy == LoadStrategy.History ? StampKind.Start
                    : StampKind.None,
            })),
            PartitionColumn ?? -1,
            new EquatableArray<int>((keepLatest ?? []).Select(PositionOf)),
            nullKeysMatch,
            nameof(RowAction.Fail),
            nameof(RowAction.Fail))
        {
            VersionColumn = version is null ? -1 : PositionOf(version),
            OnSameVersion = onSameVersion,
            DeleteMarker = deleteMarker is null ? -1 : PositionOf(deleteMarker),
            DeleteMissing = deleteMissing,
            NewColumnsOpenVersions = newColumnsOpenVersions,
            KeepsReplaced = strategy is not (LoadStrategy.Merge or LoadStrategy.History or LoadStrategy.Append),
            Checks = new EquatableArray<TableCheckModel>(checks ?? []),
        };
        DeleteMissing = deleteMissing is null
            ? null
            : new DeleteLimits(deleteMissing.AllowEmpty, deleteMissing.MaxDeletedShare) { OnlyByLatest = _model.DeletesOnlyByLatest };
        _plans = LoadPlans.Of(_model, upserts);
    }

    public override string Table { get; }

    public override string? Schema { get; }

    public override LoadStrategy Strategy { get; }

    public override IReadOnlyList<Column> Columns => _columns;

    public override int? PartitionColumn { get; }

    public override int? WindowColumn => _model.WindowColumn < 0 ? null : _model.WindowColumn;

    public override int? EndColumn { get; }

    public override DeleteLimits? DeleteMissing { get; }

    public RowAction WhenOutOfWindow { get; init; } = RowAction.Fail;

    public override RowAction OutOfWindow => WhenOutOfWindow;

    public IReadOnlyList<TableCheck> Declared { get; init; } = [];

    public override IReadOnlyList<TableCheck> Checks => Declared;

    public override IReadOnlyList<LoadPlan> Plans => _plans;

    public override void Write<TWriter>(ReadOnlySpan<object?[]> rows, in RunSlice slice, ref TWriter writer)
    {
        foreach (object?[] row in rows)
        {
            writer.BeginRow();
            for (int i = 0; i < _columns.Count; i++)
            {
                Write(Stamped(row[i], i, slice), _columns[i], ref writer);
            }

            writer.EndRow();
        }
    }

    public override object?[] Read<TReader>(ref TReader reader)
    {
        var row = new object?[_columns.Count];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = !_columns[i].Stored ? false : _columns[i].Nullable && reader.IsNull(i) ? null : Read(ref reader, i);
        }

        return row;
    }

    public override bool FindViolation(in object?[] row, in RunSlice slice, out RowViolation violation)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (_model.Columns[i].Stamp != StampKind.None)
            {
                continue;
            }

            if (row[i] is null && i == WindowColumn)
            {
                violation = RowViolation.NullPartition(i);
                return true;
            }

            if (row[i] is null && _columns[i].Key && !_model.NullKeysMatch)
            {
                violation = RowViolation.NullKey(i);
                return true;
            }
        }

        if (WindowColumn is { } partition && row[partition] is { } at && !Contains(slice.Window, at))
        {
            violation = RowViolation.OutOfWindow(partition);
            return true;
        }

        violation = default;
        return false;
    }

    protected override object? ValueOf(in object?[] row, int column) => row[column];

    /// <summary>What the load fills in, where the row says nothing.</summary>
    private object? Stamped(object? value, int column, RunSlice slice) => _model.Columns[column].Stamp switch
    {
        StampKind.Partition => slice.Partition,
        StampKind.Open => null,
        StampKind.None => value,
        _ => value ?? (_columns[column].Type == ColumnType.Date ? slice.Window.StartDate : slice.Window.Start.UtcDateTime),
    };

    private static bool Contains(Window window, object? value) => value switch
    {
        DateOnly date => window.Contains(date),
        DateTime instant => window.Contains(instant),
        DateTimeOffset instant => window.Contains(instant),
        _ => false,
    };

    private static void Write<TWriter>(object? value, Column column, ref TWriter writer)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        switch (value)
        {
            case null: writer.WriteNull(); break;
            case bool v: writer.Write(v); break;
            case short v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case double v: writer.Write(v); break;
            case decimal v: writer.Write(v, column.Precision ?? 0, column.Scale ?? 0); break;
            case DateOnly v: writer.Write(v); break;
            case TimeOnly v: writer.Write(v); break;
            case DateTime v: writer.Write(v); break;
            case DateTimeOffset v: writer.Write(v); break;
            case Guid v: writer.Write(v); break;
            case string v: writer.Write(v); break;
            case byte[] v: writer.Write(v); break;
            default: throw new ArgumentException($"no column type for {value.GetType()}");
        }
    }

    private object Read<TReader>(ref TReader reader, int column)
        where TReader : struct, IRowReader, allows ref struct => _columns[column].Type switch
        {
            ColumnType.Boolean => reader.ReadBoolean(column),
            ColumnType.Int16 => reader.ReadInt16(column),
            ColumnType.Int32 => reader.ReadInt32(column),
            ColumnType.Int64 => reader.ReadInt64(column),
            ColumnType.Single => reader.ReadSingle(column),
            ColumnType.Double => reader.ReadDouble(column),
            ColumnType.Decimal => reader.ReadDecimal(column),
            ColumnType.Date => reader.ReadDate(column),
            ColumnType.Time => reader.ReadTime(column),
            ColumnType.Instant => reader.ReadDateTime(column),
            ColumnType.Guid => reader.ReadGuid(column),
            ColumnType.String => reader.ReadString(column),
            _ => reader.ReadBytes(column),
        };

    private int PositionOf(string name) => _columns.Select(column => column.Name).ToList().IndexOf(name);
}
