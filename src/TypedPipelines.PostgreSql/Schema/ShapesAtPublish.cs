using System.Collections.Concurrent;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// The shapes of tables as they were when they were last held against their contracts. A migration may give a table another type or a rule after the start of a run, while its rows
/// are read or while its publish waits for that very migration: the server would round what the column no longer holds, or pass over what the rule has done away with, without a word.
/// </summary>
internal sealed class ShapesAtPublish
{
    /// <summary>The lock that the load's own statements take: with it nobody can change the table until the transaction ends.</summary>
    private const string Lock = "lock table {0} in row exclusive mode";

    /// <summary>What tells one shape from another: the versions of the catalog's rows that hold it, and what hears of writes to it. Statistics and vacuum change none of them.</summary>
    private const string FindVersion = """
        select concat_ws(
            ' ',
            c.oid,
            c.relkind,
            c.xmin,
            (select string_agg(a.xmin::text, ',' order by a.attnum) from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attnum > 0),
            (select string_agg(concat(r.oid, ':', r.xmin), ',' order by r.oid) from pg_catalog.pg_rewrite as r where r.ev_class = c.oid),
            (select string_agg(concat(i.indexrelid, ':', i.xmin), ',' order by i.indexrelid) from pg_catalog.pg_index as i where i.indrelid = c.oid),
            (
                select string_agg(concat(g.oid, ':', g.xmin), ',' order by g.oid)
                from pg_catalog.pg_trigger as g
                where not g.tgisinternal and (g.tgrelid = c.oid or c.relhassubclass and exists (select 1 from pg_catalog.pg_inherits where inhrelid = g.tgrelid))
            ),
            row_security_active(c.oid)),
            c.relkind in ('r', 'p')
        from pg_catalog.pg_class as c
        where c.oid = to_regclass($1)
        """;

    private readonly ConcurrentDictionary<TableContract, Shape> _shapes = new();

    /// <summary>Whether the rows of a table, as it was last found, cannot be copied straight into it; null where it has not been looked at yet.</summary>
    internal bool? RefusesCopy(TableContract contract) => _shapes.TryGetValue(contract, out Shape? shape) ? shape.RefusesCopy : null;

    /// <summary>What hears of writes to a table that is held; null where it is none that can be held.</summary>
    internal TableListeners? ListenersOf(TableContract contract) => _shapes.TryGetValue(contract, out Shape? shape) ? shape.Listeners : null;

    /// <summary>Locks a table against changes of its shape, and holds it against its contract again where it has changed since that was last done.</summary>
    /// <param name="database">The connection, in the publishing transaction.</param>
    /// <param name="contract">The table's contract.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="pipeline">The pipeline that loads it.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Whether it may have been changed since.</returns>
    /// <exception cref="PipelineException">It is no longer what the contract says.</exception>
    internal async Task<bool> HoldAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, string pipeline, CancellationToken cancellationToken)
    {
        string? known = _shapes.GetValueOrDefault(contract)?.Version;
        string? version = known is null ? null : await LockAsync(database, plan, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            // What is no table, a view or a foreign one, cannot be locked so.
            (string Version, bool IsTable)[] found = [.. await database.QueryAsync(FindVersion, static row => (row.GetString(0), row.GetBoolean(1)), cancellationToken, plan.Table).ConfigureAwait(false)];
            if (found.Length == 0 || !found[0].IsTable)
            {
                return true;
            }

            version = await LockAsync(database, plan, cancellationToken).ConfigureAwait(false);
        }

        if (version == known)
        {
            return false;
        }

        await CheckAsync(database, contract, plan, pipeline, cancellationToken).ConfigureAwait(false);
        _shapes[contract] = new Shape(
            version ?? "",
            await ListenersOfTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false),
            await StraightCopy.IsRefusedAsync(database, plan, cancellationToken).ConfigureAwait(false));
        return true;
    }

    /// <summary>What would change values or keep rows without an error; a key that is gone, a load can do without.</summary>
    private static async Task CheckAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, string pipeline, CancellationToken cancellationToken)
    {
        FoundTable found = (await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false))!;
        await SilentRefusal.CheckAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        if (Reshape.Awaits(contract, pipeline))
        {
            ShapeCheck.CompareAround(contract, plan, found, database.Name);
        }
        else
        {
            ShapeCheck.Compare(contract, plan, found, database.Name);
        }
    }

    private static async Task<string?> LockAsync(PostgreSqlDatabase database, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        StatementBatch batch = database.Batch().Keep().Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, Lock, plan.Table)).Add(FindVersion, plan.Table);
        await using (batch.ConfigureAwait(false))
        {
            // The lock has no result of its own.
            return (string?)(await batch.ReadAsync(cancellationToken, static row => row.GetString(0)).ConfigureAwait(false))[0];
        }
    }

    private sealed record Shape(string Version, TableListeners Listeners, bool RefusesCopy);
}
