using System.Diagnostics;
using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Finds the staged row that a rule of the table refused, which SQLite does not say. The statement is run again over fewer of them: of the
/// rows in the order in which it takes them, the last of the fewest that are refused is the one. All of that is undone. Nothing is found
/// where it would take too long, for the file is locked meanwhile, or where the cause is none of the rows.
/// </summary>
/// <param name="database">The database, in the transaction in which the statement failed.</param>
/// <param name="table">The table whose staged rows the statement takes.</param>
/// <param name="statement">Runs the statement.</param>
/// <param name="failure">What it failed of. Another failure says nothing: a trigger may have left behind what the statement did before.</param>
internal sealed class RefusedRow(SqliteDatabase database, IStagedTable<SqliteLoadPlan> table, Action statement, PipelineException failure)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] RowIds = ["rowid", "_rowid_", "oid"];

    private string Staging => $"temp.{Quote("stage_" + table.Contract.Table)}";

    /// <summary>By a name that no column hides.</summary>
    private string? RowId => RowIds.FirstOrDefault(name => table.Contract.Columns.All(column => !column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Rows with a key are taken in its order, of a history by the time of the change; others as they came.</summary>
    private string Order
    {
        get
        {
            List<string> key = [.. table.Contract.Columns.Where(column => column.Key).Select(column => Quote(column.Name))];
            if (key.Count > 0 && table.Contract is { Strategy: LoadStrategy.History, PartitionColumn: { } from })
            {
                key.Add(Quote(table.Contract.Columns[from].Name));
            }

            return string.Join(", ", key.Append(RowId));
        }
    }

    /// <summary>Looks for the row.</summary>
    /// <param name="ran">How long the statement ran that failed.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The row as messages show it; null where none is found.</returns>
    internal async Task<string?> FindAsync(TimeSpan ran, CancellationToken cancellationToken)
    {
        // A trigger may have ended the transaction. And of rows that refer to each other fewer may be refused where all are not.
        if (ran > Patience || RowId is null || !database.InTransaction || RefersToItself())
        {
            return null;
        }

        database.Run("savepoint tp_refused");
        try
        {
            return await SearchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException)
        {
            return null; // What the statement failed of is what is to be told.
        }
        finally
        {
            if (database.InTransaction)
            {
                database.Run("rollback to tp_refused");
                database.Run("release tp_refused");
            }
        }
    }

    private async Task<string?> SearchAsync(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        long refused = long.Parse(database.Find($"select count(*) from {Staging}")!, CultureInfo.InvariantCulture);
        long passed = 0;
        if (IsRefused(passed) || !IsRefused(refused))
        {
            return null;
        }

        while (refused - passed > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return null;
            }

            long half = passed + ((refused - passed) / 2);
            (passed, refused) = IsRefused(half) ? (passed, half) : (half, refused);
        }

        return await table.ShowAsync(string.Create(CultureInfo.InvariantCulture, $"select * from {Staging} order by {Order} limit 1 offset {refused - 1}"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the first rows are refused. Then the others stay away: they are not needed again.</summary>
    private bool IsRefused(long rows)
    {
        bool refused = false;
        database.Run("savepoint tp_fewer");
        database.Run(string.Create(
            CultureInfo.InvariantCulture, $"delete from {Staging} where {RowId} in (select {RowId} from {Staging} order by {Order} limit -1 offset {rows})"));
        database.Run("savepoint tp_tried");
        try
        {
            statement();
        }
        catch (PipelineException e) when (e.What == failure.What && database.InTransaction)
        {
            refused = true;
        }

        database.Run(refused ? "rollback to tp_tried" : "rollback to tp_fewer");
        database.Run("release tp_fewer");
        return refused;
    }

    private bool RefersToItself() => database.Find(
        "select 1 from pragma_foreign_key_list(@table, 'main') where \"table\" = @table collate nocase", ("@table", table.Contract.Table)) is not null;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
