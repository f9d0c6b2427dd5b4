using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Creates what is missing of the ledger and the tables, and checks the tables' shape. Statements that create are sent only
/// for what is missing: they ask for rights that a loader need not have.
/// </summary>
internal sealed class TablePreparation(PostgreSqlServer server, TimeProvider time)
{
    internal async Task RunAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        (TableContract Contract, PostgreSqlLoadPlan Plan)[] contracts = [.. ContractNames.Checked(tables).Select(contract => (contract, contract.PlanFor<PostgreSqlLoadPlan>()))];
        PostgreSqlDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            RefuseOtherEncodings(database);
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
                await database.RunAsync("select pg_advisory_xact_lock($1)", cancellationToken, LockKey.Preparation).ConfigureAwait(false);
                await LedgerTables.CreateMissingAsync(database, cancellationToken).ConfigureAwait(false);
                var reshaped = new HashSet<TableContract>();
                foreach ((TableContract contract, PostgreSqlLoadPlan plan) in contracts)
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
                foreach ((TableContract contract, PostgreSqlLoadPlan plan) in contracts.Where(each => !reshaped.Contains(each.Contract)))
                {
                    foreach (TableIndex index in plan.CreateIndexes)
                    {
                        if (!await FoundTable.HasIndexAsync(database, plan.Table, index.Name, cancellationToken).ConfigureAwait(false))
                        {
                            if (await FoundTable.FindIndexOwnerAsync(database, plan.Table, index.Name, cancellationToken).ConfigureAwait(false) is { } elsewhere)
                            {
                                throw IndexElsewhere.Of(contract, database.Name, index.Name, elsewhere.Table, $"alter index {elsewhere.Index} rename to {ShapeCheck.Quote($"{index.Name}_before")}");
                            }

                            await database.RunAsync(index.Sql, cancellationToken).ConfigureAwait(false);
                        }
                    }
                }

                foreach ((_, PostgreSqlLoadPlan plan) in contracts)
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

    private void RefuseOtherEncodings(PostgreSqlDatabase database)
    {
        if (database.Encoding != "UTF8")
        {
            throw new PipelineException(
                FailureKind.Destination,
                $"the PostgreSQL database {server.DisplayName} keeps its texts as {database.Encoding}, which cannot hold every text",
                "Nothing was changed. Load into a database created with: create database ... encoding 'UTF8' template template0");
        }
    }

