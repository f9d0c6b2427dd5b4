using System.Collections.Generic;
using System.Linq;
using System.Text;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// How a destination writes what every load says: names, comparisons and the forms of statements. What a load does is written
/// once, in <see cref="PublishSql"/>, <see cref="GuardSql"/> and <see cref="HistorySql"/>.
/// </summary>
internal abstract class SqlDialect
{
    private const int Chain = 200;

    /// <summary>The start of the run's window, as a parameter.</summary>
    public abstract string Start { get; }

    /// <summary>The end of the run's window, as a parameter.</summary>
    public abstract string End { get; }

    /// <summary>The key of the run's partition, as a parameter.</summary>
    public abstract string Partition { get; }

    /// <summary>What is always so.</summary>
    public abstract string Always { get; }

    /// <summary>The value false.</summary>
    public abstract string False { get; }

    /// <summary>The ledger's table of columns that came to tables after rows.</summary>
    public abstract string LateColumns { get; }

    /// <summary>What a quoted name begins with.</summary>
    protected virtual char OpenQuote => '"';

    /// <summary>What a quoted name ends with; twice inside it.</summary>
    protected virtual char CloseQuote => '"';

    /// <summary>What counts rows, however many.</summary>
    public virtual string Count => "count";

    /// <summary>What an insert begins with.</summary>
    public virtual string InsertInto => "insert into";

    public abstract string Quote(string name);

    /// <summary>The table, quoted and qualified.</summary>
    public abstract string Table(ContractModel contract);

    /// <summary>The staging table, quoted and qualified.</summary>
    public abstract string Staging(ContractModel contract);

    /// <summary>The table of the rows that loads have replaced, quoted and qualified.</summary>
    public abstract string Kept(ContractModel contract);

    /// <summary>Creates the index by which the kept rows of a partition are found; null where none can.</summary>
    public abstract string? CreateKeptIndex(ContractModel contract, ColumnModel by);

    /// <summary>A column without its name, as the table has it.</summary>
    public abstract string Definition(ContractModel contract, ColumnModel column);

    /// <summary>The name by which the ledger knows the table.</summary>
    public virtual string LedgerName(ContractModel contract) => contract.Schema is null ? contract.Table : $"{contract.Schema}.{contract.Table}";

    /// <summary>A name of the contract as a text; never a value of a row.</summary>
    public virtual string Text(string name) => $"'{name.Replace("'", "''")}'";

    /// <summary>A time of a column, or of the window that is compared with it, as the ledger keeps times.</summary>
    public abstract string Moment(ColumnModel column, string time);

    /// <summary>Whether a column has the same value in two rows; where null may be in it, null is the same as null.</summary>
    public abstract string Same(ColumnModel column, bool nullable, string left, string right);

    /// <summary>Whether a column has different values in two rows; null and null are not.</summary>
    public abstract string Differs(ColumnModel column, string left, string right);

    /// <summary>Whether a column that is never null has a greater value in one row than in another, or one that is not less.</summary>
    public virtual string IsGreater(ColumnModel column, string left, string right, bool orEqual) =>
        $"{Column(left, column)} {(orEqual ? ">=" : ">")} {Column(right, column)}";

    /// <summary>Whether a column of truth values is true.</summary>
    public abstract string IsTrue(string column);

    /// <summary>Whether a column of truth values is false.</summary>
    public abstract string IsFalse(string column);

    /// <summary>Deletes rows of a table, known to the condition by an alias.</summary>
    public abstract string Delete(string table, string alias, string where);

    /// <summary>A query for any row of what there is after its <c>from</c>.</summary>
    public virtual string FindFirst(string from) => $"select 1\nfrom {from}\nlimit 1";

    /// <summary>Updates rows of a table, known by an alias, each from the one row of another that the condition pairs it with; null for no other.</summary>
    public abstract string Update(string table, string alias, IEnumerable<(string Column, string Value)> set, (string Table, string Alias)? from, string where);

    /// <summary>The first row of a query without its <c>select</c>, in an order.</summary>
    public abstract string SelectFirst(string columns, string from, string orderBy);

    public string Column(string alias, ColumnModel column) => $"{alias}.{Quote(column.Name)}";

