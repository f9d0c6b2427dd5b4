using System.Text;

namespace TypedPipelines;

/// <summary>The statement of a SQL step or check for one partition, as a destination runs it: with its own names of tables, and its own parameters.</summary>
public sealed class SqlQuery
{
    private readonly SqlStatement _statement;

    internal SqlQuery(string pipeline, string step, SqlStatement statement, IReadOnlyList<TableContract> reads, IReadOnlyList<int> filled)
    {
        Name = $"the SQL step {step} of the pipeline {pipeline}";
        Step = step;
        _statement = statement;
        Reads = reads;
        Filled = filled;
    }

    /// <summary>The statement of a check.</summary>
    /// <param name="check">The check's name.</param>
    /// <param name="contract">The table that it is declared on.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="reads">The tables that it reads.</param>
    /// <param name="staged">The tables whose rows are staged.</param>
    internal SqlQuery(string check, TableContract contract, SqlStatement statement, IReadOnlyList<TableContract> reads, IReadOnlyList<TableContract> staged)
        : this("", check, statement, reads, [])
    {
        Name = $"the check {check} of {contract.DisplayName}";
        Staged = staged;
    }

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableContract> Reads { get; }

    /// <summary>The values that it takes, in the order in which they stand in its text.</summary>
    public IEnumerable<SqlValue> Values => _statement.Parts.Where(part => part.Value is not null).Select(part => part.Value!.Value);

    /// <summary>The step or check, for people.</summary>
    public string Name { get; }

    /// <summary>The tables whose staged rows it may read.</summary>
    internal IReadOnlyList<TableContract> Staged { get; } = [];

    /// <summary>The method's name.</summary>
    internal string Step { get; }

    /// <summary>What to do where the statement itself is wrong.</summary>
    internal string Correct => $"Nothing was changed. Correct the statement of {Step}; at the log level debug it is logged as it runs.";

    /// <summary>The columns of the rows that the load fills in, by their place: the statement may leave them out.</summary>
    internal IReadOnlyList<int> Filled { get; }

    /// <summary>The text.</summary>
    /// <param name="table">Gives the quoted name of a table.</param>
    /// <param name="parameter">Gives what stands for a value, from its place among the values and its type.</param>
    /// <param name="staging">Gives the quoted name of a table's staging table; null where none may be read.</param>
    /// <exception cref="PipelineException">It reads a table that the method does not take.</exception>
    public string Text(Func<TableContract, string> table, Func<int, ColumnType, string> parameter, Func<TableContract, string>? staging = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(parameter);
        var text = new StringBuilder();
        int values = 0;
        foreach (SqlPart part in _statement.Parts)
        {
            text.Append(part switch
            {
                { Text: { } piece } => piece,
                { Table: { } row } => table(Reads.FirstOrDefault(read => read.RowType == row) ?? throw NotTaken(row)),
                { Staged: { } row } => staging?.Invoke(Staged.FirstOrDefault(each => each.RowType == row) ?? throw NotStaged(row)) ?? throw NotStaged(row),
                _ => parameter(values++, part.Value!.Value.Type),
            });
        }

        return text.ToString();
    }

    /// <summary>A failure of the statement, which names the step.</summary>
    internal PipelineException Failure(PipelineException cause) => new(cause.Kind, $"{Name}: {cause.What}", cause.Next, cause.InnerException ?? cause);

    private static PipelineException NotStaged(Type row) => new(
        FailureKind.Step,
        $"its statement reads the staged rows of {row.Name}, which this pipeline does not load",
        $"Read the table instead, Table<{row.Name}>, or move the check to the contract of a table that is loaded together with it.");

    private static PipelineException NotTaken(Type row) => new(
        FailureKind.Step,
        $"its statement reads the table of {row.Name}, which the method does not take",
        $"Take it as a parameter, Table<{row.Name}>: so that what is loaded into that table makes these rows stale.");
}