    private async Task CreateMissingTableAsync(
        PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, string? pipeline, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(database, plan, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (plan.CreateSchema is not null
            && !await database.FindsAsync("select 1 from pg_catalog.pg_namespace where nspname = $1", cancellationToken, contract.Schema).ConfigureAwait(false))
        {
            await database.RunAsync(plan.CreateSchema, cancellationToken).ConfigureAwait(false);
        }

        if (plan.CreateSchema is null)
        {
            await RefuseTemporarySchemaAsync(database, contract, cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(plan.CreateTable, cancellationToken).ConfigureAwait(false);
        await ReplicaIdentity.GiveAsync(database, plan, cancellationToken).ConfigureAwait(false);
        await LateColumns.ForgetAsync(database, contract, cancellationToken).ConfigureAwait(false);
        if (pipeline is not null)
        {
            // Whatever was loaded is not in a table that was not there.
            await database.RunAsync(
                "delete from typed_pipelines.partition where pipeline = $1 and (tables is null or $2 = any (string_to_array(tables, E'\\n')))",
                cancellationToken,
                pipeline,
                await server.NameOfAsync(database, plan.Table, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasChangesAsync(
        PostgreSqlDatabase database, (TableContract Contract, PostgreSqlLoadPlan Plan)[] contracts, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        foreach ((TableContract contract, PostgreSqlLoadPlan plan) in contracts)
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
        PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, string pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Column, string Sql)> steps = await Reshaping.FindAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        if (steps.Count > 0)
        {
            await MakeStaleAsync(database, pipeline, StalePartition.ShapeChanges(contract, [.. steps.Select(step => step.Column).Distinct()]), cancellationToken).ConfigureAwait(false);
        }

        return steps.Count > 0;
    }

    /// <summary>Adds what the contract has gained. What was loaded before does not have it, and is to be loaded again.</summary>
    private async Task AddColumnsAsync(
        PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, string? pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, string Sql)> columns = await ColumnAdditions.OfAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        foreach ((string name, string sql) in columns)
        {
            await RunAsOwnerAsync(database, contract, name, sql, cancellationToken).ConfigureAwait(false);
            await LateColumns.NoteAsync(database, contract, name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }

        if (columns.Count > 0 && pipeline is not null)
        {
            await MakeStaleAsync(database, pipeline, StalePartition.ColumnsAdded(contract, [.. columns.Select(column => column.Name)]), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task MakeStaleAsync(PostgreSqlDatabase database, string pipeline, string reason, CancellationToken cancellationToken) => database.RunAsync(
        "update typed_pipelines.partition set state = 'stale', error = $1 where pipeline = $2 and state in ('complete', 'partial')", cancellationToken, reason, pipeline);

    /// <summary>Only the owner of a table may add a column, and a loader need not be that.</summary>
    private static async Task RunAsOwnerAsync(PostgreSqlDatabase database, TableContract contract, string column, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (PostgreSqlFailure.Reported(e)?.SqlState == Npgsql.PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the table {contract.DisplayName} of {database.Name} does not have the column {column} of its contract, and this user may not add it",
                $"Nothing was changed. Have the table's owner run `prepare`, which adds it and has what was loaded without it loaded again; or add the column with: {sql}, and then load those partitions with `backfill --force`",
                e.InnerException);
        }
    }

    /// <summary>Where no schema of the search path can be used, the table would become a temporary one, and its rows be gone after the run.</summary>
    private static async Task RefuseTemporarySchemaAsync(PostgreSqlDatabase database, TableContract contract, CancellationToken cancellationToken)
    {
        if (await database.FindsAsync("select 1 where coalesce(current_schema(), 'pg_temp') like 'pg\\_temp%'", cancellationToken).ConfigureAwait(false))
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"there is no schema in {database.Name} in which the table {contract.DisplayName} could be created: this user may use none of the search path's",
                "Nothing was changed. Grant usage and create on one of them, or name a schema: [Table(..., Schema = \"...\")]. docs/destinations/postgresql.md has a script with all that a loader needs.");
        }
    }

    private static Task<bool> ExistsAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) =>
        database.FindsAsync("select 1 where to_regclass($1) is not null", cancellationToken, plan.Table);

    private static async Task<bool> IsCompleteAsync(
        PostgreSqlDatabase database, (TableContract Contract, PostgreSqlLoadPlan Plan)[] contracts, CancellationToken cancellationToken)
    {
        if (!await LedgerTables.AreCurrentAsync(database, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        foreach ((_, PostgreSqlLoadPlan plan) in contracts)
        {
            if (!await ExistsAsync(database, plan, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (!await KeptTables.AreCurrentAsync(database, plan, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            foreach (TableIndex index in plan.CreateIndexes)
            {
                if (!await FoundTable.HasIndexAsync(database, plan.Table, index.Name, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static async Task CheckShapesAsync(
        PostgreSqlDatabase database, (TableContract Contract, PostgreSqlLoadPlan Plan)[] contracts, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken)
    {
        // A name without a schema and one with it may lead to one table.
        var byTable = new Dictionary<uint, TableContract>();
        foreach ((TableContract contract, PostgreSqlLoadPlan plan) in contracts)
        {
            FoundTable found = (await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false))!;
            if (!byTable.TryAdd(found.Id, contract))
            {
                throw ContractNames.SameTable(byTable[found.Id], contract);
            }

            if (found.IsTable)
            {
                await SilentRefusal.CheckAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
                if (loaderOf(contract) is not null)
                {
                    await Durability.CheckAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
                    await ReplicaIdentity.CheckAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
                }
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
