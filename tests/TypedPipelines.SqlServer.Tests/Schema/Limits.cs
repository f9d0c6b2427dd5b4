using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>What SQL Server cannot index, name or hold is an error at the start, not at the first row.</summary>
public sealed class Limits
{
    [Fact]
    public void A_key_text_without_a_limit_is_refused_at_the_start()
    {
        foreach (Column key in new[] { Shapes.Text("k", key: true), Shapes.Text("k", 4001, key: true), Col.Key("k", ColumnType.Bytes) })
        {
            PipelineException e = Should.Throw<PipelineException>(() => KeySize.Check(new TestContract("t", LoadStrategy.Merge, [key])));
            e.Kind.ShouldBe(FailureKind.Schema);
            e.What.ShouldBe("the key column k of t has no limit to its length, and SQL Server cannot index it");
            e.Next.ShouldStartWith("Declare its greatest length with [MaxLength]");
        }
    }

    [Fact]
    public void A_key_that_can_be_larger_than_an_index_keeps_is_refused_at_the_start()
    {
        KeySize.Check(new TestContract("t", LoadStrategy.Merge, [Shapes.Text("k", 850, key: true), Col.Value("v")]));
        Should.Throw<PipelineException>(() => KeySize.Check(new TestContract("t", LoadStrategy.Merge, [Shapes.Text("k", 850, key: true), Col.Key("b", ColumnType.Boolean)])))
            .What.ShouldBe("the key of t, with what it belongs to of a run, a file or a window, can have 1701 bytes, and SQL Server indexes at most 1700");
        Should.Throw<PipelineException>(() => KeySize.Check(new TestContract(
            "t", LoadStrategy.ReplacePartition, [Shapes.Text("k", 850, key: true), Col.Value("day", ColumnType.Date)], partition: "day"))).What.ShouldContain("1703 bytes");
        Should.Throw<PipelineException>(() => KeySize.Check(new TestContract(
            "t", LoadStrategy.ReplaceFile, [Shapes.Text("k", 800, key: true), Shapes.Text("file", 200)], runColumn: "file"))).What.ShouldContain("2000 bytes");
        Should.Throw<PipelineException>(() => KeySize.Check(new TestContract(
            "t", LoadStrategy.ReplaceRun, [Shapes.Text("k", 800, key: true), Shapes.Text("loaded_by")], runColumn: "loaded_by"))).What.ShouldContain("bytes");
        KeySize.Check(new TestContract("t", LoadStrategy.ReplacePartition, [Shapes.Text("k"), Col.Value("day", ColumnType.Date)], partition: "day"));
    }

    [Theory]
    [InlineData(400, "primary key (")]
    [InlineData(450, "primary key (")]
    [InlineData(451, "primary key nonclustered (")]
    [InlineData(850, "primary key nonclustered (")]
    public void A_key_larger_than_a_clustered_index_keeps_gets_another(int length, string expected) =>
        new TestContract("t", LoadStrategy.Merge, [Shapes.Text("k", length, key: true)]).SqlServerTexts.CreateTable.ShouldContain(expected);

    [Fact]
    public void More_digits_than_SQL_Server_has_are_refused_at_the_start() => Should.Throw<PipelineException>(() => KeySize.Check(new TestContract("t", LoadStrategy.Append, [Col.Decimal("d", 39, 2)])))
        .What.ShouldContain("has 39 digits, and a decimal of SQL Server at most 38");

    [Theory]
    [InlineData("typed_pipelines", "t", "c", "lies in the schema of the ledger")]
    [InlineData("TYPED_Pipelines", "t", "c", "lies in the schema of the ledger")]
    [InlineData(null, "#t", "c", "would be a temporary one")]
    [InlineData(null, "a\0b", "c", "holds the character NUL")]
    [InlineData(null, "t", "129", "longer than the 128 characters")]
    public void A_name_that_SQL_Server_cannot_keep_is_refused(string? schema, string table, string column, string message)
    {
        string name = column == "129" ? new string('c', 129) : column;
        Should.Throw<PipelineException>(() => ContractNames.Checked([new TestContract(table, LoadStrategy.Append, [Col.Value(name)], schema: schema)])).What.ShouldContain(message);
    }

    [Theory]
    [InlineData("pipeline ")]
    [InlineData("201 characters")]
    public void A_pipeline_whose_name_the_ledger_could_not_tell_from_another_is_refused(string name)
    {
        string pipeline = name.StartsWith("201", StringComparison.Ordinal) ? new string('p', 201) : name;
        PipelineException e = Should.Throw<PipelineException>(() => LedgerNames.Check(new RunIdentity(Guid.NewGuid(), pipeline, new WholePartition(), DateTimeOffset.UtcNow)));
        e.Kind.ShouldBe(FailureKind.Usage);
    }
}
