using System.Linq;
using TypedPipelines.Compilation.Emit.Loads;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit.Sqlite;

/// <summary>
/// The SQL that loads a table of SQLite, from its contract. A statement never holds a value: rows, windows and partitions arrive as
/// parameters. Tables are named with their schema, since an unqualified name would find a temporary table first.
/// </summary>
internal static class SqliteSql
{
    private static readonly SqliteDialect Dialect = SqliteDialect.Instance;

    public static LoadTexts Of(ContractModel contract)
    {
        var guards = new GuardSql(Dialect);
        var changed = new ChangedTimesSql(Dialect);
        var upsert = new UpsertSql(Dialect);
        return new LoadTexts(
            Table: null,
            CreateSchema: null,
            SqliteTableSql.CreateTable(contract),
            [.. SqliteTableSql.CreateIndexes(contract).Select(sql => new IndexText(null, sql))],
            Definitions: null,
            Staging: null,
            SqliteStagingSql.CreateStaging(contract),
            DropStaging: null,
            SqliteStagingSql.Stage(contract),
            SqliteStagingSql.Index(contract),
            SqliteStagingSql.FindDuplicates(contract),
            SqliteStagingSql.KeepLatest(contract),
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
        };
    }

    private static string Read(ContractModel contract) => $"select\n    {Dialect.ReadList(contract, "")}\nfrom {Dialect.Table(contract)}";
}
