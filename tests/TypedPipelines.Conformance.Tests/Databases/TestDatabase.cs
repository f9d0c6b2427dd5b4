using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Databases;

/// <summary>A database of one test: loaded through its destination, and looked into past it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    internal const string Pipeline = "flights";

    internal static Partition Whole { get; } = new WholePartition();

    internal abstract IDestination Destination { get; }

    /// <summary>What another process reaches the database by.</summary>
    internal abstract string ConnectionString { get; }

    /// <summary>Whether a reader sees the rows as they were when its statement began, and waits for nobody; else it waits for who changes them.</summary>
    internal virtual bool ReadersSeeVersions => true;

    /// <summary>The least difference between two times that the destination keeps apart.</summary>
    internal abstract TimeSpan SmallestStep { get; }

    /// <summary>Whether a key may be a text of any length.</summary>
    internal virtual bool KeepsLongKeys => true;

    /// <summary>Why a text with the character NUL is refused; null where it is kept.</summary>
    internal abstract string? WhyNulIsRefused { get; }

    /// <summary>A value that the destination refuses, and what it says of it.</summary>
    internal abstract (ColumnType Type, object Value, string Message) Unkeepable { get; }

    /// <summary>Another destination over the same database, such as another process would have.</summary>
    internal abstract IDestination NewDestination(ILogger? logger = null);

    internal abstract DbConnection Open();

    /// <summary>The SQL name of a table of the ledger, such as <c>run</c>.</summary>
    internal abstract string LedgerTable(string name);

    /// <summary>A run's id as the ledger keeps it.</summary>
    internal abstract object IdOf(Guid run);

    /// <summary>The name of the index behind a table's primary key.</summary>
    internal abstract string PrimaryKeyOf(string table);

    /// <summary>All rows of a table as one text, with what a rewritten row would not keep: equal texts, untouched rows.</summary>
    internal abstract string Digest(string table, string where = "1 = 1");

    /// <summary>Has a table refuse every row that a statement of a kind would change, or those with a value in a column.</summary>
    internal abstract void Refuse(string kind, string table, string message, (string Column, long Value)? where = null);

    /// <summary>What a message says of a row, with the columns id and v, that a rule of its table refuses.</summary>
    /// <param name="table">The table.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="value">Its value.</param>
    /// <param name="byTrigger">Whether a trigger refuses it, of whose words alone a server knows.</param>
    /// <param name="byCheck">Whether a check does.</param>
    internal abstract string[] RefusedRow(string table, long id, long value, bool byTrigger, bool byCheck);

    /// <summary>Counts from now on every row of a table that is inserted, updated or deleted in a table named <c>touched</c>, with the kind of change.</summary>
    internal abstract void CountTouches(string table);

    /// <summary>Has every insert into a table take longer than any test waits.</summary>
    internal abstract void MakeEndless(string table);

    /// <summary>Keeps a table's rows in a new table of their own.</summary>
    internal virtual void Keep(string table, string keptAs) => Execute($"create table {keptAs} as select * from {table}");

    /// <summary>Gives a table the rows that were kept, past every load.</summary>
    internal void Restore(string table, string keptAs) => Execute($"delete from {table}; insert into {table} select * from {keptAs}");

    /// <summary>Tables of rows on their way that are there to be found.</summary>
    internal abstract IReadOnlyList<string> StagingObjects();

    /// <summary>A table as people make one by hand: with an identity of its own, the columns (name, type and all) and a unique key.</summary>
    internal abstract string CreateTableWithIdentity(string table, string identity, string columns, string key);

    /// <summary>How a column that compares texts without their case is declared, and how a message names what was found.</summary>
    internal abstract (string Create, string Found) LaxCollation(string table, string key, string value);

    /// <summary>A type of texts without regard to their case, and what has to run before a table can have it.</summary>
    internal abstract (string Before, string Type) LaxText { get; }

    /// <summary>A stored value in the form in which a row holds it.</summary>
    protected abstract object Typed(object stored, Column column);

    /// <summary>What selects a column.</summary>
    protected virtual string Selected(Column column) => Quote(column.Name);

    internal static Partition Day(string day, string zone = "Etc/UTC") =>
        new DailyScheme(new DateOnly(2000, 1, 1), null, TimeZoneInfo.FindSystemTimeZoneById(zone), false).Parse(day);

    internal static RunIdentity NewRun(Partition? partition = null) => new(Guid.NewGuid(), Pipeline, partition ?? Whole, Now());

    /// <summary>Now, as exactly as every destination keeps it.</summary>
    internal static DateTimeOffset Now() => new(DateTimeOffset.UtcNow.Ticks / 10 * 10, TimeSpan.Zero);

    internal static RunEnd Succeeded(long rows = 0) => new(RunOutcome.Succeeded, false, Now(), new RowCounts(rows, rows, 0, 0), []);

    internal static RunEnd Failed(string error, params Reject[] rejects) =>
        new(RunOutcome.Failed, false, Now(), new RowCounts(0, 0, 0, rejects.Length), rejects, FailureKind.Row, error);

    internal Task PrepareAsync(params TableContract[] tables) => Destination.PrepareAsync(tables, CancellationToken.None);

    internal async Task<IPartitionSession> BeginAsync(Partition? partition = null, TimeSpan lockWait = default) =>
        await Destination.BeginAsync(NewRun(partition), lockWait, CancellationToken.None);

    /// <summary>One undisturbed run: prepare, stage, publish.</summary>
    internal async Task<LoadedTable> LoadAsync(TestContract table, Partition? partition, params object?[][] rows)
    {
        await PrepareAsync(table);
        await using IPartitionSession session = await BeginAsync(partition, TimeSpan.FromSeconds(30));
        await StageAsync(session, table, partition, rows);
        return (await session.PublishAsync(Succeeded(rows.Length), CancellationToken.None))[0];
    }

    /// <summary>Rows through the gate that generated code puts them through.</summary>
    internal static Task<LoadInput<object?[]>> StageAsync(IPartitionSession session, TestContract table, Partition? partition, params object?[][] rows) =>
        StageAsync(session, table, partition, Math.Max(1, rows.Length), [], rows);

    /// <summary>The same in chunks, with what is put into quarantine.</summary>
    internal static Task<LoadInput<object?[]>> StageAsync(
        IPartitionSession session, TestContract table, Partition? partition, int chunk, List<Reject> rejects, params object?[][] rows) =>
        StageAsync(session, table, partition, chunk, rejects, _ => { }, rows);

    /// <summary>The same, with something to do after each chunk, which learns how many there were.</summary>
    internal static async Task<LoadInput<object?[]>> StageAsync(
        IPartitionSession session, TestContract table, Partition? partition, int chunk, List<Reject> rejects, Action<int> afterChunk, params object?[][] rows)
    {
        IStaging<object?[]> staging = await session.StageAsync(table, CancellationToken.None);
        var input = new LoadInput<object?[]>(table, staging, RunSlice.Of(partition ?? Whole, Now()), new QuarantineSink(rejects));
        for (int begin = 0; begin < rows.Length; begin += chunk)
        {
            for (int i = begin; i < Math.Min(begin + chunk, rows.Length); i++)
            {
                input.Add(rows[i], i);
            }

            await input.FlushAsync(new Positions(), CancellationToken.None);
            afterChunk((begin / chunk) + 1);
        }

        return input;
    }

    internal static async Task<List<object?[]>> ReadAsync(IPartitionSession session, TestContract table, Partition? partition = null)
    {
        await using IRowSource<object?[]> source = await session.ReadAsync(table, partition, CancellationToken.None);
        var batch = new RowBatch<object?[]>();
        var rows = new List<object?[]>();
        bool more;
        do
        {
            more = await source.ReadAsync(batch, CancellationToken.None);
            rows.AddRange(batch.Rows);
        }
        while (more);
        return rows;
    }

    /// <summary>A table's rows as they lie in the database, in the order of their values.</summary>
    internal List<object?[]> Rows(TestContract table)
    {
        List<Column> stored = [.. table.Columns.Where(column => column.Stored)];
        using DbConnection connection = Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = $"select {string.Join(", ", stored.Select(Selected))} from {(table.Schema is null ? "" : Quote(table.Schema) + ".")}{Quote(table.Table)}";
        using DbDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. stored.Select((column, i) => reader.IsDBNull(i) ? null : Typed(reader.GetValue(i), column))]);
        }

        rows.Sort(RowOrder.Instance);
        return rows;
    }

    /// <summary>The same, a line for each row.</summary>
    internal List<string> Lines(TestContract table) => [.. Rows(table).Select(RowText.Of)];

    internal Task<PartitionEntry?> EntryAsync(Partition? partition = null) =>
        Destination.Ledger.FindPartitionAsync(Pipeline, (partition ?? Whole).Key, CancellationToken.None);

    /// <summary>How the runs ended, the oldest first.</summary>
    internal List<string> Outcomes() => List<string>($"select outcome from {LedgerTable("run")} order by sequence");

    internal long Count(string table) => Query<long>($"select count(*) from {table}");

    internal T Query<T>(string sql, object? values = null)
    {
        using DbConnection connection = Open();
        return connection.QuerySingle<T>(sql, values);
    }

    internal List<T> List<T>(string sql)
    {
        using DbConnection connection = Open();
        return connection.Query<T>(sql).AsList();
    }

    internal int Execute(string sql, object? values = null)
    {
        using DbConnection connection = Open();
        return connection.Execute(sql, values);
    }

    /// <summary>Runs a statement that fails where it would have to wait for a lock.</summary>
    internal abstract void ExecuteAtOnce(string sql);

    /// <summary>Whether the run that is logged waits for another writer.</summary>
    internal abstract bool Waits(StatementBreaker log);

    /// <summary>Gives the lock that is held to a run that does not exist.</summary>
    internal void StealLock() => Execute($"update {LedgerTable("lock")} set run_id = @thief, token = token + 1", new { thief = IdOf(Guid.NewGuid()) });

    public abstract ValueTask DisposeAsync();

    protected static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class Positions : IRowPositions
    {
        public RowPosition PositionOf(int row) => new("test.csv", row + 2);
    }
}
