namespace TypedPipelines.Tests.Databases;

/// <summary>T-SQL that the tests send and no load does. In one place, so that it is parsed, and held against what Babelfish lacks, in every build.</summary>
internal static class SqlServerTestSql
{
    internal const string AskKind = "select cast(serverproperty('Babelfish') as int), cast(serverproperty('EngineEdition') as int)";

    /// <summary>Whoever lacks VIEW SERVER STATE is shown no other session, and no error.</summary>
    internal const string CountBlocked = "select count(*) from sys.sysprocesses where dbid = db_id() and blocked <> 0";

    /// <summary>There who blocks whom is a guess, but who waits for a lock is what PostgreSQL says of each session.</summary>
    internal const string CountBlockedAtBabelfish = "select count(*) from sys.sysprocesses where dbid = db_id() and lastwaittype like 'Lock%'";

    /// <summary>Tables of rows on their way that are there for good.</summary>
    internal const string LastingStages = "select name from sys.tables where name like 'stage%' or name like '#stage%'";

    /// <summary>The staging tables that this session has, of whatever table of the database.</summary>
    internal const string StagesOfSession = """
        select stage.name
        from (
            select '#stage_' + t.name as name from sys.tables as t
            union all
            select '#stage_' + s.name + '.' + t.name from sys.tables as t join sys.schemas as s on s.schema_id = t.schema_id
        ) as stage
        where coalesce(object_id('tempdb..' + quotename(stage.name)), object_id(quotename(stage.name))) is not null
        """;

    /// <summary>The staging tables of all sessions that are younger than the database and belong to a table of such a name. Babelfish shows none.</summary>
    internal const string StagesOfAll = """
        select stage.object_id, stage.name
        from tempdb.sys.tables as stage
        where stage.create_date >= (select create_date from sys.databases where name = db_name())
        and exists (
            select 1
            from sys.tables as t
            join sys.schemas as s on s.schema_id = t.schema_id
            where charindex('#stage_' + t.name + '__', stage.name collate database_default) = 1
            or charindex('#stage_' + s.name + '.' + t.name + '__', stage.name collate database_default) = 1
        )
        """;

    internal static string CreateDatabase(string name) => $"create database {name}";

    internal static string DropDatabase(string name) => $"drop database {name}";

    /// <summary>Ends the sessions that are still in it. Azure SQL and Babelfish have nothing like it.</summary>
    internal static string EndSessions(string database) => $"alter database {database} set single_user with rollback immediate";

    internal static string SetSnapshot(string database, bool on) => $"alter database {database} set read_committed_snapshot {(on ? "on" : "off")} with rollback immediate";

    /// <summary>Refuses rows, or those of a condition.</summary>
    internal static string Refuse(string kind, string table, string message, string condition) => $"""
        create trigger refuse on {table} after {kind} as
        if exists (select 1 from {(kind == "delete" ? "deleted" : "inserted")}{condition})
            throw 50000, '{message}', 1
        """;

    internal const string CreateTouched = "create table touched (kind nvarchar(10))";

    /// <summary>A line for each row of a statement.</summary>
    internal static string CountTouches(string table) => $"""
        create trigger touch on {table} after insert, update, delete as
        insert into touched
        select case when d.n = 0 then 'insert' when i.n = 0 then 'delete' else 'update' end
        from (select count(*) as n from inserted) as i
        cross join (select count(*) as n from deleted) as d
        cross apply (select top (case when i.n > d.n then i.n else d.n end) 1 as one from sys.all_objects) as each
        """;

    /// <summary>
    /// Works instead of waiting: Babelfish has no WAITFOR. It ends, since Babelfish hears that a statement is cancelled only when it is done: what
    /// the client has given up long ago would keep the database from being dropped.
    /// </summary>
    internal static string MakeEndless(string table) => $"""
        create trigger slow on {table} after insert as
        declare @began datetime2 = sysutcdatetime();
        while datediff(second, @began, sysutcdatetime()) < 40
            set @began = @began
        """;
}
