namespace TypedPipelines.SqlServer.Tests;

/// <summary>A table is held against its contract column by column, and the statement that mends it is given.</summary>
public sealed class Shape
{
    private static readonly TestContract Table = new(
        "t", LoadStrategy.Merge, [Shapes.Text("id", 10, key: true), Shapes.Text("name", nullable: true), Col.Decimal("price", 10, 2), Col.Value("at", ColumnType.Instant)]);

    private static readonly TableColumn[] Right =
    [
        Made("id", "nvarchar(10)", "Latin1_General_100_BIN2", nullable: false), Made("name", "nvarchar(max)", "Danish_Norwegian_CI_AS"), Made("price", "decimal(10,2)", nullable: false), Made("at", "datetimeoffset(7)"),
    ];

    [Fact]
    public void The_table_that_the_contract_creates_has_its_shape_whatever_the_collation_of_other_texts() => Compare([.. Right]);

    [Fact]
    public void More_columns_are_fine_if_an_insert_may_leave_them_out() => Compare(
    [
        .. Right, Made("note", "int"), Made("number", "bigint", nullable: false) with { FillsItself = true, IsMade = true }, Made("added", "datetime2(7)", nullable: false) with { FillsItself = true },
    ]);

    [Theory]
    [InlineData("id", "nvarchar(10)", "SQL_Latin1_General_CP1_CI_AS", false, "column id: expected nvarchar(10) collate Latin1_General_100_BIN2 not null, found nvarchar(10) collate SQL_Latin1_General_CP1_CI_AS not null", "alter table [t] alter column [id] nvarchar(10) collate Latin1_General_100_BIN2 not null")]
    [InlineData("id", "nvarchar(20)", "Latin1_General_100_BIN2", false, "found nvarchar(20) collate Latin1_General_100_BIN2 not null", "alter column [id] nvarchar(10)")]
    [InlineData("name", "varchar(max)", "x", true, "column name: expected nvarchar(max) null, found varchar(max) null", "alter column [name] nvarchar(max) null")]
    [InlineData("name", "nvarchar(max)", "x", false, "expected nvarchar(max) null, found nvarchar(max) not null", "alter column [name] nvarchar(max) null")]
    [InlineData("price", "decimal(12,2)", null, false, "expected decimal(10,2) not null, found decimal(12,2) not null", "alter column [price] decimal(10,2) not null")]
    [InlineData("at", "datetime2(7)", null, true, "expected datetimeoffset(7) null, found datetime2(7) null", "alter column [at] datetimeoffset(7) null")]
    public void S48_a_column_of_another_type_is_a_clear_message(string name, string type, string? collation, bool nullable, string found, string mend)
    {
        PipelineException e = Should.Throw<PipelineException>(() => Compare([.. Right.Select(column => column.Name == name ? Made(name, type, collation, nullable) : column)]));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldStartWith("the table t of analytics on db does not have the shape of its contract: column ");
        e.What.ShouldContain(found);
        e.Next.ShouldContain(mend);
    }

    [Theory]
    [InlineData("at", "Add the column with: alter table [t] add [at] datetimeoffset(7) null")]
    public void S48_a_missing_column_is_a_clear_message(string name, string mend)
    {
        PipelineException e = Should.Throw<PipelineException>(() => Compare([.. Right.Where(column => column.Name != name)]));
        e.What.ShouldContain($"column {name}: expected ");
        e.Next.ShouldContain(mend);
        Dialect.Errors(mend[mend.IndexOf("alter table", StringComparison.Ordinal)..]).ShouldBeEmpty();
    }

    [Fact]
    public void S48_a_missing_column_by_which_rows_are_found_is_to_be_renamed_or_filled_and_never_given_a_default()
    {
        PipelineException e = Should.Throw<PipelineException>(() => Compare([.. Right.Where(column => column.Name != "id")]));
        e.Next.ShouldContain("rename it (exec sp_rename N'[t].[...]', N'id', N'COLUMN'); else add the column, fill it, and then demand it: alter table [t] add [id] nvarchar(10) collate Latin1_General_100_BIN2 null; update [t] set [id] = ...; ");
        e.Next.ShouldNotContain("default");
        string statement = e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..].Replace("= ...", "= N'x'", StringComparison.Ordinal);
        Dialect.Errors(statement).ShouldBeEmpty();
    }

    [Fact]
    public void A_column_that_must_be_filled_and_is_not_in_the_contract_is_a_clear_message() => Should.Throw<PipelineException>(() => Compare([.. Right, Made("extra", "int", nullable: false)]))
        .Message.ShouldContain("column extra: expected no such column, or one that may be left out, found int not null");

    [Fact]
    public void A_column_whose_values_the_server_makes_cannot_be_loaded() => Should.Throw<PipelineException>(() => Compare([.. Right.SkipLast(1), Right[^1] with { IsMade = true, FillsItself = true }]))
        .Message.ShouldContain("found datetimeoffset(7) null, whose values the server makes");

    [Fact]
    public void A_view_is_no_table() => Should.Throw<PipelineException>(() => ShapeCheck.Compare(Table, Plan(Table), new FoundTable(1, "V", Right, IgnoringCase), "db"))
        .What.ShouldBe("t of db is no table");

    [Theory]
    [InlineData("nvarchar", 20, 0, 0, "nvarchar(10)")]
    [InlineData("nvarchar", -1, 0, 0, "nvarchar(max)")]
    [InlineData("varbinary", 16, 0, 0, "varbinary(16)")]
    [InlineData("varbinary", -1, 0, 0, "varbinary(max)")]
    [InlineData("numeric", 9, 10, 2, "decimal(10,2)")]
    [InlineData("datetimeoffset", 10, 34, 7, "datetimeoffset(7)")]
    [InlineData("time", 5, 16, 7, "time(7)")]
    [InlineData("float", 8, 53, 0, "float")]
    [InlineData("bigint", 8, 19, 0, "bigint")]
    public void A_type_of_the_catalog_is_written_as_a_contract_writes_it(string name, int bytes, int precision, int scale, string type) =>
        TableColumn.TypeOf(name, bytes, precision, scale).ShouldBe(type);

    /// <summary>To take one for a missing column, and the other for one too many, would end in advice to drop it.</summary>
    [Fact]
    public void Names_are_compared_as_the_database_does()
    {
        TableColumn[] columns = [.. Right.Select(column => column with { Name = column.Name.ToUpperInvariant() })];
        Compare(columns);
        SqlServerLoadPlan plan = Plan(Table);
        Reshaping.Of(Table, plan, new FoundTable(1, "U", columns, IgnoringCase)).ShouldBeEmpty();
        Reshaping.Of(Table, plan, new FoundTable(1, "U", columns, IgnoringCase with { NamesIgnoreCase = false })).Count.ShouldBe(Right.Length);
    }

    private static readonly ServerTraits IgnoringCase = new(IsBabelfish: false, ReadersSeeVersions: true, NamesIgnoreCase: true);

    private static void Compare(params TableColumn[] columns) => ShapeCheck.Compare(Table, Plan(Table), new FoundTable(1, "U", columns, IgnoringCase), "analytics on db");

    private static SqlServerLoadPlan Plan(TestContract table) => table.PlanFor<SqlServerLoadPlan>();

    private static TableColumn Made(string name, string type, string? collation = null, bool nullable = true) => new(name, type, collation, nullable, false, false);
}
