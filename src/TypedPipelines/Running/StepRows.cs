using System.Collections.Immutable;

namespace TypedPipelines.Running;

/// <summary>The rows that a step gives for a row, as a generated loop takes them.</summary>
public static class StepRows
{
    /// <summary>The rows that a step gave for a row.</summary>
    /// <typeparam name="TRows">What it gives them in.</typeparam>
    /// <param name="rows">What it gave.</param>
    /// <exception cref="PipelineException">It gave null.</exception>
    public static TRows Given<TRows>(TRows? rows)
        where TRows : class => rows ?? throw NullRow.InsteadOfRows();

    /// <summary>The rows that a step gave for a row.</summary>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <param name="rows">What it gave.</param>
    /// <exception cref="PipelineException">It gave an array that was never made.</exception>
    public static ImmutableArray<TRow> Given<TRow>(ImmutableArray<TRow> rows) => rows.IsDefault ? throw NullRow.InsteadOfRows() : rows;
}
