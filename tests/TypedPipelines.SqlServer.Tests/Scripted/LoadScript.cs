namespace TypedPipelines.SqlServer.Tests;

/// <summary>Answers the statements of a load as a server would on which everything is there and nothing is in the way.</summary>
internal sealed class LoadScript(TestContract table)
{
    private static readonly (string, TdsType)[] OneInt = [("", new TdsType("int"))];

    /// <summary>Answers in place of the rest; null where it has no answer of its own.</summary>
    internal Func<string, TdsReply?>? Instead { get; init; }

    /// <summary>Says when the connection is to be cut instead of answering.</summary>
    internal Func<string, bool> Cuts { get; init; } = static _ => false;

    /// <summary>Whether readers see versions of the rows.</summary>
    internal bool ReadersSeeVersions { get; init; } = true;

    /// <summary>Whether the table has a trigger that is fired by inserts.</summary>
    internal bool HasInsertTrigger { get; init; }

    /// <summary>Whether PostgreSQL answers in SQL Server's stead.</summary>
    internal bool IsBabelfish { get; init; }

    internal TdsReply? Answer(string statement)
    {
        if (Cuts(statement))
        {
            return null;
        }

        if (Instead?.Invoke(statement) is { } other)
        {
            return other;
        }

        return statement switch
        {
            SqlServerServer.Settings => new TdsReply().Rows([.. Enumerable.Repeat(OneInt[0], 5)], [[3, 15, IsBabelfish ? 1 : null, ReadersSeeVersions ? 1 : 0, 1]]),
            AppLock.TakeForSession or AppLock.TakeForTransaction or AppLock.ShareForTransaction => new TdsReply().Rows(OneInt, [[0]]),
            LockTaking.WriteHolder => new TdsReply().Rows([("token", new TdsType("bigint"))], [[1L]]),
            TableLocks.Take => new TdsReply().Rows([OneInt[0], ("", new TdsType("nvarchar(400)"))], [[0, null]]),
            KeyCheck.Find => new TdsReply().Rows(
                [("index_id", new TdsType("int")), ("name", new TdsType("nvarchar(128)"))],
                table.Columns.Where(column => column.Key).Select(column => new object?[] { 1, column.Name })),
            LockHolder.Find => new TdsReply().Rows([("run_id", new TdsType("uniqueidentifier")), ("worker", new TdsType("nvarchar(400)")), ("acquired_at", new TdsType("datetimeoffset(7)"))], []),
            LedgerRows.OnePartition => new TdsReply().Rows(OneInt, []),
            _ when statement.StartsWith("select @@trancount; SET FMTONLY ON", StringComparison.Ordinal) => Columns(),
            _ when statement == table.PlanFor<SqlServerLoadPlan>().FindDuplicates => new TdsReply().Rows(OneInt, []),
            _ when statement == TableLocks.Exclude(table.PlanFor<SqlServerLoadPlan>().Table) => new TdsReply().Rows(OneInt, [[1]]),
            _ when table.PlanFor<SqlServerLoadPlan>().Publish.Any(publish => publish.FindKept == statement) => new TdsReply().Rows(OneInt, []),
            Publication.FindInsertTrigger or Publication.FindInsertListener => new TdsReply().Rows(OneInt, HasInsertTrigger ? [[1]] : []),
            _ => new TdsReply().Done(1),
        };
    }

    /// <summary>What the client asks before a bulk copy: whether there is a transaction, the columns, their collations.</summary>
    private TdsReply Columns()
    {
        (string Name, TdsType Type)[] columns = [.. table.Columns.Select((column, i) => (column.Name, new TdsType(table.PlanFor<SqlServerLoadPlan>().Definitions[i])))];
        return new TdsReply()
            .Rows(OneInt, [[0]], more: true)
            .Rows(columns, [], more: true)
            .Rows(
                [("colid", new TdsType("int")), ("name", new TdsType("nvarchar(128)")), ("tds_collation_100", new TdsType("varbinary(5)")), ("collation_100", new TdsType("nvarchar(128)"))],
                table.Columns.Select((column, i) => new object?[] { i + 1, column.Name, null, column.Type == ColumnType.String ? "Latin1_General_100_BIN2" : null }));
    }
}
