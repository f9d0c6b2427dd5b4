using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>
/// How a table keeps what its loads replace: before a publish deletes the rows of its window, its partition or all of them, they are copied
/// beside the table. The condition is the delete's own.
/// </summary>
internal sealed class ReplacedSql(SqlDialect sql)
{
    /// <summary>What a table of kept rows is called, before the table's own name.</summary>
    private const string Prefix = "tp_kept_";

    /// <summary>The name of the table of kept rows, unquoted.</summary>
    public static string NameOf(ContractModel contract) => Prefix + contract.Table;

    /// <summary>Null where the contract does not ask for it.</summary>
    public ReplacedText? Of(ContractModel contract)
    {
        if (!contract.KeepsReplaced)
        {
            return null;
        }

        string table = sql.Kept(contract);
        ColumnModel? by = contract.RunColumn ?? (contract.PartitionColumn < 0 ? null : contract.Columns[contract.PartitionColumn]);
        string where = by is null ? "" : $"\nwhere {(contract.RunColumn is null ? sql.InWindow(by) : sql.IsPartition(by))}";
        return new ReplacedText(
            table,
            $"create table {table} (\n    {string.Join(",\n    ", contract.Stored.Select(column => $"{sql.Quote(column.Name)} {sql.Definition(contract, column)}"))}\n)",
            by is null ? null : sql.CreateKeptIndex(contract, by),
            $"delete from {table}{where}",
            $"{sql.InsertInto} {table} (\n    {sql.List(contract.Stored, "", ",\n    ")}\n)\nselect\n    {sql.List(contract.Stored, "", ",\n    ")}\nfrom {sql.Table(contract)}{where}",
            $"select\n    {sql.ReadList(contract, "")}\nfrom {table}{where}");
    }
}
