using System.Text;

namespace TypedPipelines;

/// <summary>The statement of a SQL step for one partition, as a destination runs it: with its own names of tables, and its own parameters.</summary>
public sealed class SqlQuery
{
    private readonly SqlStatement _statement;
    private readonly string _pipeline;

    internal SqlQuery(string pipeline, string step, SqlStatement statement, IReadOnlyList<TableContract> reads, IReadOnlyList<int> filled)
    {
        _pipeline = pipeline;
        Step = step;
        _statement = statement;
        Reads = reads;
        Filled = filled;
    }

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableContract> Reads { get; }

    /// <summary>The values that it takes, in the order in which they stand in its text.</summary>
    public IEnumerable<SqlValue> Values => _statement.Parts.Where(part => part.Value is not null).Select(part => part.Value!.Value);

    /// <summary>The step, for people.</summary>
    public string Name => $"the SQL step {Step} of the pipeline {_pipeline}";

    /// <summary>The method's name.</summary>
    internal string Step { get; }

    /// <summary>What to do where the statement itself is wrong.</summary>
    internal string Correct => $"Nothing was changed. Correct the statement of {Step}; at the log level debug it is logged as it runs.";

    /// <summary>The columns of the rows that the load fills in, by their place: the statement may leave them out.</summary>
    internal IReadOnlyList<int> Filled { get; }

    /// <summary>The text.</summary>
    /// <param name="table">Gives the quoted name of a table.</param>
    /// <param name="parameter">Gives what stands for a value, from its place among the values and its type.</param>
    /// <exception cref="PipelineException">It reads a table that the method does not take.</exception>
    public string Text(Func<TableContract, string> table, Func<int, ColumnType, string> parameter)
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
                _ => parameter(values++, part.Value!.Value.Type),
            });
        }

        return text.ToString();
    }

    /// <summary>A failure of the statement, which names the step.</summary>
    internal PipelineException Failure(PipelineException cause) => new(cause.Kind, $"{Name}: {cause.What}", cause.Next, cause.InnerException ?? cause);

    private static PipelineException NotTaken(Type row) => new(
        FailureKind.Step,
        $"its statement reads the table of {row.Name}, which the method does not take",
        $"Take it as a parameter, Table<{row.Name}>: so that what is loaded into that table makes these rows stale.");
}
