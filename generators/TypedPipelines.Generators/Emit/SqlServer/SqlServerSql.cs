using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.SqlServer;

/// <summary>
/// The SQL that loads a table of SQL Server, from its contract. A statement never holds a value: rows arrive by bulk copy, and
/// windows and partitions as the parameters @start, @end and @partition.
/// </summary>
internal static class SqlServerSql
{
    private static readonly SqlServerDialect Dialect = SqlServerDialect.Instance;

    public static LoadTexts Of(ContractModel contract)
    {
        var guards = new GuardSql(Dialect);
        var changed = new ChangedTimesSql(Dialect);
        return new LoadTexts(
            SqlServerNames.Table(contract),
            contract.Schema is null ? null : $"create schema {SqlServerNames.Quote(contract.Schema)}",
            SqlServerTableSql.CreateTable(contract),
            SqlServerTableSql.CreateIndexes(contract),
            [.. contract.Columns.Select(column => SqlServerTableSql.Definition(contract, column))],
            SqlServerNames.Staging(contract),
            SqlServerStagingSql.CreateStaging(contract),
            SqlServerStagingSql.DropStaging(contract),
            Stage: null,
            SqlServerStagingSql.Index(contract),
            SqlServerStagingSql.FindDuplicates(contract),
            SqlServerStagingSql.KeepLatest(contract),
            guards.FindConflict(contract),
            guards.CountMissing(contract),
            new PublishSql(Dialect).Publish(contract),
            Read(contract),
            contract.ReadsByWindow ? $"{Read(contract)}\nwhere {Dialect.InWindow(contract.Columns[contract.PartitionColumn])}" : null)
        {
            Checks = new CheckSql(Dialect).Of(contract),
            Replaced = new ReplacedSql(Dialect).Of(contract),
            Fill = new PublishSql(Dialect).Fill(contract),
            ChangedTimes = changed.Changed(contract),
            MissingTimes = changed.Missing(contract),
            KeyBytes = SqlServerTableSql.KeyBytes(contract),
        };
    }

    private static string Read(ContractModel contract) => $"select\n    {Dialect.ReadList(contract, "")}\nfrom {Dialect.Table(contract)}";
}
