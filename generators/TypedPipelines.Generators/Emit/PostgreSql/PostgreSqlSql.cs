using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.PostgreSql;

/// <summary>
/// The SQL that loads a table of PostgreSQL, from its contract. A statement never holds a value: rows arrive by COPY, and
/// windows and partitions as the parameters $1 and $2.
/// </summary>
internal static class PostgreSqlSql
{
    private static readonly PostgreSqlDialect Dialect = PostgreSqlDialect.Instance;

    public static LoadTexts Of(ContractModel contract)
    {
        var guards = new GuardSql(Dialect);
        var changed = new ChangedTimesSql(Dialect);
        var upsert = new UpsertSql(Dialect);
        return new LoadTexts(
            PostgreSqlNames.Table(contract),
            contract.Schema is null ? null : $"create schema {PostgreSqlNames.Quote(contract.Schema)}",
            PostgreSqlTableSql.CreateTable(contract),
            PostgreSqlTableSql.CreateIndexes(contract),
            [.. contract.Columns.Select(column => PostgreSqlTableSql.Definition(contract, column))],
            PostgreSqlNames.Staging(contract),
            PostgreSqlStagingSql.CreateStaging(contract),
            DropStaging: null,
            PostgreSqlStagingSql.Stage(contract),
            PostgreSqlStagingSql.Index(contract),
            PostgreSqlStagingSql.FindDuplicates(contract),
            PostgreSqlStagingSql.KeepLatest(contract),
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
            Upsert = upsert.Upsert(contract),
            CountUnchanged = upsert.CountUnchanged(contract),
            FindLongest = PostgreSqlStagingSql.FindLongest(contract),
            Copy = PostgreSqlStagingSql.Copy(contract),
        };
    }

    private static string Read(ContractModel contract) => $"select\n    {Dialect.ReadList(contract, "")}\nfrom {Dialect.Table(contract)}";
}
