namespace TypedPipelines;

/// <summary>A statement of a <see cref="SqlStepAttribute"/> or <see cref="CheckAttribute"/> method: its text, with holes for tables and values.</summary>
public abstract class SqlStatement
{
    private readonly List<SqlPart> _parts = [];

    private protected SqlStatement()
    {
    }

    internal IReadOnlyList<SqlPart> Parts => _parts;

    private protected void Add(SqlPart part) => _parts.Add(part);
}

/// <summary>A part of a statement: a piece of its text, the row type of a table or of staged rows, or a value.</summary>
internal readonly record struct SqlPart(string? Text, Type? Table = null, SqlValue? Value = null, Type? Staged = null);
