using System.Globalization;

namespace TypedPipelines.PostgreSql;

/// <summary>The ledger's tables and their version.</summary>
internal static class LedgerTables
{
    /// <summary>Counts up with every change of the tables below.</summary>
    internal const int Version = 6;

    /// <summary>The ledger's schema: no contract may use it.</summary>
    internal const string Schema = "typed_pipelines";

    /// <summary>What some ledgers of version 1 have already.</summary>
    private static readonly string[] BeforeVersion2 =
    [
        "alter table typed_pipelines.partition add column if not exists fingerprint text",
        """
        create table if not exists typed_pipelines.logic (
            fingerprint text not null primary key,
            parts text not null
        )
        """,
    ];

    private static readonly string[] SinceVersion2 =
    [
        """
        create table typed_pipelines.late_column (
            table_name text collate "C" not null,
            column_name text collate "C" not null,
            added_at timestamptz not null,
            since timestamptz,
            until timestamptz
        )
        """,
        """
        create index late_column_of
        on typed_pipelines.late_column (table_name, column_name)
        """,
    ];

    private static readonly string[] SinceVersion3 =
    [
        """
        create table typed_pipelines.loaded_table (
            table_name text collate "C" not null primary key,
            loaded_by text not null
        )
        """,
    ];

    private static readonly string[] SinceVersion4 = ["alter table typed_pipelines.partition add column cut text, add column tables text"];

    /// <summary>Without a key, and in a database whose every table is published, no row of them could be changed.</summary>
    private static readonly string[] ReplicaIdentities =
    [
        "alter table typed_pipelines.version replica identity full",
        "alter table typed_pipelines.late_column replica identity full",
    ];

    private static readonly string[] CheckResults =
    [
        """
        create table typed_pipelines.check_result (
            run_id uuid not null,
            number bigint not null,
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            table_name text collate "C" not null,
            check_name text collate "C" not null,
            severity text not null,
            outcome text not null,
            expected text not null,
            observed double precision,
            finding text,
            sample text,
            duration double precision not null,
            complete boolean not null,
            primary key (run_id, number)
        )
        """,
        """
        create index check_result_of
        on typed_pipelines.check_result (pipeline, table_name, check_name, partition)
        """,
    ];

    private static readonly string[] SinceVersion5 = ["alter table typed_pipelines.reject add column resolved_by uuid", .. ReplicaIdentities, .. CheckResults];

    private static readonly string[] SinceVersion6 =
    [
        """
        create table typed_pipelines.replaced (
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            run_id uuid not null,
            tables text not null,
            state text,
            before_run_id uuid,
            rows_read bigint,
            rows_loaded bigint,
            rows_dropped bigint,
            rows_rejected bigint,
            finished_at timestamptz,
            loaded_run_id uuid,
            error text,
            content_hash text,
            fingerprint text,
            cut text,
            before_tables text,
            primary key (pipeline, partition)
        )
        """,
        """
        create table typed_pipelines.replaced_shape (
            table_name text collate "C" not null primary key,
            created_with text not null
        )
        """,
    ];

    private static readonly string[] Create =
    [
        """
        create table typed_pipelines.version (
            version integer not null
        )
        """,
        """
        create table typed_pipelines.lock (
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            token bigint not null,
            run_id uuid,
            worker text,
            backend integer,
            acquired_at timestamptz,
            primary key (pipeline, partition)
        )
        """,
        """
        create table typed_pipelines.partition (
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            state text not null,
            run_id uuid not null,
            rows_read bigint not null,
            rows_loaded bigint not null,
            rows_dropped bigint not null,
            rows_rejected bigint not null,
            finished_at timestamptz not null,
            loaded_run_id uuid,
            error text,
            content_hash text,
            fingerprint text,
            cut text,
            tables text,
            primary key (pipeline, partition)
        )
        """,
        """
        create table typed_pipelines.logic (
            fingerprint text not null primary key,
            parts text not null
        )
        """,
        """
        create table typed_pipelines.run (
            sequence bigint generated always as identity primary key,
            run_id uuid not null unique,
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            outcome text not null,
            started_at timestamptz not null,
            finished_at timestamptz,
            rows_read bigint not null default 0,
            rows_loaded bigint not null default 0,
            rows_dropped bigint not null default 0,
            rows_rejected bigint not null default 0,
            worker text not null,
            failure_kind text,
            error text
        )
        """,
        """
        create index run_partition
        on typed_pipelines.run (pipeline, partition, sequence)
        """,
        """
        create table typed_pipelines.reject (
            run_id uuid not null,
            number bigint not null,
            source text not null,
            origin text,
            line bigint,
            column_name text,
            value text,
            raw text not null,
            reason text not null,
            resolved_by uuid,
            primary key (run_id, number)
        )
        """,
        .. SinceVersion2,
        .. SinceVersion3,
        .. ReplicaIdentities,
        .. CheckResults,
        .. SinceVersion6,
    ];

