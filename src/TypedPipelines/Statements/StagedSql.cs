using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedPipelines;

/// <summary>
/// A statement that selects what is wrong with staged rows, written as an interpolated string: see <see cref="CheckAttribute"/>. There is no other way to
/// make one, so that no value becomes a part of its text.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sql : SqlStatement
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

    /// <summary>For the compiler: adds the staged rows.</summary>
    /// <typeparam name="TRow">Their row contract.</typeparam>
    /// <param name="staged">What the method takes.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<TRow>(Staged<TRow> staged)
    {
        ArgumentNullException.ThrowIfNull(staged);
        Add(new SqlPart(null, Staged: typeof(TRow)));
    }

    /// <summary>For the compiler: adds a table.</summary>
    /// <typeparam name="TOther">The table's row contract.</typeparam>
    /// <param name="table">A table that the method takes.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<TOther>(Table<TOther> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Add(new SqlPart(null, Table: typeof(TOther)));
    }

    /// <summary>For the compiler: adds a value, as a parameter.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<TValue>(TValue value) => Add(new SqlPart(null, Value: SqlValue.Of(value)));

    /// <summary>A text without holes, as the source generator has written it.</summary>
    internal static Sql OfText(string text)
    {
        var sql = new Sql(text.Length, 0);
        sql.AppendLiteral(text);
        return sql;
    }
}
