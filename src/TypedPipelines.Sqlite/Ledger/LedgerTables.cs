using System.Globalization;

namespace TypedPipelines.Sqlite;

/// <summary>The ledger's tables and their version.</summary>
internal static class LedgerTables
{
    /// <summary>Counts up with every change of the tables below.</summary>
    internal const int Version = 5;

    /// <summary>What every table of the ledger is called first: no contract may use it.</summary>
    internal const string Prefix = "tp_";

    private static readonly string[] Create =
    [
        """
        create table if not exists main.tp_ledger (
            version integer not null
        )
        """,
        """
        create table if not exists main.tp_lock (
            pipeline text not null,
            partition text not null,
            token integer not null,
            run_id text,
            machine text,
            worker text,
            process_id integer,
            process_start text,
            acquired_at text,
            expires_at text,
            primary key (pipeline, partition)
        ) without rowid
        """,
        """
        create table if not exists main.tp_partition (
            pipeline text not null,
            partition text not null,
            state text not null,
            run_id text not null,
            rows_read integer not null,
            rows_loaded integer not null,
            rows_dropped integer not null,
            rows_rejected integer not null,
            finished_at text not null,
            loaded_run_id text,
            error text,
            content_hash text,
            fingerprint text,
            cut text,
            tables text,
            primary key (pipeline, partition)
        ) without rowid
        """,
        """
        create table if not exists main.tp_logic (
            fingerprint text not null primary key,
            parts text not null
        ) without rowid
        """,
        """
        create table if not exists main.tp_run (
            sequence integer primary key,
            run_id text not null unique,
            pipeline text not null,
            partition text not null,
            outcome text not null,
            started_at text not null,
            finished_at text,
            rows_read integer not null default 0,
            rows_loaded integer not null default 0,
            rows_dropped integer not null default 0,
            rows_rejected integer not null default 0,
            worker text not null,
            failure_kind text,
            error text
        )
        """,
        """
        create index if not exists main.tp_run_partition
        on tp_run (pipeline, partition, sequence)
        """,
        """
        create table if not exists main.tp_reject (
            run_id text not null,
            number integer not null,
            source text not null,
            origin text,
            line integer,
            column_name text,
            value text,
            raw text not null,
            reason text not null,
            resolved_by text,
            primary key (run_id, number)
        ) without rowid
        """,
        """
        create table if not exists main.tp_late_column (
            table_name text collate nocase not null,
            column_name text collate nocase not null,
            added_at text not null,
            since text,
            until text
        )
        """,
        """
        create index if not exists main.tp_late_column_of
        on tp_late_column (table_name, column_name)
        """,
        """
        create table if not exists main.tp_loaded_table (
            table_name text collate nocase not null primary key,
            loaded_by text not null
        ) without rowid
        """,
        """
        create table if not exists main.tp_replaced (
            pipeline text not null,
            partition text not null,
            run_id text not null,
            tables text not null,
            state text,
            before_run_id text,
            rows_read integer,
            rows_loaded integer,
            rows_dropped integer,
            rows_rejected integer,
            finished_at text,
            loaded_run_id text,
            error text,
            content_hash text,
            fingerprint text,
            cut text,
            before_tables text,
            primary key (pipeline, partition)
        ) without rowid
        """,
        """
        create table if not exists main.tp_replaced_shape (
            table_name text collate nocase not null primary key,
            created_with text not null
        ) without rowid
        """,
        """
        create table if not exists main.tp_check_result (
            run_id text not null,
            number integer not null,
            pipeline text not null,
            partition text not null,
            table_name text not null,
            check_name text not null,
            severity text not null,
            outcome text not null,
            expected text not null,
            observed real,
            finding text,
            sample text,
            duration real not null,
            complete integer not null,
            primary key (run_id, number)
        ) without rowid
        """,
        """
        create index if not exists main.tp_check_result_of
        on tp_check_result (pipeline, table_name, check_name, partition)
        """,
    ];

    /// <summary>Whether the database has a ledger.</summary>
    /// <exception cref="PipelineException">Another version of the package wrote it.</exception>
    internal static bool Exist(SqliteDatabase database) => FindVersion(database) switch
    {
        null => false,
        Version => true,
        { } older => throw new PipelineException(
            FailureKind.Destination,
            string.Create(CultureInfo.InvariantCulture, $"the ledger of {database.File} has version {older}, and this program reads version {Version}"),
            "Nothing was changed. Run one of the pipelines (`run <pipeline>`), which brings the ledger up to that version."),
    };

    /// <summary>Whether the database has a ledger with all that this package writes to.</summary>
    /// <exception cref="PipelineException">A newer package wrote it.</exception>
    internal static bool AreCurrent(SqliteDatabase database) => FindVersion(database) == Version;

    private static long? FindVersion(SqliteDatabase database)
    {
        if (database.Find("select 1 from main.sqlite_master where type = 'table' and name = 'tp_ledger'") is null
            || database.Find("select version from main.tp_ledger") is not { } found)
        {
            return null;
        }

        return long.Parse(found, CultureInfo.InvariantCulture) is var version and <= Version
            ? version
            : throw new PipelineException(
                FailureKind.Destination,
                $"the ledger of {database.File} has version {found}, and this program understands version {Version}",
                "Nothing was changed. A newer TypedPipelines.Sqlite wrote it: update the package in this program.");
    }

    internal static void CreateMissing(SqliteDatabase database)
    {
        long? found = FindVersion(database);
        if (found == Version)
        {
            return;
        }

        foreach (string statement in Create)
        {
            database.Run(statement);
        }

        if (found is not null && SqliteTableShape.Of(database, "tp_partition").Find("fingerprint") is null)
        {
            database.Run("alter table main.tp_partition add column fingerprint text");
        }

        if (found is not null && SqliteTableShape.Of(database, "tp_partition").Find("cut") is null)
        {
            database.Run("alter table main.tp_partition add column cut text");
            database.Run("alter table main.tp_partition add column tables text");
        }

        if (found is not null && SqliteTableShape.Of(database, "tp_reject").Find("resolved_by") is null)
        {
            database.Run("alter table main.tp_reject add column resolved_by text");
        }

        database.Run(
            found is null ? "insert into main.tp_ledger (version) values (@version)" : "update main.tp_ledger set version = @version", ("@version", Version));
    }
}