    /// <summary>Whether the database has a ledger.</summary>
    /// <exception cref="PipelineException">Another version of the package wrote it.</exception>
    internal static async Task<bool> ExistAsync(PostgreSqlDatabase database, CancellationToken cancellationToken) =>
        await FindVersionAsync(database, cancellationToken).ConfigureAwait(false) switch
        {
            null => false,
            Version => true,
            { } older => throw new PipelineException(
                FailureKind.Destination,
                string.Create(CultureInfo.InvariantCulture, $"the ledger of {database.Name} has version {older}, and this program reads version {Version}"),
                "Nothing was changed. Run one of the pipelines (`run <pipeline>`), which brings the ledger up to that version."),
        };

    /// <summary>Whether the database has a ledger with all that this package writes to.</summary>
    /// <exception cref="PipelineException">A newer package wrote it.</exception>
    internal static async Task<bool> AreCurrentAsync(PostgreSqlDatabase database, CancellationToken cancellationToken) =>
        await FindVersionAsync(database, cancellationToken).ConfigureAwait(false) == Version;

    private static async Task<int?> FindVersionAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        if (!await database.FindsAsync(
            "select 1 from pg_catalog.pg_tables where schemaname = 'typed_pipelines' and tablename = 'version'", cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        List<int> found = await database.QueryAsync("select version from typed_pipelines.version", static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        return found switch
        {
            [] => null,
            [<= Version] => found[0],
            _ => throw new PipelineException(
                FailureKind.Destination,
                string.Create(CultureInfo.InvariantCulture, $"the ledger of {database.Name} has version {found.Max()}, and this program understands version {Version}"),
                "Nothing was changed. A newer TypedPipelines.PostgreSql wrote it: update the package in this program."),
        };
    }

    private static string[] Since(int version) => version switch
    {
        1 => [.. BeforeVersion2, .. SinceVersion2, .. SinceVersion3, .. SinceVersion4, .. SinceVersion5, .. SinceVersion6],
        2 => [.. SinceVersion3, .. SinceVersion4, .. SinceVersion5, .. SinceVersion6],
        3 => [.. SinceVersion4, .. SinceVersion5, .. SinceVersion6],
        4 => [.. SinceVersion5, .. SinceVersion6],
        _ => SinceVersion6,
    };

    internal static async Task CreateMissingAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        int? found = await FindVersionAsync(database, cancellationToken).ConfigureAwait(false);
        if (found == Version)
        {
            return;
        }

        if (found is not null)
        {
            foreach (string statement in Since(found.Value))
            {
                await database.RunAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            await database.RunAsync("update typed_pipelines.version set version = $1", cancellationToken, Version).ConfigureAwait(false);
            return;
        }

        // An administrator may have created the schema, so that the loader needs no right to create one.
        if (!await database.FindsAsync("select 1 from pg_catalog.pg_namespace where nspname = 'typed_pipelines'", cancellationToken).ConfigureAwait(false))
        {
            await database.RunAsync("create schema typed_pipelines", cancellationToken).ConfigureAwait(false);
        }

        foreach (string statement in Create)
        {
            await database.RunAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync("insert into typed_pipelines.version (version) values ($1)", cancellationToken, Version).ConfigureAwait(false);
    }
}
