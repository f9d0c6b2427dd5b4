namespace TypedPipelines.SqlServer;

/// <summary>The table that a contract's name leads to.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Kind">Its kind in SQL Server's terms: U for a table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Traits">What kind of server it is at.</param>
internal sealed record FoundTable(int Id, string Kind, IReadOnlyList<TableColumn> Columns, ServerTraits Traits)
{
    internal const string Exists = "select 1 where object_id(@table) is not null";

    internal const string SchemaExists = "select 1 from sys.schemas where name = @schema";

    internal const string Find = "select object_id, rtrim(type) from sys.objects where object_id = object_id(@table)";

    /// <summary>A table with its schema, whatever a contract calls it.</summary>
    internal const string FindName = """
        select concat(s.name, N'.', o.name)
        from sys.objects as o
        join sys.schemas as s
        on s.schema_id = o.schema_id
        where o.object_id = object_id(@table)
        """;

    internal const string FindColumns = """
        select
            c.name,
            coalesce(t.name, type_name(c.user_type_id)),
            cast(c.max_length as int),
            cast(c.precision as int),
            cast(c.scale as int),
            c.collation_name,
            c.is_nullable,
            cast(case when c.default_object_id <> 0 then 1 else 0 end as bit),
            cast(case when c.is_identity = 1 or c.is_computed = 1 or c.generated_always_type <> 0 or t.name = N'timestamp' then 1 else 0 end as bit)
        from sys.columns as c
        left join sys.types as t on t.user_type_id = c.system_type_id
        where c.object_id = object_id(@table)
        order by c.column_id
        """;

    internal const string FindIndexes = "select name from sys.indexes where object_id = object_id(@table) and name is not null";

    internal bool IsTable => Kind == "U";

    /// <summary>Whether there is a table, or anything else, by a quoted name.</summary>
    internal static Task<bool> ExistsAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken) =>
        database.FindsAsync(Exists, cancellationToken, ("@table", table));

    internal static Task<bool> SchemaExistsAsync(SqlServerDatabase database, string schema, CancellationToken cancellationToken) =>
        database.FindsAsync(SchemaExists, cancellationToken, ("@schema", schema));

    /// <summary>A column by its name, compared as the database does; null where there is none.</summary>
    internal TableColumn? Column(string name) => Columns.FirstOrDefault(column => Traits.Names.Equals(column.Name, name));

    /// <summary>Whether a table has an index of a name.</summary>
    /// <param name="database">The database.</param>
    /// <param name="contract">The table's contract.</param>
    /// <param name="index">The index's name.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    internal static async Task<bool> HasIndexAsync(SqlServerDatabase database, TableContract contract, string index, CancellationToken cancellationToken)
    {
        List<string> found = await database.QueryAsync(
            FindIndexes, static row => row.GetString(0), cancellationToken, ("@table", contract.PlanFor<SqlServerLoadPlan>().Table)).ConfigureAwait(false);
        string[] names = database.Traits.IsBabelfish ? [index, BabelfishNames.OfIndex(index, contract.Table)] : [index];
        return found.Exists(name => names.Contains(name, database.Traits.Names));
    }

    /// <summary>Looks for a table; null where there is none.</summary>
    internal static async Task<FoundTable?> FindAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken)
    {
        List<(int Id, string Kind)> found = await database.QueryAsync(
            Find, static row => (row.GetInt32(0), row.GetString(1)), cancellationToken, ("@table", table)).ConfigureAwait(false);
        return found.Count == 0 ? null : new FoundTable(
            found[0].Id, found[0].Kind, await ColumnsAsync(database, table, cancellationToken).ConfigureAwait(false), database.Traits);
    }

    private static async Task<IReadOnlyList<TableColumn>> ColumnsAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken)
    {
        List<TableColumn> columns = await database.QueryAsync(
            FindColumns,
            static row => new TableColumn(
                row.GetString(0),
                TableColumn.TypeOf(row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.GetBoolean(6),
                row.GetBoolean(7) || row.GetBoolean(8),
                row.GetBoolean(8)),
            cancellationToken,
            ("@table", table)).ConfigureAwait(false);
        return database.Traits.IsBabelfish ? [.. columns.Select(AsCreated)] : columns;
    }

    /// <summary>Babelfish has a collation and a precision of its own for what a contract calls by SQL Server's names.</summary>
    private static TableColumn AsCreated(TableColumn column) => column with
    {
        Type = column.Type switch
        {
            "time(6)" => "time(7)",
            "datetimeoffset(6)" => "datetimeoffset(7)",
            _ => column.Type,
        },
        Collation = column.Collation?.EndsWith("_bin2", StringComparison.OrdinalIgnoreCase) == true ? "Latin1_General_100_BIN2" : column.Collation,
    };
}
