using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Creates what is missing of the ledger and the tables, and checks the tables' shape. What a contract expects is read
/// from a database in memory in which its statements have been run, so that nothing but the generated SQL describes it.
/// </summary>
internal sealed class TablePreparation(SqliteLocation location, TimeProvider time, ILogger logger)
{
    internal async Task RunAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        IReadOnlyList<TableContract> contracts = Distinct(tables);
        using SqliteDatabase scratch = SqliteDatabase.OpenScratch(NullLogger.Instance);
        foreach (TableContract contract in contracts)
        {
            SqliteLoadPlan plan = contract.PlanFor<SqliteLoadPlan>();
            scratch.Run(plan.CreateTable);
            CreateIndexes(scratch, plan);
        }

        using SqliteDatabase database = SqliteDatabase.OpenForWriting(location, logger);
        RefuseOtherEncodings(database);
        await SetJournalAsync(database, cancellationToken).ConfigureAwait(false);
        if (IsComplete(database, scratch) && !contracts.Any(contract => ChangesOf(database, scratch, contract, loaderOf).Count > 0))
        {
            CheckShapes(database, scratch, contracts, loaderOf);
            return;
        }

        await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            LedgerTables.CreateMissing(database);
            foreach (TableContract contract in contracts.Where(contract => !HasTable(database, contract)))
            {
                database.Run(contract.PlanFor<SqliteLoadPlan>().CreateTable);
                LateColumns.Forget(database, contract);
                if (loaderOf(contract) is { } pipeline)
                {
                    // Whatever was loaded is not in a table that was not there.
                    database.Run(
                        "delete from main.tp_partition where pipeline = @pipeline and (tables is null or instr(char(10) || tables || char(10), char(10) || @table || char(10)) > 0)",
                        ("@pipeline", pipeline),
                        ("@table", NameOf(database, contract)));
                }
            }

            var reshaped = new HashSet<TableContract>();
            foreach (TableContract contract in contracts)
            {
                if (!Reshape.Awaits(contract, loaderOf(contract)))
                {
                    AddColumns(database, scratch, contract, loaderOf(contract));
                }
                else if (ChangesOf(database, scratch, contract, loaderOf) is { Count: > 0 } changes)
                {
                    // It takes its contract's shape when it is loaded, which is to be done then.
                    reshaped.Add(contract);
                    MakeStale(database, loaderOf(contract)!, StalePartition.ShapeChanges(contract, [.. changes.Select(column => column.Name)]));
                }
            }

            // Before the indexes, which would complain about a missing column less clearly.
            CheckShapes(database, scratch, contracts, loaderOf);
            foreach (TableContract contract in contracts.Where(contract => !reshaped.Contains(contract)))
            {
                RefuseIndexesElsewhere(database, scratch, contract);
                CreateIndexes(database, contract.PlanFor<SqliteLoadPlan>());
            }

