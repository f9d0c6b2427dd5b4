using System.Collections.Immutable;

namespace TypedPipelines.Running;

/// <summary>Where a generated loop stands, so that an exception can be traced to its row and step.</summary>
public sealed class StepCursor
{
    /// <summary>The position of the row in its batch.</summary>
    public int Row;

    /// <summary>The position of the step in the list of the loop's steps.</summary>
    public int Step;

    /// <summary>The rows that a step gave for a row.</summary>
    /// <typeparam name="TRows">What it gives them in.</typeparam>
    /// <param name="rows">What it gave.</param>
    /// <exception cref="PipelineException">It gave null.</exception>
    public TRows Given<TRows>(TRows? rows)
        where TRows : class => rows ?? throw NullRow.InsteadOfRows();

    /// <summary>The rows that a step gave for a row.</summary>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <param name="rows">What it gave.</param>
    /// <exception cref="PipelineException">It gave an array that was never made.</exception>
    public ImmutableArray<TRow> Given<TRow>(ImmutableArray<TRow> rows) => rows.IsDefault ? throw NullRow.InsteadOfRows() : rows;
}
