using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>
/// Creates what is missing of the ledger and the tables, and checks the tables' shape. Statements that create are sent only
/// for what is missing: they ask for rights that a loader need not have.
/// </summary>
internal sealed class TablePreparation(SqlServerServer server, TimeProvider time)
{
    /// <summary>Whatever was loaded is not in a table that was not there.</summary>
    internal const string ForgetPartitions = """
        delete from typed_pipelines.[partition]
        where pipeline = @pipeline and (tables is null or charindex(concat(nchar(10), @table, nchar(10)), concat(nchar(10), tables, nchar(10))) > 0)
        """;

    internal async Task RunAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        (TableContract Contract, SqlServerLoadPlan Plan)[] contracts = [.. ContractNames.Checked(tables).Select(contract => (contract, contract.PlanFor<SqlServerLoadPlan>()))];
        foreach ((TableContract contract, _) in contracts)
        {
            KeySize.Check(contract);
        }

        SqlServerDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (await IsCompleteAsync(database, contracts, cancellationToken).ConfigureAwait(false)
                && !await HasChangesAsync(database, contracts, loaderOf, cancellationToken).ConfigureAwait(false))
            {
                await CheckShapesAsync(database, contracts, loaderOf, cancellationToken).ConfigureAwait(false);
                return;
            }

            await database.BeginAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // Two programs that start on an empty database would create the same things, and one of them fail.
                await AppLock.TakeAsync(database, LockName.Preparation, cancellationToken).ConfigureAwait(false);
                await LedgerTables.CreateMissingAsync(database, cancellationToken).ConfigureAwait(false);
                var reshaped = new HashSet<TableContract>();
                foreach ((TableContract contract, SqlServerLoadPlan plan) in contracts)
                {
                    await CreateMissingTableAsync(database, contract, plan, loaderOf(contract), cancellationToken).ConfigureAwait(false);
                    if (!Reshape.Awaits(contract, loaderOf(contract)))
                    {
                        await AddColumnsAsync(database, contract, plan, loaderOf(contract), cancellationToken).ConfigureAwait(false);
                    }
                    else if (await NoteReshapeAsync(database, contract, plan, loaderOf(contract)!, cancellationToken).ConfigureAwait(false))
                    {
                        reshaped.Add(contract);
                    }
                }

                // Before the indexes, which would complain about a missing column less clearly.
                await CheckShapesAsync(database, contracts, loaderOf, cancellationToken).ConfigureAwait(false);
                foreach ((TableContract contract, SqlServerLoadPlan plan) in contracts.Where(each => !reshaped.Contains(each.Contract)))
                {
                    foreach (TableIndex index in plan.CreateIndexes)
                    {
                        if (!await FoundTable.HasIndexAsync(database, contract, index.Name, cancellationToken).ConfigureAwait(false))
                        {
                            await database.RunAsync(index.Sql, cancellationToken).ConfigureAwait(false);
                        }
                    }
                }

                foreach ((_, SqlServerLoadPlan plan) in contracts)
                {
                    await KeptTables.CreateAsync(server, database, plan, cancellationToken).ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                await database.CommitAsync().ConfigureAwait(false);
            }
            finally
            {
                await database.RollBackAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task CreateMissingTableAsync(
        SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, string? pipeline, CancellationToken cancellationToken)
    {
        if (await FoundTable.ExistsAsync(database, plan.Table, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (plan.CreateSchema is not null && !await FoundTable.SchemaExistsAsync(database, contract.Schema!, cancellationToken).ConfigureAwait(false))
        {
            await database.RunAsync(plan.CreateSchema, cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(plan.CreateTable, cancellationToken).ConfigureAwait(false);
        await LateColumns.ForgetAsync(database, contract, cancellationToken).ConfigureAwait(false);
        if (pipeline is not null)
        {
            string? name = await server.NameOfAsync(database, plan.Table, cancellationToken).ConfigureAwait(false);
            await database.RunAsync(ForgetPartitions, cancellationToken, ("@pipeline", pipeline), ("@table", name ?? plan.Table)).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasChangesAsync(
        SqlServerDatabase database, (TableContract Contract, SqlServerLoadPlan Plan)[] contracts, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        foreach ((TableContract contract, SqlServerLoadPlan plan) in contracts)
        {
            if (Reshape.Awaits(contract, loaderOf(contract))
                ? (await Reshaping.FindAsync(database, contract, plan, cancellationToken).ConfigureAwait(false)).Count > 0
                : (await ColumnAdditions.OfAsync(database, contract, plan, cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A table that is replaced as a whole takes its contract's shape when it is loaded, which is to be done then.</summary>
    /// <returns>Whether there is anything to change.</returns>
    private static async Task<bool> NoteReshapeAsync(
        SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, string pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Column, string Sql)> steps = await Reshaping.FindAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        if (steps.Count > 0)
        {
            await MakeStaleAsync(database, pipeline, StalePartition.ShapeChanges(contract, [.. steps.Select(step => step.Column).Distinct()]), cancellationToken).ConfigureAwait(false);
        }

        return steps.Count > 0;
    }

    private async Task AddColumnsAsync(
        SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, string? pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, string Sql)> columns = await ColumnAdditions.OfAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        foreach ((string name, string sql) in columns)
        {
            await database.RunAsync(sql, cancellationToken).ConfigureAwait(false);
            await LateColumns.NoteAsync(database, contract, name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }

        if (columns.Count > 0 && pipeline is not null)
        {
            await MakeStaleAsync(database, pipeline, StalePartition.ColumnsAdded(contract, [.. columns.Select(column => column.Name)]), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task MakeStaleAsync(SqlServerDatabase database, string pipeline, string reason, CancellationToken cancellationToken) =>
        database.RunAsync(ColumnAdditions.MakeStale, cancellationToken, ("@reason", reason), ("@pipeline", pipeline));

    private static async Task<bool> IsCompleteAsync(
        SqlServerDatabase database, (TableContract Contract, SqlServerLoadPlan Plan)[] contracts, CancellationToken cancellationToken)
    {
        if (!await LedgerTables.AreCurrentAsync(database, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        foreach ((TableContract contract, SqlServerLoadPlan plan) in contracts)
        {
            if (!await FoundTable.ExistsAsync(database, plan.Table, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (!await KeptTables.AreCurrentAsync(database, plan, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            foreach (TableIndex index in plan.CreateIndexes)
            {
                if (!await FoundTable.HasIndexAsync(database, contract, index.Name, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static async Task CheckShapesAsync(
        SqlServerDatabase database, (TableContract Contract, SqlServerLoadPlan Plan)[] contracts, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        // A name without a schema and one with it may lead to one table.
        var byTable = new Dictionary<int, TableContract>();
        foreach ((TableContract contract, SqlServerLoadPlan plan) in contracts)
        {
            FoundTable found = (await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false))!;
            if (!byTable.TryAdd(found.Id, contract))
            {
                throw ContractNames.SameTable(byTable[found.Id], contract);
            }

            if (Reshape.Awaits(contract, loaderOf(contract)))
            {
                ShapeCheck.CompareAround(contract, plan, found, database.Name);
                continue;
            }

            ShapeCheck.Compare(contract, plan, found, database.Name);
            if (loaderOf(contract) is not null)
            {
                await KeyCheck.CheckAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