            cancellationToken.ThrowIfCancellationRequested();
            database.Commit();
        }
        finally
        {
            database.RollBack();
        }
    }

    /// <summary>Adds what the contract has gained. What was loaded before does not have it, and is to be loaded again.</summary>
    private void AddColumns(SqliteDatabase database, SqliteDatabase scratch, TableContract contract, string? pipeline)
    {
        IReadOnlyList<SqliteColumnShape> columns = ColumnAdditions.Of(database, scratch, contract);
        foreach (SqliteColumnShape column in columns)
        {
            database.Run(ColumnAdditions.Sql(contract, column));
            LateColumns.Note(database, contract, column.Name, time.GetUtcNow());
        }

        if (columns.Count > 0 && pipeline is not null)
        {
            MakeStale(database, pipeline, StalePartition.ColumnsAdded(contract, [.. columns.Select(column => column.Name)]));
        }
    }

    private static void MakeStale(SqliteDatabase database, string pipeline, string reason) => database.Run(
        "update main.tp_partition set state = 'stale', error = @reason where pipeline = @pipeline and state in ('complete', 'partial')",
        ("@reason", reason),
        ("@pipeline", pipeline));

    /// <summary>The columns that are to be added, or of a table that takes its contract's shape when it is loaded also those that become others.</summary>
    private static IReadOnlyList<SqliteColumnShape> ChangesOf(SqliteDatabase database, SqliteDatabase scratch, TableContract contract, Func<TableContract, string?> loaderOf) =>
        Reshape.Awaits(contract, loaderOf(contract)) && SqliteTableShape.Of(database, contract.Table) is { Columns.Count: > 0 } found
            ? SqliteTableShape.Of(scratch, contract.Table).MissingFrom(found)
            : ColumnAdditions.Of(database, scratch, contract);

    /// <summary>A table as it was created, in whatever case a contract writes its name; null where there is none.</summary>
    internal static string? NameOf(SqliteDatabase database, TableContract contract) => database.Find(
        "select name from main.sqlite_master where type = 'table' and name = @name collate nocase", ("@name", contract.Table));

    private static bool HasTable(SqliteDatabase database, TableContract contract) => NameOf(database, contract) is not null;

    private static IReadOnlyList<TableContract> Distinct(IReadOnlyList<TableContract> tables)
    {
        // SQLite compares names without regard to case, and knows no schemas.
        var byName = new Dictionary<string, TableContract>(StringComparer.OrdinalIgnoreCase);
        foreach (TableContract contract in tables)
        {
            if (contract.Table.StartsWith(LedgerTables.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"the table of {contract.RowType.Name} is called {contract.Table}, and names that begin with {LedgerTables.Prefix} belong to the ledger",
                    "Give the table another name.");
            }

            if (byName.TryGetValue(contract.Table, out TableContract? other) && other.RowType != contract.RowType)
            {
                throw new PipelineException(
                    FailureKind.Schema,
                    $"{other.RowType.Name} ({other.DisplayName}) and {contract.RowType.Name} ({contract.DisplayName}) are one table to SQLite, which has no schemas and does not tell upper from lower case",
                    "Give one of the tables another name.");
            }

            byName[contract.Table] = contract;
        }

        return [.. byName.Values];
    }

    /// <summary>Names of indexes are the file's, not the table's: one that another table has kept would be taken for the one that is needed.</summary>
    private static void RefuseIndexesElsewhere(SqliteDatabase database, SqliteDatabase scratch, TableContract contract)
    {
        using SqliteQuery needed = scratch.Prepare("select name from main.sqlite_master where type = 'index' and sql is not null and tbl_name = @table", ("@table", contract.Table));
        while (needed.Step())
        {
            string index = needed.Text(0)!;
            if (database.Find(
                "select tbl_name from main.sqlite_master where type = 'index' and name = @name collate nocase and tbl_name <> @table collate nocase",
                ("@name", index),
                ("@table", contract.Table)) is { } owner)
            {
                throw IndexElsewhere.Of(contract, database.File, index, owner, $"drop index {ShapeCheck.Quote(index)}");
            }
        }
    }

    private static void CreateIndexes(SqliteDatabase database, SqliteLoadPlan plan)
    {
        foreach (string index in plan.CreateIndexes)
        {
            database.Run(index);
        }
    }

    private void RefuseOtherEncodings(SqliteDatabase database)
    {
        if (database.Find("pragma encoding") is { } encoding && encoding != "UTF-8")
        {
            throw new PipelineException(
                FailureKind.Destination,
                $"the SQLite database {location.File} keeps its texts as {encoding}",
                "Nothing was changed. Load into a database with UTF-8, which is what SQLite creates unless told otherwise.");
        }
    }

    /// <summary>With a write-ahead log readers see the last commit while a publish is under way, and neither waits for the other.</summary>
    private static async Task SetJournalAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        if (database.Find("pragma main.journal_mode") != "wal")
        {
            await database.RunAloneAsync("pragma main.journal_mode = wal", cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsComplete(SqliteDatabase database, SqliteDatabase scratch)
    {
        if (!LedgerTables.AreCurrent(database))
        {
            return false;
        }

        using SqliteQuery objects = scratch.Prepare("select type, name, tbl_name from main.sqlite_master where name not like 'sqlite\\_%' escape '\\'");
        while (objects.Step())
        {
            if (database.Find(
                "select 1 from main.sqlite_master where type = @type and name = @name collate nocase and tbl_name = @table collate nocase",
                ("@type", objects.Text(0)),
                ("@name", objects.Text(1)),
                ("@table", objects.Text(2))) is null)
            {
                return false;
            }
        }

        return true;
    }

    private static void RefuseView(SqliteDatabase database, TableContract contract)
    {
        if (database.Find("select name from main.sqlite_master where type = 'view' and name = @name collate nocase", ("@name", contract.Table)) is { } view)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"{contract.DisplayName} of {database.File} is a view, and not a table",
                $"Nothing was changed. Give the contract another name; or, since SQLite does not rename views, create the view again under another name and remove this one with: drop view \"{view.Replace("\"", "\"\"")}\"");
        }
    }

    private static void CheckShapes(
        SqliteDatabase database, SqliteDatabase scratch, IReadOnlyList<TableContract> contracts, Func<TableContract, string?> loaderOf)
    {
        foreach (TableContract contract in contracts)
        {
            CheckShape(database, scratch, contract, loaderOf(contract));
            if (loaderOf(contract) is { } loader && !Reshape.Awaits(contract, loader))
            {
                KeyCheck.Check(database, contract);
                StoredForms.Check(database, contract);
            }
        }
    }

    /// <summary>Holds a table against its contract: what would change values without an error, or which no load could fill.</summary>
    /// <param name="database">The database.</param>
    /// <param name="scratch">One in which the contract's statement has been run.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="loader">The pipeline that loads the table; null for none.</param>
    internal static void CheckShape(SqliteDatabase database, SqliteDatabase scratch, TableContract contract, string? loader)
    {
        RefuseView(database, contract);
        (SqliteTableShape expected, SqliteTableShape found) = (SqliteTableShape.Of(scratch, contract.Table), SqliteTableShape.Of(database, contract.Table));
        if (Reshape.Awaits(contract, loader))
        {
            ShapeCheck.CompareAround(contract, expected, found, database.File);
        }
        else
        {
            ShapeCheck.Compare(contract, expected, found, database.File);
        }
    }
}
