using System.Globalization;

namespace TypedPipelines.SqlServer;

/// <summary>The ledger's tables and their version.</summary>
internal static class LedgerTables
{
    /// <summary>Counts up with every change of the tables below.</summary>
    internal const int Version = 6;

    /// <summary>The ledger's schema: no contract may use it.</summary>
    internal const string Schema = "typed_pipelines";

    internal const string CreateSchema = "create schema typed_pipelines";

    internal const string FindVersion = "select version from typed_pipelines.version";

    internal const string AddVersion = "insert into typed_pipelines.version (version) values (@version)";

    internal const string SetVersion = "update typed_pipelines.version set version = @version";

    /// <summary>What some ledgers of version 1 have already.</summary>
    internal static IReadOnlyList<string> BeforeVersion2 { get; } =
    [
        """
        if col_length(N'typed_pipelines.[partition]', N'fingerprint') is null
            alter table typed_pipelines.[partition] add fingerprint nvarchar(64) null
        """,
        """
        if object_id(N'typed_pipelines.logic') is null
            create table typed_pipelines.logic (
                fingerprint nvarchar(64) not null primary key,
                parts nvarchar(max) not null
            )
        """,
    ];

    private static readonly string[] SinceVersion2 =
    [
        """
        create table typed_pipelines.late_column (
            table_name nvarchar(300) collate Latin1_General_100_BIN2 not null,
            column_name nvarchar(128) collate Latin1_General_100_BIN2 not null,
            added_at datetimeoffset(7) not null,
            since datetimeoffset(7) null,
            until datetimeoffset(7) null
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
            table_name nvarchar(300) collate Latin1_General_100_BIN2 not null primary key,
            loaded_by nvarchar(400) collate Latin1_General_100_BIN2 not null
        )
        """,
    ];

    private static readonly string[] SinceVersion4 = ["alter table typed_pipelines.[partition] add cut nvarchar(200) null, tables nvarchar(max) null"];

    private static readonly string[] CheckResults =
    [
        """
        create table typed_pipelines.check_result (
            run_id uniqueidentifier not null,
            number bigint not null,
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            table_name nvarchar(260) collate Latin1_General_100_BIN2 not null,
            check_name nvarchar(128) collate Latin1_General_100_BIN2 not null,
            severity nvarchar(20) not null,
            outcome nvarchar(20) not null,
            expected nvarchar(max) not null,
            observed float null,
            finding nvarchar(max) null,
            sample nvarchar(max) null,
            duration float not null,
            complete int not null,
            primary key (run_id, number)
        )
        """,
        """
        create index check_result_of
        on typed_pipelines.check_result (pipeline, table_name, check_name, [partition])
        """,
    ];

    private static readonly string[] SinceVersion5 = ["alter table typed_pipelines.reject add resolved_by uniqueidentifier null", .. CheckResults];

    private static readonly string[] SinceVersion6 =
    [
        """
        create table typed_pipelines.replaced (
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            run_id uniqueidentifier not null,
            tables nvarchar(max) not null,
            state nvarchar(20) null,
            before_run_id uniqueidentifier null,
            rows_read bigint null,
            rows_loaded bigint null,
            rows_dropped bigint null,
            rows_rejected bigint null,
            finished_at datetimeoffset(7) null,
            loaded_run_id uniqueidentifier null,
            error nvarchar(max) null,
            content_hash nvarchar(64) null,
            fingerprint nvarchar(64) null,
            cut nvarchar(200) null,
            before_tables nvarchar(max) null,
            primary key (pipeline, [partition])
        )
        """,
        """
        create table typed_pipelines.replaced_shape (
            table_name nvarchar(300) collate Latin1_General_100_BIN2 not null primary key,
            created_with nvarchar(max) not null
        )
        """,
    ];

