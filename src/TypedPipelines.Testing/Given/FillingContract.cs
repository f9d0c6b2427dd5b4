namespace TypedPipelines.Testing;

/// <summary>
/// A table's contract for filling it with the rows of a test: inserted as they are, by the real staging and bulk protocol, without the window, the checks and the
/// strategy of a load. What a load stamps, the rows say themselves.
/// </summary>
internal sealed class FillingContract<TRow> : TableContract<TRow>
{
    private readonly TableContract<TRow> _table;
    private readonly bool[] _own;

    internal FillingContract(TableContract<TRow> table)
    {
        _table = table;
        _own = new bool[table.Columns.Count];
        foreach (int column in new[] { table.RunColumn, table.EndColumn, table.Strategy is LoadStrategy.Snapshot or LoadStrategy.History ? table.WindowColumn ?? table.PartitionColumn : null }.OfType<int>())
        {
            _own[column] = true;
        }
    }

    public override string Table => _table.Table;

    public override string? Schema => _table.Schema;

    public override LoadStrategy Strategy => LoadStrategy.Append;

    public override IReadOnlyList<Column> Columns => _table.Columns;

    public override bool HasMutableRows => _table.HasMutableRows;

    public override IReadOnlyList<LoadPlan> Plans => [.. _table.Plans.Select(ToFill)];

    public override void Write<TWriter>(ReadOnlySpan<TRow> rows, in RunSlice slice, ref TWriter writer)
    {
        var own = new OwnValueWriter<TRow, TWriter>(writer, _table, _own);
        for (int i = 0; i < rows.Length; i++)
        {
            own.Next(rows[i]);
            _table.Write(rows.Slice(i, 1), slice, ref own);
        }

        writer = own.Writer;
    }

    public override TRow Read<TReader>(ref TReader reader) => _table.Read(ref reader);

    /// <summary>Windows and ranges are for loads; what no load could have written, such as null where there is none, the destination refuses.</summary>
    public override bool FindViolation(in TRow row, in RunSlice slice, out RowViolation violation)
    {
        violation = default;
        return false;
    }

    protected override object? ValueOf(in TRow row, int column) => _table.Value(row, column);

    private static LoadPlan ToFill(LoadPlan plan) => plan with
    {
        IndexStaging = null,
        FindDuplicates = null,
        KeepLatest = null,
        FindConflict = null,
        CountMissing = null,
        ChangedTimes = null,
        MissingTimes = null,
        Upsert = null,
        Checks = [],
        Publish = [new LoadStatement(LoadEffect.Insert, plan.Fill ?? plan.Publish.Last(statement => statement.Effect == LoadEffect.Insert).Sql)],
    };
}
