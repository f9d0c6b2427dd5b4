using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedPipelines;

/// <summary>
/// A statement that selects rows of type <typeparamref name="TRow"/>, written as an interpolated string: see
/// <see cref="SqlStepAttribute"/>. There is no other way to make one, so that no value becomes a part of its text.
/// </summary>
/// <typeparam name="TRow">The row type whose columns it selects: a row contract, or a type without a table, whose rows go into steps.</typeparam>
[InterpolatedStringHandler]
public sealed class Sql<TRow> : SqlStatement
{
    /// <summary>For the compiler.</summary>
    /// <param name="literalLength">The length of the text.</param>
    /// <param name="formattedCount">How many holes there are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Sql(int literalLength, int formattedCount)
    {
    }

    /// <summary>For the compiler: adds text.</summary>
    /// <param name="text">The text between two holes.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string text) => Add(new SqlPart(text));

    /// <summary>For the compiler: adds a table.</summary>
    /// <typeparam name="TOther">The table's row contract.</typeparam>
    /// <param name="table">A table that the method takes.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<TOther>(Table<TOther> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Partition is not null)
        {
            throw new PipelineException(
                FailureKind.Step, $"a hole holds a window of {typeof(TOther).Name}'s table, which has no name", "Take the Table as a parameter, and compare its rows with the window in the statement.");
        }

        Add(new SqlPart(null, Table: typeof(TOther)));
    }

    /// <summary>For the compiler: adds a value, as a parameter.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<TValue>(TValue value) => Add(new SqlPart(null, Value: SqlValue.Of(value)));
}