    internal static IReadOnlyList<string> Create { get; } =
    [
        """
        create table typed_pipelines.version (
            version int not null
        )
        """,
        """
        create table typed_pipelines.[lock] (
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            token bigint not null,
            run_id uniqueidentifier null,
            worker nvarchar(400) null,
            session_id int null,
            acquired_at datetimeoffset(7) null,
            primary key (pipeline, [partition])
        )
        """,
        """
        create table typed_pipelines.[partition] (
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            state nvarchar(20) not null,
            run_id uniqueidentifier not null,
            rows_read bigint not null,
            rows_loaded bigint not null,
            rows_dropped bigint not null,
            rows_rejected bigint not null,
            finished_at datetimeoffset(7) not null,
            loaded_run_id uniqueidentifier null,
            error nvarchar(max) null,
            content_hash nvarchar(64) null,
            fingerprint nvarchar(64) null,
            cut nvarchar(200) null,
            tables nvarchar(max) null,
            primary key (pipeline, [partition])
        )
        """,
        """
        create table typed_pipelines.logic (
            fingerprint nvarchar(64) not null primary key,
            parts nvarchar(max) not null
        )
        """,
        """
        create table typed_pipelines.run (
            sequence bigint identity not null primary key,
            run_id uniqueidentifier not null unique,
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            outcome nvarchar(20) not null,
            started_at datetimeoffset(7) not null,
            finished_at datetimeoffset(7) null,
            rows_read bigint not null default 0,
            rows_loaded bigint not null default 0,
            rows_dropped bigint not null default 0,
            rows_rejected bigint not null default 0,
            worker nvarchar(400) not null,
            failure_kind nvarchar(40) null,
            error nvarchar(max) null
        )
        """,
        """
        create index run_partition
        on typed_pipelines.run (pipeline, [partition], sequence)
        """,
        """
        create table typed_pipelines.reject (
            run_id uniqueidentifier not null,
            number bigint not null,
            source nvarchar(max) not null,
            origin nvarchar(max) null,
            line bigint null,
            column_name nvarchar(max) null,
            value nvarchar(max) null,
            raw nvarchar(max) not null,
            reason nvarchar(max) not null,
            resolved_by uniqueidentifier null,
            primary key (run_id, number)
        )
        """,
        .. SinceVersion2,
        .. SinceVersion3,
        .. CheckResults,
        .. SinceVersion6,
    ];

    /// <summary>Whether the database has a ledger.</summary>
    /// <exception cref="PipelineException">Another version of the package wrote it.</exception>
    internal static async Task<bool> ExistAsync(SqlServerDatabase database, CancellationToken cancellationToken) =>
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
    internal static async Task<bool> AreCurrentAsync(SqlServerDatabase database, CancellationToken cancellationToken) =>
        await FindVersionAsync(database, cancellationToken).ConfigureAwait(false) == Version;

    private static async Task<int?> FindVersionAsync(SqlServerDatabase database, CancellationToken cancellationToken)
    {
        if (!await FoundTable.ExistsAsync(database, "typed_pipelines.version", cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        List<int> found = await database.QueryAsync(FindVersion, static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        return found switch
        {
            [] => null,
            [<= Version] => found[0],
            _ => throw new PipelineException(
                FailureKind.Destination,
                string.Create(CultureInfo.InvariantCulture, $"the ledger of {database.Name} has version {found.Max()}, and this program understands version {Version}"),
                "Nothing was changed. A newer TypedPipelines.SqlServer wrote it: update the package in this program."),
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

    internal static async Task CreateMissingAsync(SqlServerDatabase database, CancellationToken cancellationToken)
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

            await database.RunAsync(SetVersion, cancellationToken, ("@version", Version)).ConfigureAwait(false);
            return;
        }

        // An administrator may have created the schema, so that the loader needs no right to create one.
        if (!await FoundTable.SchemaExistsAsync(database, Schema, cancellationToken).ConfigureAwait(false))
        {
            await database.RunAsync(CreateSchema, cancellationToken).ConfigureAwait(false);
        }

        foreach (string statement in Create)
        {
            await database.RunAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(AddVersion, cancellationToken, ("@version", Version)).ConfigureAwait(false);
    }
}