    /// <summary>The columns' names, each after a prefix such as <c>s.</c>.</summary>
    public string List(IEnumerable<ColumnModel> columns, string prefix, string separator) =>
        string.Join(separator, columns.Select(column => prefix + Quote(column.Name)));

    /// <summary>The columns as a row is read from the table: one that is only staged is false in every row of the table.</summary>
    public string ReadList(ContractModel contract, string prefix) => string.Join(
        ",\n    ",
        contract.Columns.Select(column => column.Stored ? Selected(column, prefix) : $"{False} as {Quote(column.Name)}"));

    /// <summary>The columns as a row is read from the staging table.</summary>
    public string StagedList(ContractModel contract, string prefix) => string.Join(",\n    ", contract.Columns.Select(column => Selected(column, prefix)));

    /// <summary>A column as it is read.</summary>
    protected virtual string Selected(ColumnModel column, string prefix) => prefix + Quote(column.Name);

    /// <summary>The half-open window: no BETWEEN, which would take in its end.</summary>
    public string InWindow(ColumnModel column, string prefix = "") =>
        $"{prefix}{Quote(column.Name)} >= {Start} and {prefix}{Quote(column.Name)} < {End}";

    /// <summary>Whether two rows have one key, column by column.</summary>
    public string SameKey(ContractModel contract, string left, string right, string separator) =>
        string.Join(separator, contract.Keys.Select(key => Same(key, contract.MayBeNull(key), left, right)));

    /// <summary>A phrase set into a statement: every line after its first moved to the right. A line break inside a quoted name or a text belongs to it.</summary>
    public string Indent(string phrase, int levels = 1)
    {
        var indented = new StringBuilder(phrase.Length + 64);
        bool inName = false;
        bool inText = false;
        for (int i = 0; i < phrase.Length; i++)
        {
            char at = phrase[i];
            indented.Append(at);
            if (inName && at == CloseQuote && i + 1 < phrase.Length && phrase[i + 1] == CloseQuote)
            {
                indented.Append(phrase[++i]);
            }
            else if (!inText && at == (inName ? CloseQuote : OpenQuote))
            {
                inName = !inName;
            }
            else if (!inName && at == '\'')
            {
                inText = !inText;
            }
            else if (at == '\n' && !inName && !inText)
            {
                indented.Append(' ', 4 * levels);
            }
        }

        return indented.ToString();
    }

    /// <summary>The order in which rows are inserted, where that helps: those of an index near each other.</summary>
    public virtual string InsertionOrder(string columns) => $"\norder by {columns}";

    /// <summary>
    /// The staged rows as an update takes them: in the order of their key, where the destination keeps to it, so that it goes through the
    /// table once instead of all over it.
    /// </summary>
    public virtual string UpdateSource(ContractModel contract) =>
        $"(\n    select\n        {List(contract.Columns, "", ",\n        ")}\n    from {Staging(contract)}\n    order by {List(contract.Keys, "", ", ")}\n)";

    /// <summary>A condition of the updates that an upsert makes, which counts them where the destination has no other way to tell them from inserts.</summary>
    public virtual string CountUpdate(string condition) => condition;

    /// <summary>Whether a column holds the key of the run's partition.</summary>
    public virtual string IsPartition(ColumnModel column) => $"{Quote(column.Name)} = {Partition}";

    /// <summary>Whether two rows differ in one of some columns.</summary>
    public virtual string Differ(IEnumerable<ColumnModel> columns, string left, string right) =>
        Any([.. columns.Select(column => Differs(column, left, right))]);

    /// <summary>What rows are grouped by that are to have the same value in a column.</summary>
    public virtual IEnumerable<string> GroupedBy(ColumnModel column, string alias) => [Column(alias, column)];

    /// <summary>Whether a column of one row has the value, which is not null, of another column in another row.</summary>
    public virtual string Refers(ColumnModel column, string alias, ColumnModel from, string fromAlias) => $"{Column(alias, column)} = {Column(fromAlias, from)}";

    /// <summary>A chain of a thousand is deeper than SQLite reads (https://www.sqlite.org/limits.html#max_expr_depth).</summary>
    private static string Any(string[] conditions) => string.Join("\n    or ", conditions.Length <= Chain
        ? conditions
        : Enumerable.Range(0, (conditions.Length + Chain - 1) / Chain).Select(part => $"({string.Join("\n    or ", conditions.Skip(part * Chain).Take(Chain))})"));
}
